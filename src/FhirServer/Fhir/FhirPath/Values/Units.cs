namespace FhirHub.Fhir.FhirPath;

/// <summary>Computing with quantities: calendar units among themselves, all others by UCUM.</summary>
static class Units
{
    /// <summary>Turns both into numbers of one unit; false when their units measure different things.</summary>
    internal static bool TryAlign(Quantity left, Quantity right, out decimal leftValue, out decimal rightValue)
    {
        leftValue = left.Value;
        rightValue = right.Value;
        if (left.Unit == right.Unit && left.IsCalendar == right.IsCalendar)
        {
            return true;
        }

        return left.IsCalendar || right.IsCalendar
            ? TryAlignCalendar(left, right, ref leftValue, ref rightValue)
            : TryAlignUcum(left.Unit, right.Unit, ref leftValue, ref rightValue);
    }

    /// <summary>Whether the quantities are of one dimension, whatever their numbers.</summary>
    internal static bool AreComparable(Quantity left, Quantity right) => TryAlign(left, right, out _, out _);

    /// <summary>The calendar unit a quantity may move a date by; false for any other unit.</summary>
    internal static bool TryGetCalendarUnit(Quantity quantity, out CalendarUnit unit) =>
        CalendarUnits.TryGet(quantity.Unit, out unit) || CalendarUnits.TryGetByCode(quantity.Unit, out unit);

    /// <summary>The sum or difference; null when the units measure different things.</summary>
    internal static Quantity? TryAdd(Quantity left, Quantity right, bool isDifference)
    {
        if (!TryAlign(left, right, out var leftValue, out var rightValue))
        {
            return null;
        }

        // Aligned values are in whichever unit left its own number unchanged.
        var unit = leftValue == left.Value ? left : right;
        return new Quantity(isDifference ? leftValue - rightValue : leftValue + rightValue, unit.Unit, unit.IsCalendar);
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

        return null;
    }

    static bool TryAlignCalendar(Quantity left, Quantity right, ref decimal leftValue, ref decimal rightValue)
    {
        // 1. Years and months are each other's multiples, and nobody else's.
        if (!TryGetCalendarUnit(left, out var leftUnit) || !TryGetCalendarUnit(right, out var rightUnit))
        {
            return false;
        }

        var isVague = (leftUnit <= CalendarUnit.Month, rightUnit <= CalendarUnit.Month);
        if (isVague.Item1 != isVague.Item2)
        {
            return false;
        }

        // 2. Both are counted in the coarser of the two, where equivalence rounds.
        if (leftUnit <= rightUnit)
        {
            rightValue /= CalendarUnits.Ratio(leftUnit, rightUnit);
        }
        else
        {
            leftValue /= CalendarUnits.Ratio(rightUnit, leftUnit);
        }

        return true;
    }

    static bool TryAlignUcum(string left, string right, ref decimal leftValue, ref decimal rightValue) => false;
}
