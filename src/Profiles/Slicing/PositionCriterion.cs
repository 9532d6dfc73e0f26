using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Slicing;

/// <summary>
/// position (of later versions, and used with R4 as well): the slice is the occurrence at its own place.
/// </summary>
sealed class PositionCriterion(int place) : Criterion
{
    internal override bool IsMet(ValidationRun run, FhirNode node, int position) => position == place;
}
