using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.FhirPath;

/// <summary>
/// Equality, which may not know, and equivalence, which always does: https://hl7.org/fhirpath/N1/#equality
/// </summary>
static class Equality
{
    /// <summary>Whether two collections are equal item by item; null when that is unknown or one is empty.</summary>
    internal static bool? AreEqual(Evaluation run, Values left, Values right)
    {
        if (left.Count == 0 || right.Count == 0)
        {
            return null;
        }

        if (left.Count != right.Count)
        {
            return false;
        }

        bool? all = true;
        for (var i = 0; i < left.Count; i++)
        {
            var one = AreEqual(run, left[i], right[i]);
            if (one == false)
            {
                return false;
            }

            all = one is null ? null : all;
        }

        return all;
    }

    internal static bool? AreEqual(Evaluation run, in FhirPathValue left, in FhirPathValue right)
    {
        run.Charge(1);
        if (left.IsNode && right.IsNode && AreEqualInPlace(left.Node, right.Node) is { } known)
        {
            return known;
        }

        var a = left.System;
        var b = right.System;
        if (a.IsNode && b.IsNode)
        {
            return AreEqualNodes(run, a.Node, b.Node);
        }

        if (a.IsNode || b.IsNode)
        {
            return a.IsBarePrimitive || b.IsBarePrimitive ? null : false;
        }

        return AreEqualSystem(a, b);
    }

    /// <summary>Whether two collections hold equivalent items in any order.</summary>
    internal static bool AreEquivalent(Evaluation run, Values left, Values right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        // Each item pairs off with one of the other side, so that {1, 1, 2} is not {1, 2, 2}.
        var taken = right.Count <= 256 ? stackalloc bool[right.Count] : new bool[right.Count];
        foreach (ref readonly var item in left.Span)
        {
            var found = false;
            for (var i = 0; i < right.Count && !found; i++)
            {
                found = !taken[i] && AreEquivalent(run, item, right[i]);
                taken[i] |= found;
            }

            if (!found)
            {
                return false;
            }
        }

        return true;
    }

    internal static bool AreEquivalent(Evaluation run, in FhirPathValue left, in FhirPathValue right)
    {
        run.Charge(1);
        var a = left.System;
        var b = right.System;
        if (a.IsNode || b.IsNode)
        {
            return a.IsNode && b.IsNode && AreEquivalentNodes(run, a.Node, b.Node);
        }

        return (a.Kind, b.Kind) switch
        {
            (FhirPathKind.String, FhirPathKind.String) => AreEquivalentText(a.String, b.String),
            _ when a.IsNumber && b.IsNumber => Numbers.AreEquivalent(a.Decimal, b.Decimal),
            _ when a.IsTemporal && b.IsTemporal =>
                a.Temporal.Kind == TemporalKind.Time == (b.Temporal.Kind == TemporalKind.Time)
                && Temporal.AreEquivalent(a.Temporal, b.Temporal),
            _ when Conversion.TryQuantities(a, b, out var x, out var y) =>
                Units.Align(x, y) is { } aligned && Numbers.AreEquivalent(aligned.Left, aligned.Right),
            _ => AreEqualSystem(a, b) == true,
        };
    }

    internal static bool Contains(Evaluation run, Values values, in FhirPathValue item, int start = 0)
    {
        foreach (ref readonly var value in values.Span[start..])
        {
            if (AreEqual(run, value, item) == true)
            {
                return true;
            }
        }

        return false;
    }

    static bool? AreEqualSystem(in FhirPathValue a, in FhirPathValue b)
    {
        if (a.IsNumber && b.IsNumber)
        {
            return a.Decimal == b.Decimal;
        }

        if (a.IsTemporal && b.IsTemporal)
        {
            // A time is no moment on the calendar, so it is not equal to one.
            if (a.Kind == FhirPathKind.Time != (b.Kind == FhirPathKind.Time))
            {
                return false;
            }

            return Temporal.Compare(a.Temporal, b.Temporal) is { } order ? order == 0 : null;
        }

        if (Conversion.TryQuantities(a, b, out var x, out var y))
        {
            return Units.Compare(x, y) is { } compared ? compared == 0 : null;
        }

        return a.Kind == b.Kind && a.Kind switch
        {
            FhirPathKind.Boolean => a.Boolean == b.Boolean,
            FhirPathKind.String => a.String == b.String,
            FhirPathKind.Type => a.Reflected == b.Reflected,
            _ => false,
        };
    }

    /// <summary>Equality that the bytes of the documents decide; null when values must be looked at.</summary>
    static bool? AreEqualInPlace(FhirNode left, FhirNode right)
    {
        if (left == right)
        {
            return true;
        }

        return left.IsEscaped || right.IsEscaped || !left.HasValue || !right.HasValue || !IsText(left) || !IsText(right)
            ? null
            : left.RawValue.SequenceEqual(right.RawValue);
    }

    static bool IsText(FhirNode node) =>
        node.Type.Primitive is >= PrimitiveKind.String and <= PrimitiveKind.Base64Binary;

    static bool AreEqualNodes(Evaluation run, FhirNode left, FhirNode right)
    {
        // Two primitives without a value, or complex nodes: equal when all their parts are, in order.
        using var a = left.Children.GetEnumerator();
        using var b = right.Children.GetEnumerator();
        while (true)
        {
            var hasMore = a.MoveNext();
            if (hasMore != b.MoveNext())
            {
                return false;
            }

            if (!hasMore)
            {
                return true;
            }

            if (a.Current.Name != b.Current.Name
                || AreEqual(run, FhirPathValue.Of(a.Current), FhirPathValue.Of(b.Current)) != true)
            {
                return false;
            }
        }
    }

    static bool AreEquivalentNodes(Evaluation run, FhirNode left, FhirNode right)
    {
        var a = run.Rent();
        var b = run.Rent();
        foreach (var child in left.Children)
        {
            a.Add(FhirPathValue.Of(child));
        }

        foreach (var child in right.Children)
        {
            b.Add(FhirPathValue.Of(child));
        }

        var equivalent = AreEquivalent(run, a, b);
        run.Return(b);
        run.Return(a);
        return equivalent;
    }

    /// <summary>Strings without regard to case and to how much white space stands between words.</summary>
    static bool AreEquivalentText(string left, string right)
    {
        var i = 0;
        var j = 0;
        while (i < left.Length && j < right.Length)
        {
            var isSpace = char.IsWhiteSpace(left[i]);
            if (isSpace != char.IsWhiteSpace(right[j])
                || (!isSpace && char.ToLowerInvariant(left[i]) != char.ToLowerInvariant(right[j])))
            {
                return false;
            }

            i = isSpace ? SkipSpace(left, i) : i + 1;
            j = isSpace ? SkipSpace(right, j) : j + 1;
        }

        return i == left.Length && j == right.Length;
    }

    static int SkipSpace(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }
}
