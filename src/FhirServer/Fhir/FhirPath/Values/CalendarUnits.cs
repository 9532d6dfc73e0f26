using System.Diagnostics.CodeAnalysis;

namespace FhirHub.Fhir.FhirPath;

/// <summary>
/// Calendar durations and the UCUM units they go with: https://hl7.org/fhirpath/N1/#time-valued-quantities
/// </summary>
static class CalendarUnits
{
    static readonly string[] Words = ["year", "month", "week", "day", "hour", "minute", "second", "millisecond"];

    // Only the definite durations have a UCUM twin: a year of UCUM ('a') is 365.25 days, which no calendar year is.
    static readonly string?[] Codes = [null, null, "wk", "d", "h", "min", "s", "ms"];

    /// <summary>Finds a unit by its word, singular or plural.</summary>
    internal static bool TryGet(string word, out CalendarUnit unit)
    {
        var singular = word.EndsWith('s') ? word.AsSpan(0, word.Length - 1) : word;
        for (var i = 0; i < Words.Length; i++)
        {
            if (singular.SequenceEqual(Words[i]))
            {
                unit = (CalendarUnit)i;
                return true;
            }
        }

        unit = default;
        return false;
    }

    /// <summary>Finds the calendar unit a UCUM code of definite length stands for.</summary>
    internal static bool TryGetByCode(string code, out CalendarUnit unit)
    {
        var at = Array.IndexOf(Codes, code);
        unit = (CalendarUnit)Math.Max(at, 0);
        return at >= 0;
    }

    internal static bool TryGetCode(CalendarUnit unit, [NotNullWhen(true)] out string? code)
    {
        code = Codes[(int)unit];
        return code is not null;
    }

    /// <summary>How many of a finer unit make up one of a coarser, as partial dates count them.</summary>
    internal static decimal Ratio(CalendarUnit coarse, CalendarUnit fine)
    {
        if (coarse == CalendarUnit.Year && fine == CalendarUnit.Month)
        {
            return 12;
        }

        return Milliseconds(coarse) / Milliseconds(fine);
    }

    static decimal Milliseconds(CalendarUnit unit) => unit switch
    {
        CalendarUnit.Year => 365m * 86_400_000,
        CalendarUnit.Month => 30m * 86_400_000,
        CalendarUnit.Week => 7m * 86_400_000,
        CalendarUnit.Day => 86_400_000,
        CalendarUnit.Hour => 3_600_000,
        CalendarUnit.Minute => 60_000,
        CalendarUnit.Second => 1_000,
        _ => 1,
    };
}
