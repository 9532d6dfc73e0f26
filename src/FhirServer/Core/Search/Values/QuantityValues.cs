using System.Globalization;

namespace FhirHub.Core.Search;

/// <summary>What a quantity parameter finds in each data type: https://hl7.org/fhir/R4/search.html#quantity</summary>
static class QuantityValues
{
    static readonly Utf8Text CurrencySystem = Utf8Text.Of("urn:iso:std:iso:4217");

    internal static void Quantity(in Tape tape, int node, EntrySink sink)
    {
        var parts = Read(tape, node);
        if (parts.Value < 0 || !NumberValues.TryRead(tape, parts.Value, sink, out var value, out var range))
        {
            return;
        }

        if (parts.Comparator < 0)
        {
            sink.Add(Make(value, range, parts));
            return;
        }

        var comparator = tape.Plain(parts.Comparator);
        sink.Add(Make(value, Compared(comparator, value, range), parts) with { IsStrict = comparator.Length == 1 });
    }

    internal static void Money(in Tape tape, int node, EntrySink sink)
    {
        var number = tape.Child(node, ElementIds.MoneyValue);
        if (number >= 0 && NumberValues.TryRead(tape, number, sink, out var value, out var range))
        {
            var currency = tape.ChildText(node, ElementIds.MoneyCurrency);
            var system = currency.IsEmpty ? default : CurrencySystem;
            sink.Add(new SearchValue.Quantity(value, range, system, currency, currency));
        }
    }

    /// <summary>From low to high, exactly: <c>Range</c> takes its ends as arbitrarily precise.</summary>
    internal static void Range(in Tape tape, int node, EntrySink sink)
    {
        var range = NumberRange.Open;
        Parts? unit = null;
        foreach (var child in tape.Children(node))
        {
            var property = tape.Records[child].Property;
            if (property != ElementIds.RangeLow && property != ElementIds.RangeHigh)
            {
                continue;
            }

            var parts = Read(tape, child);
            if (parts.Value >= 0 && NumberValues.TryRead(tape, parts.Value, sink, out var end))
            {
                range = property == ElementIds.RangeLow ? range with { Low = end } : range with { High = end };
                unit ??= parts;
            }
        }

        if (unit is { } shared)
        {
            sink.Add(Make(null, range, shared));
        }
    }

    /// <summary>The bounds of the samples, in the unit of their origin.</summary>
    internal static void Sampled(in Tape tape, int node, EntrySink sink)
    {
        var origin = tape.Child(node, ElementIds.SampledOrigin);
        var data = tape.Child(node, ElementIds.SampledData);
        if (origin < 0 || data < 0)
        {
            return;
        }

        var parts = Read(tape, origin);
        if (parts.Value < 0 || !NumberValues.TryRead(tape, parts.Value, sink, out var zero)
            || !TryReadBounds(tape, node, data, sink, out var bounds))
        {
            return;
        }

        var factor = tape.Child(node, ElementIds.SampledFactor) is var f and >= 0
            && NumberValues.TryRead(tape, f, sink, out var given) ? given : 1;
        try
        {
            var (one, other) = (zero + (bounds.Low * factor), zero + (bounds.High * factor));
            sink.Add(Make(null, new NumberRange(Math.Min(one, other), Math.Max(one, other)), parts));
        }
        catch (OverflowException)
        {
            sink.Report("Sampled data exceeds what can be indexed.");
        }
    }

    /// <summary>A quantity of FHIRPath, whose units are UCUM's.</summary>
    internal static SearchValue Computed(decimal value, NumberRange range, string unit)
    {
        var code = Utf8Text.Of(unit);
        return Make(value, range, new Parts { System = UnitScale.System, Code = code, Unit = code });
    }

    /// <summary>
    /// The smallest and largest sample; <c>L</c> and <c>U</c> stand for the limits of detection, <c>E</c> for nothing.
    /// </summary>
    static bool TryReadBounds(in Tape tape, int node, int data, EntrySink sink, out NumberRange bounds)
    {
        bounds = default;
        var isAny = false;
        var samples = tape.Plain(data);
        foreach (var range in samples.Split((byte)' '))
        {
            var sample = samples[range];
            decimal value;
            if (sample is [(byte)'L'] or [(byte)'U'])
            {
                var id = sample[0] == 'L' ? ElementIds.SampledLowerLimit : ElementIds.SampledUpperLimit;
                var limit = tape.Child(node, id);
                if (limit < 0 || !NumberValues.TryRead(tape, limit, sink, out value))
                {
                    continue;
                }
            }
            else if (!decimal.TryParse(sample, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
            {
                continue;
            }

            bounds = isAny
                ? new NumberRange(Math.Min(bounds.Low, value), Math.Max(bounds.High, value))
                : NumberRange.Exactly(value);
            isAny = true;
        }

        return isAny;
    }

    static NumberRange Compared(ReadOnlySpan<byte> comparator, decimal value, NumberRange range) => comparator switch
    {
        [(byte)'<', ..] => NumberRange.Open with { High = value },
        [(byte)'>', ..] => NumberRange.Open with { Low = value },
        _ => range,
    };

    static SearchValue.Quantity Make(decimal? value, NumberRange range, in Parts parts)
    {
        var quantity = new SearchValue.Quantity(value, range, parts.System, parts.Code, parts.Unit);
        return UnitScale.IsUcum(parts.System) && UnitScale.For(parts.Code)?.Canonical(value, range) is { } canonical
            ? quantity with { Canonical = canonical }
            : quantity;
    }

    static Parts Read(in Tape tape, int node)
    {
        var parts = new Parts { Value = -1, Comparator = -1 };
        var first = tape.Document.TypeOf(node).PropertyArray[0].Id;
        foreach (var child in tape.Children(node))
        {
            var element = tape.Records[child].Property - first;
            if (element == ElementIds.QuantityValue)
            {
                parts.Value = child;
            }
            else if (element == ElementIds.QuantityComparator)
            {
                parts.Comparator = child;
            }
            else if (element == ElementIds.QuantityUnit)
            {
                parts.Unit = tape.Text(child);
            }
            else if (element == ElementIds.QuantitySystem)
            {
                parts.System = tape.Text(child);
            }
            else if (element == ElementIds.QuantityCode)
            {
                parts.Code = tape.Text(child);
            }
        }

        return parts;
    }

    /// <summary>Where a quantity's number stands, and its unit.</summary>
    struct Parts
    {
        internal int Value;
        internal int Comparator;
        internal Utf8Text System;
        internal Utf8Text Code;
        internal Utf8Text Unit;
    }
}
