using FhirHub.Core.Terminology;

namespace FhirHub.Terminology.ConceptMaps;

/// <summary>What a code translates to.</summary>
public sealed record Translation(IReadOnlyList<TranslationMatch> Matches)
{
    /// <summary>Whether any match says more than that there is none.</summary>
    public bool Result => Matches.Any(match => match.Equivalence is not ("unmatched" or "disjoint"));
}

/// <summary>One concept a code translates to.</summary>
/// <param name="Equivalence">
/// How it stands to the code: https://hl7.org/fhir/R4/valueset-concept-map-equivalence.html
/// </param>
/// <param name="Concept">The concept; null where the map says that there is none.</param>
/// <param name="Display">What the map shows for it.</param>
/// <param name="Map">The map that says so.</param>
public sealed record TranslationMatch(string Equivalence, Coding? Concept, string? Display, string Map)
{
    /// <summary>The version of the concept's system, where the map says so.</summary>
    public string? Version { get; init; }

    /// <summary>What has to be said besides the concept.</summary>
    public IReadOnlyList<Product> Products { get; init; } = [];

    /// <summary>The value set that the map says its translations are in.</summary>
    internal string? Scope { get; init; }
}
