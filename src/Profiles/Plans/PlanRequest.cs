using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Plans;

/// <summary>What a plan is applied to: https://hl7.org/fhir/R4/plandefinition-operation-apply.html</summary>
/// <param name="Plan">The PlanDefinition.</param>
/// <param name="Subject">The patient, as <c>Patient/1</c>.</param>
/// <param name="Caller">On whose behalf.</param>
public sealed record PlanRequest(FhirNode Plan, string Subject, Caller Caller)
{
    /// <summary>The encounter in context, which also says which pregnancy is meant.</summary>
    public string? Encounter { get; init; }

    /// <summary>Who applies the plan.</summary>
    public string? Practitioner { get; init; }

    public string? Organization { get; init; }

    /// <summary>A Parameters resource with what the caller knows, or a missing node.</summary>
    public FhirNode Told { get; init; }
}
