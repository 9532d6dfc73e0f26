using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.FhirPath;

/// <summary>Functions that go down the tree or run an expression over and over.</summary>
static class TreeFunctions
{
    internal static readonly Function[] Table =
    [
        new("children", 0, 0, Children),
        new("descendants", 0, 0, Descendants),
        new("repeat", 1, 1, (in Invocation call) => Repeat(call, isDistinct: true)),
        new("repeatAll", 1, 1, (in Invocation call) => Repeat(call, isDistinct: false)),
        new("aggregate", 1, 2, Aggregate, IsOrdered: true),
        new("sort", 0, 20, Sorting.Sort),
    ];

    static void Children(in Invocation call)
    {
        foreach (ref readonly var item in call.Input.Span)
        {
            foreach (var child in item.Node.Children)
            {
                call.Output.Add(FhirPathValue.Of(child));
            }
        }
    }

    static void Descendants(in Invocation call)
    {
        foreach (ref readonly var item in call.Input.Span)
        {
            foreach (var child in item.Node.Children)
            {
                AddWithDescendants(child, call.Output);
            }
        }
    }

    // The parser bounds how deep documents are, so the recursion is bounded too.
    static void AddWithDescendants(FhirNode node, Values output)
    {
        output.Add(FhirPathValue.Of(node));
        foreach (var child in node.Children)
        {
            AddWithDescendants(child, output);
        }
    }

    static void Repeat(in Invocation call, bool isDistinct)
    {
        var found = call.Run.Rent();
        var round = call.Run.Rent();
        var next = call.Run.Rent();
        round.AddRange(call.Input);
        while (round.Count > 0)
        {
            ForEach(call, round, next);
            round.RemoveFrom(0);
            foreach (ref readonly var item in next.Span)
            {
                // An item found before has had its turn; going on from it again might never end.
                if (!isDistinct || !HasSeen(call, found, item))
                {
                    found.Add(item);
                    round.Add(item);
                }
            }

            call.Run.Charge(next.Count + 1);
            next.RemoveFrom(0);
        }

        call.Output.AddRange(found);
        call.Run.Return(next);
        call.Run.Return(round);
        call.Run.Return(found);
    }

    static bool HasSeen(in Invocation call, Values found, in FhirPathValue item)
    {
        if (!item.IsNode || item.Node.IsPrimitive)
        {
            return Equality.Contains(call.Run, found, item);
        }

        // Comparing complex items by value is slow, and the walk down a tree never meets the same node twice; those
        // that are equal but elsewhere (two empty groups, say) must both stay for their own children's sake.
        foreach (ref readonly var other in found.Span)
        {
            if (other.IsNode && other.Node == item.Node)
            {
                return true;
            }
        }

        return false;
    }

    static void ForEach(in Invocation call, Values items, Values output)
    {
        var outer = call.Run.Focus;
        for (var i = 0; i < items.Count; i++)
        {
            call.Run.Focus = outer with { This = items[i], Index = i };
            call.Argument(0).Append(call.Run, output);
        }

        call.Run.Focus = outer;
    }

    static void Aggregate(in Invocation call)
    {
        var run = call.Run;
        var total = run.Rent();
        if (call.ArgumentCount > 1)
        {
            call.Argument(1).Append(run, total);
        }

        var outer = run.Focus;
        for (var i = 0; i < call.Input.Count; i++)
        {
            run.Focus = outer with { This = call.Input[i], Index = i, Total = total };
            var next = run.Rent();
            call.Argument(0).Append(run, next);
            run.Return(total);
            total = next;
        }

        run.Focus = outer;
        call.Output.AddRange(total);
        run.Return(total);
    }
}
