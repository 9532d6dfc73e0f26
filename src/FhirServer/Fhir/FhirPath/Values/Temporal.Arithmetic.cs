namespace FhirHub.Fhir.FhirPath;

/// <content>Adding durations: https://hl7.org/fhirpath/N1/#datetime-arithmetic</content>
public readonly partial struct Temporal
{
    /// <summary>The value that many units later; null when that is outside the years 1 to 9999.</summary>
    internal Temporal? Add(decimal amount, CalendarUnit unit)
    {
        // 1. A fraction counts for seconds only.
        if (unit < CalendarUnit.Second)
        {
            amount = decimal.Truncate(amount);
        }

        // 2. A unit finer than the value is turned into the value's own, cut to a whole number.
        var finest = Finest(_precision);
        if (unit > finest && _precision != TemporalPrecision.Second)
        {
            amount = decimal.Truncate(amount / CalendarUnits.Ratio(finest, unit));
            unit = finest;
        }

        // 3. Time goes round the clock; dates end at the ends of the calendar.
        try
        {
            var ticks = _kind == TemporalKind.Time ? AddToClock(amount, unit) : AddToCalendar(amount, unit);
            return new Temporal(_kind, _precision, ticks, _hasOffset ? _offsetMinutes : null, DigitsAfter(ticks));
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    static CalendarUnit Finest(TemporalPrecision precision) => precision switch
    {
        TemporalPrecision.Year => CalendarUnit.Year,
        TemporalPrecision.Month => CalendarUnit.Month,
        TemporalPrecision.Day => CalendarUnit.Day,
        TemporalPrecision.Hour => CalendarUnit.Hour,
        TemporalPrecision.Minute => CalendarUnit.Minute,
        _ => CalendarUnit.Millisecond,
    };

    static long Ticks(decimal amount, CalendarUnit unit) =>
        (long)(amount * CalendarUnits.Ratio(unit, CalendarUnit.Millisecond) * TimeSpan.TicksPerMillisecond);

    int DigitsAfter(long ticks) =>
        ticks % TimeSpan.TicksPerSecond == 0 || _fractionDigits >= 3 ? _fractionDigits : 3;

    long AddToCalendar(decimal amount, CalendarUnit unit) => unit switch
    {
        CalendarUnit.Year => Start.AddYears(decimal.ToInt32(amount)).Ticks,
        CalendarUnit.Month => Start.AddMonths(decimal.ToInt32(amount)).Ticks,
        _ => new DateTime(checked(_ticks + Ticks(amount, unit))).Ticks,
    };

    long AddToClock(decimal amount, CalendarUnit unit)
    {
        var ticks = (_ticks + (Ticks(amount, unit) % TimeSpan.TicksPerDay)) % TimeSpan.TicksPerDay;
        return ticks < 0 ? ticks + TimeSpan.TicksPerDay : ticks;
    }
}
