namespace FhirHub.Fhir.FhirPath;

/// <summary>The function sort(), by any number of keys: https://hl7.org/fhirpath/#sort</summary>
static class Sorting
{
    internal static void Sort(in Invocation call)
    {
        var run = call.Run;
        var keyCount = Math.Max(call.ArgumentCount, 1);
        var count = call.Input.Count;
        var keys = new FhirPathValue[count * keyCount];
        var order = new int[count];
        var outer = run.Focus;
        for (var i = 0; i < count; i++)
        {
            order[i] = i;
            run.Focus = outer with { This = call.Input[i], Index = i };
            for (var k = 0; k < keyCount; k++)
            {
                keys[(i * keyCount) + k] = KeyOf(call, i, k);
            }
        }

        run.Focus = outer;
        var arguments = new SortKey?[keyCount];
        for (var k = 0; k < call.ArgumentCount; k++)
        {
            arguments[k] = call.Argument(k) as SortKey;
        }

        var offset = call.Offset;
        try
        {
            Array.Sort(order, (a, b) => Compare(run, offset, keys, arguments, a, b));
        }
        catch (InvalidOperationException e) when (e.InnerException is FhirPathException unordered)
        {
            // Array.Sort wraps what a comparison throws; the caller is told of keys without an order, not of arrays.
            throw unordered;
        }

        foreach (var i in order)
        {
            call.Output.Add(call.Input[i]);
        }
    }

    static FhirPathValue KeyOf(in Invocation call, int item, int key)
    {
        if (call.ArgumentCount == 0)
        {
            return call.Input[item].System;
        }

        return call.TryArgument(key, out var value) ? value : default;
    }

    static int Compare(Evaluation run, int offset, FhirPathValue[] keys, SortKey?[] arguments, int left, int right)
    {
        run.Charge(1);
        for (var k = 0; k < arguments.Length; k++)
        {
            ref var a = ref keys[(left * arguments.Length) + k];
            ref var b = ref keys[(right * arguments.Length) + k];
            var direction = arguments[k];
            var order = (a.Kind == FhirPathKind.None, b.Kind == FhirPathKind.None) switch
            {
                (true, true) => 0,

                // A minus turns the key, and an absent key has nothing to turn: it comes first all the same. The
                // keyword turns the order, absent keys with it.
                (true, false) => direction?.IsReversed == true ? 1 : -1,
                (false, true) => direction?.IsReversed == true ? -1 : 1,
                _ => (Ordering.Compare(run, offset, a, b) ?? 0) * (direction is null ? 1 : -1),
            };
            if (order != 0)
            {
                return order;
            }
        }

        return left.CompareTo(right);
    }
}
