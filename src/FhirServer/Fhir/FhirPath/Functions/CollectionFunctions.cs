namespace FhirHub.Fhir.FhirPath;

/// <summary>Functions on collections as a whole: https://hl7.org/fhirpath/N1/#functions</summary>
static class CollectionFunctions
{
    internal static readonly Function[] Table =
    [
        new("first", 0, 0, First, IsOrdered: true),
        new("last", 0, 0, Last, IsOrdered: true),
        new("tail", 0, 0, (in Invocation call) => Part(call, 1, call.Input.Count), IsOrdered: true),
        new("skip", 1, 1, Skip, IsOrdered: true),
        new("take", 1, 1, Take, IsOrdered: true),
        new("single", 0, 0, Single),
        new("distinct", 0, 0, (in Invocation call) => Distinct.Add(call.Run, call.Input, call.Output)),
        new("isDistinct", 0, 0, IsDistinct),
        new("subsetOf", 1, 1, (in Invocation call) => Subset(call, isSuperset: false)),
        new("supersetOf", 1, 1, (in Invocation call) => Subset(call, isSuperset: true)),
        new("intersect", 1, 1, Intersect),
        new("exclude", 1, 1, Exclude),
        new("combine", 1, 2, Combine),
        new("union", 1, 1, Union),
        new("allTrue", 0, 0, (in Invocation call) => call.Add(!HasBoolean(call, false))),
        new("anyTrue", 0, 0, (in Invocation call) => call.Add(HasBoolean(call, true))),
        new("allFalse", 0, 0, (in Invocation call) => call.Add(!HasBoolean(call, true))),
        new("anyFalse", 0, 0, (in Invocation call) => call.Add(HasBoolean(call, false))),
    ];

    static void Part(in Invocation call, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            call.Output.Add(call.Input[i]);
        }
    }

    static void First(in Invocation call)
    {
        if (call.Input.Count > 0)
        {
            call.Output.Add(call.Input[0]);
        }
    }

    static void Last(in Invocation call) => Part(call, Math.Max(call.Input.Count - 1, 0), call.Input.Count);

    static void Skip(in Invocation call)
    {
        if (call.TryInteger(0, out var count))
        {
            Part(call, Math.Clamp(count, 0, call.Input.Count), call.Input.Count);
        }
    }

    static void Take(in Invocation call)
    {
        if (call.TryInteger(0, out var count))
        {
            Part(call, 0, Math.Clamp(count, 0, call.Input.Count));
        }
    }

    static void Single(in Invocation call)
    {
        if (call.Input.Count > 1)
        {
            throw call.Error($"expects one item, found {call.Input.Count}");
        }

        call.Output.AddRange(call.Input);
    }

    static void IsDistinct(in Invocation call)
    {
        var distinct = call.Run.Rent();
        Distinct.Add(call.Run, call.Input, distinct);
        call.Add(distinct.Count == call.Input.Count);
        call.Run.Return(distinct);
    }

    static void Subset(in Invocation call, bool isSuperset)
    {
        var other = call.Gather(0);
        var (small, large) = isSuperset ? (other, call.Input) : (call.Input, other);
        var isSubset = true;
        for (var i = 0; i < small.Count && isSubset; i++)
        {
            isSubset = Equality.Contains(call.Run, large, small[i]);
        }

        call.Run.Return(other);
        call.Add(isSubset);
    }

    static void Intersect(in Invocation call)
    {
        var other = call.Gather(0);
        var common = call.Run.Rent();
        foreach (ref readonly var item in call.Input.Span)
        {
            if (Equality.Contains(call.Run, other, item))
            {
                common.Add(item);
            }
        }

        Distinct.Add(call.Run, common, call.Output);
        call.Run.Return(common);
        call.Run.Return(other);
    }

    static void Exclude(in Invocation call)
    {
        var other = call.Gather(0);
        foreach (ref readonly var item in call.Input.Span)
        {
            if (!Equality.Contains(call.Run, other, item))
            {
                call.Output.Add(item);
            }
        }

        call.Run.Return(other);
    }

    static void Combine(in Invocation call)
    {
        call.Output.AddRange(call.Input);
        call.Argument(0).Append(call.Run, call.Output);
    }

    static void Union(in Invocation call)
    {
        var all = call.Gather(0);
        var both = call.Run.Rent();
        both.AddRange(call.Input);
        both.AddRange(all);
        Distinct.Add(call.Run, both, call.Output);
        call.Run.Return(both);
        call.Run.Return(all);
    }

    static bool HasBoolean(in Invocation call, bool wanted)
    {
        var found = false;
        foreach (ref readonly var item in call.Input.Span)
        {
            var value = item.System;
            if (value.Kind != FhirPathKind.Boolean)
            {
                throw call.Error($"works on booleans, found {value.Type}");
            }

            found |= value.Boolean == wanted;
        }

        return found;
    }
}
