using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Library;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Slicing;

/// <summary>profile: the slice is what conforms to one of its profiles.</summary>
sealed class ProfileCriterion(DiscriminatorPath path, ProfileSlot[] profiles) : PathCriterion(path)
{
    protected override bool Accepts(ValidationRun run, FhirNode node)
    {
        foreach (var slot in profiles)
        {
            if (slot.TryGet(run, out var profile) && profile?.Rules is not null && run.PassesOnce(node, profile))
            {
                return true;
            }
        }

        return false;
    }
}
