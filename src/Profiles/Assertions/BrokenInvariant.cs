using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Messages;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Assertions;

/// <summary>A constraint that is no FHIRPath: said wherever it would have been checked.</summary>
sealed class BrokenInvariant(string key, string why) : Assertion
{
    internal override void Check(ValidationRun run, FhirNode node) =>
        run.Warning(RuleMessages.InvariantBroken, node, key, why);
}
