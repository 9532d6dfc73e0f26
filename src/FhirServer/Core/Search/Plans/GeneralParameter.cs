using FhirHub.Fhir.Definitions;

namespace FhirHub.Core.Search;

/// <summary>A parameter whose expression only the FHIRPath evaluator can serve.</summary>
sealed record GeneralParameter(SearchParameterSchema Parameter)
{
    internal static GeneralParameter For(SearchParameterSchema parameter, ParameterCatalog catalog) => new(parameter);
}
