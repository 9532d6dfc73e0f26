using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Plans;

/// <summary>Which pregnancy is evaluated, and by what.</summary>
/// <param name="Episode">The EpisodeOfCare of the pregnancy.</param>
/// <param name="Caller">On whose behalf.</param>
public sealed record RiskRequest(FhirDocument Episode, Caller Caller)
{
    /// <summary>The canonical URL of the standard; null where the region decides.</summary>
    public string? Standard { get; init; }

    /// <summary>The division (GB/T 2260) that decides; null for that of the pregnancy itself.</summary>
    public string? Region { get; init; }

    /// <summary>
    /// By what was known on which day; null for today. Of a pregnancy that ended before it is the last day.
    /// </summary>
    public DateOnly? Day { get; init; }

    /// <summary>The codes of the items that a clinician asserts.</summary>
    public IReadOnlyList<string> Asserted { get; init; } = [];

    /// <summary>A Parameters resource with facts that the caller knows, or a missing node.</summary>
    public FhirNode Told { get; init; }
}
