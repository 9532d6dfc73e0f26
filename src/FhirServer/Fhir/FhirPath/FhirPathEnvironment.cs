using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.FhirPath;

/// <summary>
/// What an evaluation may ask of the world outside the document, and how much it may use of this one.
/// </summary>
public sealed record FhirPathEnvironment
{
    public static FhirPathEnvironment Default { get; } = new();

    /// <summary>Values for <c>%name</c>, beside those FHIR defines.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<FhirPathValue>> Variables { get; init; } =
        new Dictionary<string, IReadOnlyList<FhirPathValue>>();

    /// <summary>The clock of <c>now()</c>, read once per evaluation.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// Finds what a reference points to, given the node that holds it; a missing node when there is none. References
    /// within the document are found without it.
    /// </summary>
    public Func<string, FhirNode, FhirNode>? Resolve { get; init; }

    /// <summary>Whether a code, Coding or CodeableConcept is in a value set; null when that cannot be known.</summary>
    public Func<FhirPathValue, string, bool?>? MemberOf { get; init; }

    /// <summary>Whether a node conforms to a profile; null when that cannot be known.</summary>
    public Func<FhirNode, string, bool?>? ConformsTo { get; init; }

    /// <summary>Whether the first code subsumes the second; null when that cannot be known.</summary>
    public Func<FhirPathValue, FhirPathValue, bool?>? Subsumes { get; init; }

    /// <summary>Receives what <c>trace()</c> is given: its name and its items.</summary>
    public Action<string, IReadOnlyList<FhirPathValue>>? Trace { get; init; }

    /// <summary>
    /// Whether <c>as</c> takes several items and keeps those of the type. The specification allows one item only, but
    /// search parameters and invariants of R4 itself apply <c>as</c> to lists.
    /// </summary>
    public bool AsTakesMany { get; init; } = true;

    /// <summary>The most items a collection may grow to.</summary>
    public int ItemsMax { get; init; } = 1_000_000;

    /// <summary>The most items and comparisons one evaluation may go through.</summary>
    public long StepsMax { get; init; } = 100_000_000;

    /// <summary>The most characters a computed string may have.</summary>
    public int TextMax { get; init; } = 4 * 1024 * 1024;
}
