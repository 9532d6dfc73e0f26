using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Plans;

/// <summary>What a measure is evaluated for: https://hl7.org/fhir/R4/measure-operation-evaluate-measure.html</summary>
/// <param name="Measure">The Measure.</param>
/// <param name="Start">The first day of the period.</param>
/// <param name="End">The last day of the period.</param>
/// <param name="Caller">On whose behalf, and whose data is counted.</param>
public sealed record MeasureRequest(FhirNode Measure, DateOnly Start, DateOnly End, Caller Caller)
{
    /// <summary>The patient whose part in the measure is wanted, as <c>Patient/1</c>; null for everybody.</summary>
    public string? Subject { get; init; }

    /// <summary>Whether the report says of each population whose it is.</summary>
    public bool ListsSubjects { get; init; }

    /// <summary>Whether nobody waits for the answer, so that a count may be more work.</summary>
    public bool IsUnhurried { get; init; }
}
