using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Messages;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Slicing;

/// <summary>
/// The slices of an element: which occurrence is of which, and what then holds for it.
/// https://hl7.org/fhir/R4/profiling.html#slicing
/// </summary>
sealed class SliceSet(string label, SlicingRules rules, bool isOrdered, IReadOnlyList<Slice> slices)
{
    const string Default = "@default";
    readonly Slice[] _slices = [.. slices.Where(slice => slice.Name != Default)];
    readonly Slice? _default = slices.FirstOrDefault(slice => slice.Name == Default);
    readonly string _names = string.Join(", ", slices.Select(slice => slice.Name));

    internal bool NeedsPresence { get; } = slices.Any(slice => slice.Rules.NeedsPresence);

    internal void Check(ValidationRun run, FhirNode parent, List<int> occurrences)
    {
        // 1. Sort the occurrences: each belongs to the first slice that takes it.
        var members = new List<int>?[_slices.Length];
        var rest = run.RentList();
        var (last, position, hasRest) = (-1, 0, false);
        foreach (var index in occurrences)
        {
            var node = new FhirNode(parent.Document, index);
            var slice = SliceOf(run, node, position++);
            if (slice < 0)
            {
                hasRest = true;
                rest.Add(index);
                continue;
            }

            CheckOrder(run, node, slice, last, hasRest);
            last = Math.Max(last, slice);
            (members[slice] ??= run.RentList()).Add(index);
        }

        // 2. What is of no slice.
        if (_default is not null)
        {
            _default.Rules.Check(run, parent, rest);
        }
        else if (rules == SlicingRules.Closed)
        {
            foreach (var index in rest)
            {
                run.Error(RuleMessages.SliceUnmatched, new FhirNode(parent.Document, index), label, _names);
            }
        }

        run.Return(rest);

        // 3. What each slice asks of its own.
        for (var i = 0; i < _slices.Length; i++)
        {
            if (members[i] is { } own)
            {
                _slices[i].Rules.Check(run, parent, own);
                run.Return(own);
            }
            else if (_slices[i].Rules.NeedsPresence)
            {
                _slices[i].Rules.CheckAbsent(run, parent);
            }
        }
    }

    internal void CheckAbsent(ValidationRun run, FhirNode parent)
    {
        foreach (var slice in _slices)
        {
            if (slice.Rules.NeedsPresence)
            {
                slice.Rules.CheckAbsent(run, parent);
            }
        }
    }

    int SliceOf(ValidationRun run, FhirNode node, int position)
    {
        for (var i = 0; i < _slices.Length; i++)
        {
            if (_slices[i].Takes(run, node, position))
            {
                return i;
            }
        }

        return -1;
    }

    void CheckOrder(ValidationRun run, FhirNode node, int slice, int last, bool hasRest)
    {
        if (isOrdered && slice < last)
        {
            run.Error(RuleMessages.SliceOutOfOrder, node, label, _slices[slice].Name);
        }

        if (rules == SlicingRules.OpenAtEnd && hasRest)
        {
            run.Error(RuleMessages.SliceAfterEnd, node, label);
        }
    }
}

/// <summary>What may be beside the slices: https://hl7.org/fhir/R4/valueset-resource-slicing-rules.html</summary>
enum SlicingRules
{
    Open,
    Closed,
    OpenAtEnd,
}
