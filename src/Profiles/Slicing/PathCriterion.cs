using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Slicing;

/// <summary>Something is asked of the nodes at the discriminator's path, and one of them has to meet it.</summary>
abstract class PathCriterion(DiscriminatorPath path) : Criterion
{
    internal sealed override bool IsMet(ValidationRun run, FhirNode node, int position) => path.Any(run, node, Accepts);

    protected abstract bool Accepts(ValidationRun run, FhirNode node);
}
