using System.Text;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Compilation;
using FhirHub.Profiles.Messages;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Assertions;

/// <summary>fixed[x]: the value is exactly this one.</summary>
sealed class FixedValue(string label, FhirNode expected) : Assertion
{
    readonly string _text = Encoding.UTF8.GetString(expected.Json);

    internal static Assertion? Build(ElementFacts facts) =>
        facts.Fixed.Exists ? new FixedValue(facts.Label, facts.Fixed) : null;

    internal override void Check(ValidationRun run, FhirNode node)
    {
        if (!NodeComparison.AreSame(expected, node))
        {
            run.Error(RuleMessages.Fixed, node, label, _text);
        }
    }
}
