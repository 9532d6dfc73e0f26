using FhirHub.Core.Terminology;

namespace FhirHub.Terminology.Operations;

/// <summary>
/// Which part of an expansion is wanted, and what of each code:
/// https://hl7.org/fhir/R4/valueset-operation-expand.html
/// </summary>
public sealed record ExpansionRequest
{
    /// <summary>What the codes are to be found by; null for all.</summary>
    public string? Filter { get; init; }

    public int Offset { get; init; }

    /// <summary>How many at most; null for all, which is refused when it is too many.</summary>
    public int? Count { get; init; }

    public bool ActiveOnly { get; init; }

    /// <summary>Whether codes that only group others are left out, unless they are headings of a tree.</summary>
    public bool ExcludesAbstract { get; init; }

    /// <summary>Whether the codes come as a list although they are a tree.</summary>
    public bool IsFlat { get; init; }

    public bool IncludesDesignations { get; init; }

    /// <summary>Languages and uses of the designations wanted; none for all of them.</summary>
    public IReadOnlyList<Coding> Designations { get; init; } = [];

    public string? DisplayLanguage { get; init; }

    /// <summary>Properties wanted with each code.</summary>
    public IReadOnlyList<string> Properties { get; init; } = [];

    /// <summary>Canonicals of code systems whose codes are left out.</summary>
    public IReadOnlyList<string> ExcludedSystems { get; init; } = [];

    public EditionRules Rules { get; init; } = EditionRules.None;

    /// <summary>A list and not a tree: pages are cut from a list, and what a filter finds has gaps.</summary>
    internal bool IsList => IsFlat || Count is not null || Offset > 0 || !string.IsNullOrWhiteSpace(Filter);
}
