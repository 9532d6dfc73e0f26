using FhirHub.Fhir.Documents;

namespace FhirHub.Terminology;

/// <summary>How much is kept at hand, and for how long it is believed.</summary>
public sealed record TerminologyOptions
{
    /// <summary>How many concepts of code systems are kept ready, a few hundred bytes each.</summary>
    public int ConceptsMax { get; init; } = 1_000_000;

    /// <summary>How many value sets are kept ready.</summary>
    public int ValueSetsMax { get; init; } = 5_000;

    /// <summary>How many codes of expansions are kept ready.</summary>
    public int ExpandedCodesMax { get; init; } = 500_000;

    /// <summary>
    /// How long the answer to "which resource has this URL" is believed before the store is asked again; a change takes
    /// effect within this time on every other server. To ask is to read the resource, which may be of many megabytes.
    /// </summary>
    public int BelievedSeconds { get; init; } = 10;

    /// <summary>
    /// A definition of an installed package by its type and URL, behind those of the store and of the program.
    /// </summary>
    public Func<string, string, FhirDocument?> Packaged { get; init; } = static (_, _) => null;
}
