using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Slicing;

/// <summary>exists: the slice is what has the element, or what has it not.</summary>
sealed class ExistsCriterion(DiscriminatorPath path, bool isPresent) : Criterion
{
    internal override bool IsMet(ValidationRun run, FhirNode node, int position) =>
        path.Any(run, node, static (_, _) => true) == isPresent;
}
