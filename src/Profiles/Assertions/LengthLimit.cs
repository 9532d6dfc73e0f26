using System.Globalization;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Compilation;
using FhirHub.Profiles.Messages;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Assertions;

/// <summary>maxLength, in characters as people count them: a character beyond the basic plane is one.</summary>
sealed class LengthLimit(string label, int max) : Assertion
{
    internal static Assertion? Build(ElementFacts facts) =>
        facts.MaxLength is { } max ? new LengthLimit(facts.Label, max) : null;

    internal override void Check(ValidationRun run, FhirNode node)
    {
        // No more characters than bytes: nearly always that settles it.
        if (node.RawValue.Length <= max || node.Text is not { } text)
        {
            return;
        }

        var length = text.EnumerateRunes().Count();
        if (length > max)
        {
            run.Error(RuleMessages.TooLong, node, label, Number(max), Number(length));
        }
    }

    static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
