using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Messages;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Resources;

/// <summary>
/// Contained resources have ids, and each its own: https://hl7.org/fhir/R4/references.html#contained. What else holds
/// for them (dom-2 to dom-5) R4 states as invariants.
/// </summary>
sealed class ContainedCheck : Assertion
{
    internal override void Check(ValidationRun run, FhirNode node)
    {
        HashSet<string>? ids = null;
        foreach (var contained in ElementPart.Contained.All(node))
        {
            if (ElementPart.Id.First(contained).Text is not { } id)
            {
                run.Error(ResourceMessages.ContainedNoId, contained);
            }
            else if (!(ids ??= new HashSet<string>(StringComparer.Ordinal)).Add(id))
            {
                run.Error(ResourceMessages.ContainedSameId, contained);
            }
        }
    }
}
