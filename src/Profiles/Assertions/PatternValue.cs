using System.Text;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Compilation;
using FhirHub.Profiles.Messages;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Assertions;

/// <summary>pattern[x]: the value has at least what the pattern has.</summary>
sealed class PatternValue(string label, FhirNode pattern) : Assertion
{
    readonly string _text = Encoding.UTF8.GetString(pattern.Json);

    internal static Assertion? Build(ElementFacts facts) =>
        facts.Pattern.Exists ? new PatternValue(facts.Label, facts.Pattern) : null;

    internal override void Check(ValidationRun run, FhirNode node)
    {
        if (!NodeComparison.Includes(pattern, node))
        {
            run.Error(RuleMessages.Pattern, node, label, _text);
        }
    }
}
