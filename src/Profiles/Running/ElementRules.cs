using System.Globalization;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Messages;
using FhirHub.Profiles.Slicing;

namespace FhirHub.Profiles.Running;

/// <summary>What holds for all occurrences of an element, or of one slice of it, within its parent.</summary>
sealed class ElementRules(ElementSchema element, string label, (int Min, int Max) cardinality, NodeRules each)
{
    internal ElementSchema Element { get; } = element;

    /// <summary>How the definition calls it: <c>Patient.identifier:mrn</c>.</summary>
    internal string Label { get; } = label;

    internal NodeRules Each { get; } = each;

    internal SliceSet? Slices { get; init; }

    /// <summary>Whether it can be wrong that there is none.</summary>
    internal bool NeedsPresence => cardinality.Min > 0 || Slices?.NeedsPresence == true;

    /// <summary>Checks the occurrences that begin at a record, and returns the record after them.</summary>
    internal int Check(ValidationRun run, FhirNode parent, int first, int end)
    {
        var document = parent.Document;
        var occurrences = run.RentList();
        var at = first;
        for (; at < end; at = document.After(at))
        {
            if (!document.Records[at].IsNode)
            {
                continue;
            }

            // The repetitions of an element stand together, as one array.
            if (!ReferenceEquals(document.PropertyOf(at)?.Element, Element))
            {
                break;
            }

            occurrences.Add(at);
        }

        Check(run, parent, occurrences);
        run.Return(occurrences);
        return at;
    }

    internal void Check(ValidationRun run, FhirNode parent, List<int> occurrences)
    {
        CheckCount(run, parent, occurrences.Count);
        foreach (var index in occurrences)
        {
            Each.Check(run, new FhirNode(parent.Document, index));
        }

        Slices?.Check(run, parent, occurrences);
    }

    internal void CheckAbsent(ValidationRun run, FhirNode parent)
    {
        CheckCount(run, parent, 0);
        Slices?.CheckAbsent(run, parent);
    }

    void CheckCount(ValidationRun run, FhirNode parent, int count)
    {
        if (count < cardinality.Min)
        {
            Report(run, RuleMessages.TooFew, parent, cardinality.Min, count);
        }
        else if (count > cardinality.Max)
        {
            Report(run, RuleMessages.TooMany, parent, cardinality.Max, count);
        }
    }

    void Report(ValidationRun run, Message message, FhirNode parent, int limit, int count) => run.Report(
        IssueSeverity.Error, message, parent, Element.Name, [Label, Number(limit), Number(count)]);

    static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
