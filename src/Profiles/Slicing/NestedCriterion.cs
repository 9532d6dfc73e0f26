using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Slicing;

/// <summary>
/// Several values that are fixed below the discriminator's path: one node there has to have them all.
/// </summary>
sealed class NestedCriterion(DiscriminatorPath path, Criterion[] below) : PathCriterion(path)
{
    protected override bool Accepts(ValidationRun run, FhirNode node)
    {
        foreach (var criterion in below)
        {
            if (!criterion.IsMet(run, node, 0))
            {
                return false;
            }
        }

        return true;
    }
}
