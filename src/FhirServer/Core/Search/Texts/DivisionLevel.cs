namespace FhirHub.Core.Search;

/// <summary>The upper three of China's administrative levels.</summary>
enum DivisionLevel
{
    Province,
    Prefecture,
    County,
}
