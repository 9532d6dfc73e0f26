namespace FhirHub.Fhir.Json;

/// <summary>
/// Dates and times as FHIR writes them; partial dates, leap seconds and zones up to 14 hours are valid.
/// </summary>
static class DateFormat
{
    internal static bool IsDate(ReadOnlySpan<byte> value) => DateLength(value) == value.Length;

    internal static bool IsDateTime(ReadOnlySpan<byte> value)
    {
        var date = DateLength(value);
        return date == value.Length || (date == 10 && IsTimeOfDay(value[10..]));
    }

    internal static bool IsInstant(ReadOnlySpan<byte> value) => DateLength(value) == 10 && IsTimeOfDay(value[10..]);

    internal static bool IsTime(ReadOnlySpan<byte> value) => ClockLength(value) == value.Length;

    /// <summary>The length of the date at the start: 4, 7 or 10; zero when there is none.</summary>
    static int DateLength(ReadOnlySpan<byte> value)
    {
        var year = Digits(value, 0, 4);
        if (year <= 0)
        {
            return 0;
        }

        if (value.Length == 4 || value[4] != '-')
        {
            return 4;
        }

        var month = Digits(value, 5, 2);
        if (month is < 1 or > 12)
        {
            return 0;
        }

        if (value.Length == 7 || value[7] != '-')
        {
            return 7;
        }

        var day = Digits(value, 8, 2);
        return day >= 1 && day <= DateTime.DaysInMonth(year, month) ? 10 : 0;
    }

    /// <summary><c>Thh:mm:ss[.fff](Z|+hh:mm|-hh:mm)</c></summary>
    static bool IsTimeOfDay(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || value[0] != 'T')
        {
            return false;
        }

        var clock = ClockLength(value[1..]);
        if (clock == 0)
        {
            return false;
        }

        var zone = value[(1 + clock)..];
        if (zone.Length == 1)
        {
            return zone[0] == 'Z';
        }

        if (zone.Length != 6 || zone[0] is not ((byte)'+' or (byte)'-') || zone[3] != ':')
        {
            return false;
        }

        var hours = Digits(zone, 1, 2);
        var minutes = Digits(zone, 4, 2);
        return (hours is >= 0 and <= 13 && minutes is >= 0 and <= 59) || (hours == 14 && minutes == 0);
    }

    /// <summary>The length of <c>hh:mm:ss[.fff]</c> at the start; zero when it is not there.</summary>
    static int ClockLength(ReadOnlySpan<byte> value)
    {
        if (value.Length < 8 || value[2] != ':' || value[5] != ':'
            || Digits(value, 0, 2) is not (>= 0 and <= 23)
            || Digits(value, 3, 2) is not (>= 0 and <= 59)
            || Digits(value, 6, 2) is not (>= 0 and <= 60))
        {
            return 0;
        }

        if (value.Length == 8 || value[8] != '.')
        {
            return 8;
        }

        var end = value[9..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        end = end < 0 ? value.Length : 9 + end;
        return end > 9 ? end : 0;
    }

    /// <summary>The number those digits are, or -1 when they are not all there.</summary>
    static int Digits(ReadOnlySpan<byte> value, int start, int count)
    {
        if (value.Length < start + count)
        {
            return -1;
        }

        var number = 0;
        for (var i = start; i < start + count; i++)
        {
            if (value[i] is < (byte)'0' or > (byte)'9')
            {
                return -1;
            }

            number = number * 10 + (value[i] - '0');
        }

        return number;
    }
}
