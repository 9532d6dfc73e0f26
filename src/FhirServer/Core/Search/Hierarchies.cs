using FhirHub.Fhir.Definitions;

namespace FhirHub.Core.Search;

/// <summary>
/// The types whose resources are parts of one another, such as locations and organizations:
/// https://hl7.org/fhir/R4/search.html#recursive
/// </summary>
static class Hierarchies
{
    /// <summary>By what a resource says what it is part of; null for types without a hierarchy.</summary>
    internal static SearchParameterSchema? PartOf(string type) =>
        (ParameterCatalog.R4.TryGet(type, "partof", out var part)
            || ParameterCatalog.R4.TryGet(type, "part-of", out part))
            && part.Type == SearchParameterType.Reference && part.Targets.Contains(type)
            ? part
            : null;

    internal static IEnumerable<string> All { get; } =
    [
        .. FhirSchema.R4.ResourceTypes.Select(type => type.Name).Where(name => PartOf(name) is not null),
    ];
}
