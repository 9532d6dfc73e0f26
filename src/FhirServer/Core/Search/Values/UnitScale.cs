using System.Collections.Concurrent;
using FhirHub.Fhir.Ucum;

namespace FhirHub.Core.Search;

/// <summary>
/// How amounts of one UCUM unit become canonical ones. Most units are an exact decimal multiple of the base units, or
/// an exact fraction (a minute's reciprocal); for those a multiplication or division does what the engine's fractions
/// do, at a hundredth of the cost. The rest goes through the engine.
/// </summary>
sealed class UnitScale
{
    const int CacheMax = 4_096;
    const int CodeBytesMax = 200;
    static readonly ConcurrentDictionary<Utf8Text, UnitScale?> Cache = new();

    readonly UcumUnit _unit;
    readonly Utf8Text _canonicalCode;
    readonly decimal? _factor;
    readonly decimal? _divisor;
    readonly bool _isFalling;

    UnitScale(UcumUnit unit)
    {
        _unit = unit;
        _canonicalCode = Utf8Text.Of(unit.CanonicalCode);
        _isFalling = unit.TryCanonicalizeToDouble(1, out var one)
            && unit.TryCanonicalizeToDouble(2, out var two)
            && two < one;
        if (unit.IsSpecial || !UcumUnit.TryParse(unit.CanonicalCode, out var canonical, out _))
        {
            return;
        }

        if (unit.TryCanonicalize(1, out var factor) && IsSame(unit, 1, canonical, factor))
        {
            _factor = factor;
        }
        else if (canonical.TryConvert(1, unit, out var divisor) && IsSame(unit, divisor, canonical, 1))
        {
            _divisor = divisor;
        }
    }

    /// <summary>Whether a larger amount of the unit is less: the more pH, the less hydrogen.</summary>
    internal bool IsFalling => _isFalling;

    internal static Utf8Text System { get; } = Utf8Text.Of("http://unitsofmeasure.org");

    internal static bool IsUcum(Utf8Text system) => system == System;

    /// <summary>The scale of a unit; null when the code is not a unit.</summary>
    internal static UnitScale? For(Utf8Text code)
    {
        if (code.IsEmpty || code.Bytes.Length > CodeBytesMax)
        {
            return null;
        }

        if (Cache.TryGetValue(code, out var known))
        {
            return known;
        }

        var text = code.ToString();
        var scale = UcumUnit.TryParse(text, out var unit, out _) ? new UnitScale(unit) : null;
        if (Cache.Count < CacheMax)
        {
            // The key must not keep the document alive that the code was found in.
            Cache.TryAdd(Utf8Text.Of(text), scale);
        }

        return scale;
    }

    /// <summary>The amount in base units; null when it is beyond floating point.</summary>
    internal CanonicalQuantity? Canonical(decimal? value, NumberRange range)
    {
        var low = double.NegativeInfinity;
        var high = double.PositiveInfinity;
        var canonical = 0.0;
        if ((value is { } number && !TryConvert(number, out canonical))
            || (range.Low != decimal.MinValue && !TryConvert(range.Low, out low))
            || (range.High != decimal.MaxValue && !TryConvert(range.High, out high)))
        {
            return null;
        }

        if (_isFalling)
        {
            // The ends change places, and so does the side that is open.
            (low, high) = (
                double.IsPositiveInfinity(high) ? double.NegativeInfinity : high,
                double.IsNegativeInfinity(low) ? double.PositiveInfinity : low);
        }

        return new CanonicalQuantity(value is null ? null : canonical, low, high, _canonicalCode);
    }

    static bool IsSame(UcumUnit unit, decimal value, UcumUnit other, decimal otherValue) =>
        unit.TryCompare(value, other, otherValue, out var order) && order == 0;

    bool TryConvert(decimal value, out double canonical)
    {
        try
        {
            if (_factor is { } factor)
            {
                canonical = (double)(value * factor);
                return true;
            }

            if (_divisor is { } divisor && divisor >= 1)
            {
                canonical = (double)(value / divisor);
                return true;
            }
        }
        catch (OverflowException)
        {
            // The engine's fractions have no largest number.
        }

        // A decimal above this has more digits than floating point, so it is rounded once, as the amounts above are.
        if (_unit.TryCanonicalize(value, out var number) && (Math.Abs(number) > 1e-9m || value == 0))
        {
            canonical = (double)number;
            return true;
        }

        return _unit.TryCanonicalizeToDouble(value, out canonical);
    }
}
