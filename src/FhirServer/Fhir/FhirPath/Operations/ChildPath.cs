using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.FhirPath;

/// <summary>
/// A chain of element names, such as <c>name.given</c>, walked over the document's records in one go: depth first
/// gives the same order as step by step, without a collection between the steps.
/// </summary>
sealed class ChildPath(int offset, TypeSchema? root, Operation? source, string[] names) : Operation(offset)
{
    readonly ChildStep[] _steps = [.. names.Select(name => new ChildStep(name))];

    internal override void Append(Evaluation run, Values output)
    {
        if (source is null)
        {
            if (StartsAt(run.Focus.This))
            {
                From(run.Focus.This, output);
            }

            return;
        }

        var starts = run.Rent();
        source.Append(run, starts);
        foreach (ref readonly var start in starts.Span)
        {
            From(start, output);
        }

        run.Return(starts);
    }

    internal override bool Any(Evaluation run)
    {
        if (source is null && run.Focus.This.IsNode)
        {
            return StartsAt(run.Focus.This) && Has(run.Focus.This.Document, run.Focus.This.NodeIndex, 0);
        }

        return base.Any(run);
    }

    internal override bool TrySingle(Evaluation run, out FhirPathValue value)
    {
        if (source is not null || !run.Focus.This.IsNode)
        {
            return base.TrySingle(run, out value);
        }

        var found = default(Found);
        if (StartsAt(run.Focus.This))
        {
            Find(run.Focus.This.Document, run.Focus.This.NodeIndex, 0, ref found);
        }

        if (found.Count > 1)
        {
            throw NotSingle(run, "several");
        }

        value = found.Count == 0 ? default : FhirPathValue.Of(run.Focus.This.Document, found.Node).System;
        return found.Count == 1 && !value.IsBarePrimitive;
    }

    /// <summary>A path such as <c>Patient.name</c> starts at items of that type only.</summary>
    bool StartsAt(in FhirPathValue item) =>
        root is null || (item.IsNode && item.Document.TypeOf(item.NodeIndex).IsA(root));

    void From(in FhirPathValue start, Values output)
    {
        if (start.IsNode)
        {
            Walk(start.Document, start.NodeIndex, 0, output);
        }
        else if (_steps.Length == 1)
        {
            FromSystem(start, _steps[0].Name, output);
        }
    }

    void Walk(FhirDocument document, int node, int depth, Values output)
    {
        var step = _steps[depth].On(document.TypeOf(node));
        if (step.IsNone)
        {
            return;
        }

        var isLast = depth == _steps.Length - 1;
        var records = document.Records;
        var (at, end) = document.ChildRange(node);
        var hasMatched = false;
        while (at < end)
        {
            ref readonly var record = ref records[at];
            if (step.Matches(record))
            {
                hasMatched = true;
                if (isLast)
                {
                    output.Add(FhirPathValue.Of(document, at));
                }
                else
                {
                    Walk(document, at, depth + 1, output);
                }

                if (step.IsSingle)
                {
                    return;
                }
            }
            else if (hasMatched && step.IsTogether)
            {
                return;
            }

            at = record.HasSubtree ? record.Next : at + 1;
        }
    }

    bool Has(FhirDocument document, int node, int depth)
    {
        var step = _steps[depth].On(document.TypeOf(node));
        if (step.IsNone)
        {
            return false;
        }

        var isLast = depth == _steps.Length - 1;
        var (at, end) = document.ChildRange(node);
        for (; at < end; at = document.After(at))
        {
            if (step.Matches(document.Records[at]) && (isLast || Has(document, at, depth + 1)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Finds the first node and whether there is a second.</summary>
    void Find(FhirDocument document, int node, int depth, ref Found found)
    {
        var step = _steps[depth].On(document.TypeOf(node));
        if (step.IsNone)
        {
            return;
        }

        var isLast = depth == _steps.Length - 1;
        var (at, end) = document.ChildRange(node);
        for (; at < end && found.Count < 2; at = document.After(at))
        {
            if (!step.Matches(document.Records[at]))
            {
                continue;
            }

            if (!isLast)
            {
                Find(document, at, depth + 1, ref found);
            }
            else if (found.Count++ == 0)
            {
                found.Node = at;
            }

            if (step.IsSingle)
            {
                return;
            }
        }
    }

    /// <summary>The parts of the few System values that have any.</summary>
    static void FromSystem(in FhirPathValue value, string name, Values output)
    {
        switch (value.Kind, name)
        {
            case (FhirPathKind.Type, "name"):
                output.Add(FhirPathValue.Of(value.Reflected.Name));
                break;
            case (FhirPathKind.Type, "namespace"):
                output.Add(FhirPathValue.Of(value.Reflected.Namespace ?? ""));
                break;
            case (FhirPathKind.Quantity, "value"):
                output.Add(FhirPathValue.Of(value.Quantity.Value));
                break;
            case (FhirPathKind.Quantity, "unit"):
                output.Add(FhirPathValue.Of(value.Quantity.Unit));
                break;
        }
    }

    /// <summary>The first node of a search and how many there are, counted to two.</summary>
    struct Found
    {
        internal int Node;
        internal int Count;
    }
}
