using System.Diagnostics.CodeAnalysis;
using FhirHub.Fhir.Ucum;

namespace FhirHub.Fhir.FhirPath;

/// <summary>Computing with quantities: calendar units among themselves, all others by UCUM.</summary>
static class Units
{
    /// <summary>The numbers of two quantities in the unit of one of them.</summary>
    internal readonly record struct Aligned(decimal Left, decimal Right, bool InLeftUnit);

    /// <summary>Orders two quantities; null when their units measure different things.</summary>
    internal static int? Compare(Quantity left, Quantity right)
    {
        if (AreSameUnit(left, right))
        {
            return left.Value.CompareTo(right.Value);
        }

        if (left.IsCalendar || right.IsCalendar)
        {
            return Align(left, right) is { } aligned ? aligned.Left.CompareTo(aligned.Right) : null;
        }

        return UcumUnit.TryParse(left.Unit, out var a, out _)
            && UcumUnit.TryParse(right.Unit, out var b, out _)
            && a.TryCompare(left.Value, b, right.Value, out var order)
            ? order
            : null;
    }

    /// <summary>
    /// Both in the coarser of their units, where equivalence rounds; null when there is no common one.
    /// </summary>
    internal static Aligned? Align(Quantity left, Quantity right)
    {
        if (AreSameUnit(left, right))
        {
            return new Aligned(left.Value, right.Value, InLeftUnit: true);
        }

        return left.IsCalendar || right.IsCalendar ? AlignCalendar(left, right) : AlignUcum(left, right);
    }

    /// <summary>Whether the quantities are of one dimension, whatever their numbers.</summary>
    internal static bool AreComparable(Quantity left, Quantity right) =>
        left.IsCalendar || right.IsCalendar
            ? Align(left, right) is not null
            : UcumUnit.TryParse(left.Unit, out var a, out _)
                && UcumUnit.TryParse(right.Unit, out var b, out _)
                && a.IsComparableTo(b);

    /// <summary>The calendar unit a quantity may move a date by; false for any other unit.</summary>
    internal static bool TryGetCalendarUnit(Quantity quantity, out CalendarUnit unit) =>
        CalendarUnits.TryGet(quantity.Unit, out unit) || CalendarUnits.TryGetByCode(quantity.Unit, out unit);

    /// <summary>The sum or difference; null when the units measure different things.</summary>
    internal static Quantity? Add(Quantity left, Quantity right, bool isDifference)
    {
        if (Align(left, right) is not { } aligned)
        {
            return null;
        }

        var unit = aligned.InLeftUnit ? left : right;
        var value = isDifference ? aligned.Left - aligned.Right : aligned.Left + aligned.Right;
        return new Quantity(value, unit.Unit, unit.IsCalendar);
    }

    /// <summary>The product or quotient; null where UCUM has none or the divisor is zero.</summary>
    internal static Quantity? Combine(Quantity left, Quantity right, bool isDivision)
    {
        if (isDivision && right.Value == 0)
        {
            return null;
        }

        var value = isDivision ? left.Value / right.Value : left.Value * right.Value;
        if (right is { Unit: Quantity.Unity, IsCalendar: false })
        {
            return new Quantity(value, left.Unit, left.IsCalendar);
        }

        if (!isDivision && left is { Unit: Quantity.Unity, IsCalendar: false })
        {
            return new Quantity(value, right.Unit, right.IsCalendar);
        }

        if (!TryGetUcum(left, out var a) || !TryGetUcum(right, out var b))
        {
            return null;
        }

        return (isDivision ? a.TryDivide(b, out var unit) : a.TryMultiply(b, out unit))
            ? new Quantity(value, unit.Code)
            : null;
    }

    /// <summary>The quantity stated in another unit; null when that measures something else.</summary>
    internal static Quantity? Convert(Quantity quantity, string unit)
    {
        var target = new Quantity(1, unit, CalendarUnits.TryGet(unit, out _));
        if (AreSameUnit(quantity, target))
        {
            return quantity;
        }

        return TryGetUcum(quantity, out var from)
            && TryGetUcum(target, out var to)
            && from.TryConvert(quantity.Value, to, out var value)
            ? new Quantity(value, unit, target.IsCalendar)
            : null;
    }

    static bool AreSameUnit(Quantity left, Quantity right) =>
        left.Unit == right.Unit && left.IsCalendar == right.IsCalendar;

    static bool TryGetUcum(Quantity quantity, [NotNullWhen(true)] out UcumUnit? unit)
    {
        unit = null;
        if (!quantity.IsCalendar)
        {
            return UcumUnit.TryParse(quantity.Unit, out unit, out _);
        }

        return CalendarUnits.TryGet(quantity.Unit, out var calendar)
            && CalendarUnits.TryGetCode(calendar, out var code)
            && UcumUnit.TryParse(code, out unit, out _);
    }

    static Aligned? AlignCalendar(Quantity left, Quantity right)
    {
        // 1. Years and months are each other's multiples, and nobody else's.
        if (!TryGetCalendarUnit(left, out var a)
            || !TryGetCalendarUnit(right, out var b)
            || a <= CalendarUnit.Month != b <= CalendarUnit.Month)
        {
            return null;
        }

        // 2. Both are counted in the coarser of the two.
        return a <= b
            ? new Aligned(left.Value, right.Value / CalendarUnits.Ratio(a, b), InLeftUnit: true)
            : new Aligned(left.Value / CalendarUnits.Ratio(b, a), right.Value, InLeftUnit: false);
    }

    static Aligned? AlignUcum(Quantity left, Quantity right)
    {
        if (!UcumUnit.TryParse(left.Unit, out var a, out _) || !UcumUnit.TryParse(right.Unit, out var b, out _))
        {
            return null;
        }

        var isLeftCoarser = !a.TryCompare(1, b, 1, out var order) || order >= 0;
        if (isLeftCoarser)
        {
            return b.TryConvert(right.Value, a, out var converted)
                ? new Aligned(left.Value, converted, InLeftUnit: true)
                : null;
        }

        return a.TryConvert(left.Value, b, out var value) ? new Aligned(value, right.Value, InLeftUnit: false) : null;
    }
}
