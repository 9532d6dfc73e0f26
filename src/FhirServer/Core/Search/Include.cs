using FhirHub.Fhir.Definitions;

namespace FhirHub.Core.Search;

/// <summary>
/// A reference that is followed from a page's matches, or back to them:
/// https://hl7.org/fhir/R4/search.html#revinclude
/// </summary>
/// <param name="SourceType">The type whose references these are.</param>
/// <param name="Parameters">The parameters that hold them.</param>
/// <param name="TargetType">Only to that type; null for any.</param>
/// <param name="IsReverse">Whether the resources that refer are wanted, not those referred to.</param>
/// <param name="IsIterated">Whether what was included is followed as well.</param>
public sealed record Include(
    string SourceType,
    IReadOnlyList<SearchParameterSchema> Parameters,
    string? TargetType,
    bool IsReverse,
    bool IsIterated);
