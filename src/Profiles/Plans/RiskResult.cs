using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Plans;

/// <summary>What a standard says of a pregnancy.</summary>
/// <param name="Standard">The standard that was used.</param>
/// <param name="Colours">The highest of green, yellow, orange and red, and purple beside it, with their words.</param>
/// <param name="Met">The items that hold.</param>
/// <param name="Undecided">Those that could be computed if more were known.</param>
/// <param name="ToAssert">Those that only a clinician can tell, and did not.</param>
/// <param name="Assessment">The same as a RiskAssessment of the guide, not stored.</param>
public sealed record RiskResult(
    FhirDocument Standard,
    IReadOnlyList<RiskColour> Colours,
    IReadOnlyList<RiskItem> Met,
    IReadOnlyList<RiskItem> Undecided,
    IReadOnlyList<RiskItem> ToAssert,
    FhirDocument Assessment)
{
    /// <summary>The standard's canonical URL with its version.</summary>
    public string Canonical => RiskStandards.CanonicalOf(Standard);
}

/// <summary>A colour, and what to show for it.</summary>
public readonly record struct RiskColour(string Code, string? Display);

/// <summary>An item of a standard.</summary>
/// <param name="Code">Its coding, with the words of the table.</param>
/// <param name="Colour">The coding of its colour, or a missing node: items of the screening have none.</param>
public sealed record RiskItem(FhirNode Code, FhirNode Colour)
{
    /// <summary>Whether a clinician asserts it rather than the rule.</summary>
    public bool IsAsserted { get; init; }

    /// <summary>The records its facts were taken from.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>The facts that nobody knows.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}
