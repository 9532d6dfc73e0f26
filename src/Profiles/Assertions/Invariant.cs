using FhirHub.Fhir.Documents;
using FhirHub.Fhir.FhirPath;
using FhirHub.Profiles.Compilation;
using FhirHub.Profiles.Messages;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Assertions;

/// <summary>A constraint in FHIRPath, compiled once.</summary>
sealed class Invariant(InvariantFacts facts, FhirPathExpression expression) : Assertion
{
    /// <summary>
    /// Rules that are checked elsewhere: an element without value and children, and narrative, by the parser; the
    /// reference to a contained resource and the two sides of an extension by assertions of their own.
    /// </summary>
    static readonly HashSet<string> CheckedElsewhere =
        new(StringComparer.Ordinal) { "ele-1", "txt-1", "txt-2", "ref-1", "ext-1" };

    internal static IEnumerable<Assertion> Build(IEnumerable<InvariantFacts> invariants)
    {
        var seen = new HashSet<(string, string)>();
        foreach (var facts in invariants)
        {
            if (facts.Expression is not { } text || CheckedElsewhere.Contains(facts.Key)
                || !seen.Add((facts.Key, text)))
            {
                continue;
            }

            yield return Build(facts, Errata.Mended(facts.Key, text));
        }
    }

    internal override void Check(ValidationRun run, FhirNode node)
    {
        if (facts.IsBestPractice && !run.Settings.ChecksBestPractice)
        {
            return;
        }

        try
        {
            if (!expression.IsMet(node, run.Environment))
            {
                run.Report(
                    facts.IsError && !facts.IsBestPractice ? IssueSeverity.Error : IssueSeverity.Warning,
                    RuleMessages.Invariant,
                    node,
                    facts.Key,
                    facts.Human);
            }
        }
        catch (FhirPathException failed)
        {
            // Its text names places of the expression and types, and no value.
            run.Warning(RuleMessages.InvariantFailed, node, facts.Key, failed.Message);
        }
    }

    static Assertion Build(InvariantFacts facts, string text)
    {
        try
        {
            return new Invariant(facts, FhirPathExpression.Get(text));
        }
        catch (FhirPathException broken)
        {
            return new BrokenInvariant(facts.Key, broken.Message);
        }
    }
}
