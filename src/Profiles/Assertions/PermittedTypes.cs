using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Compilation;
using FhirHub.Profiles.Messages;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Assertions;

/// <summary>The types a profile leaves of a choice, or of what may stand in a bundle.</summary>
sealed class PermittedTypes(TypeSchema[] permitted) : Assertion
{
    readonly string _names = string.Join(", ", permitted.Select(type => type.Name));

    internal static Assertion? Build(ElementFacts facts) => facts.IsProfile && facts.Types.Count > 0
        ? new PermittedTypes([.. facts.Types.Select(type => type.Type).Distinct()])
        : null;

    internal override void Check(ValidationRun run, FhirNode node)
    {
        var type = node.Type;
        foreach (var one in permitted)
        {
            if (type.IsA(one))
            {
                return;
            }
        }

        run.Error(RuleMessages.TypeNotPermitted, node, _names, type.Name);
    }
}
