namespace FhirHub.Core.Search;

/// <summary>
/// A stretch of time in UTC, from <paramref name="Low"/> (inclusive) to <paramref name="High"/> (exclusive). The ends
/// <see cref="DateTime.MinValue"/> and <see cref="DateTime.MaxValue"/> mean that it is open there.
/// </summary>
public readonly record struct DateRange(DateTime Low, DateTime High)
{
    public static DateRange Open { get; } = new(Instant(0), Instant(DateTime.MaxValue.Ticks));

    /// <summary>
    /// Reads a date, dateTime or instant: it covers all the time its precision leaves open, so <c>2020-03</c> is a
    /// month. What has no zone is meant in <paramref name="zone"/>.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> text, SearchZone zone, out DateRange range)
    {
        range = default;
        if (!Digits(text, 0, 4, out var year) || year == 0)
        {
            return false;
        }

        if (text.Length == 4)
        {
            var first = new DateTime(year, 1, 1);
            range = Local(first.Ticks, year == 9999 ? null : first.AddYears(1).Ticks, zone);
            return true;
        }

        if (text[4] != '-' || !Digits(text, 5, 2, out var month) || month is < 1 or > 12)
        {
            return false;
        }

        if (text.Length == 7)
        {
            var first = new DateTime(year, month, 1);
            range = Local(first.Ticks, year == 9999 && month == 12 ? null : first.AddMonths(1).Ticks, zone);
            return true;
        }

        if (text[7] != '-' || !Digits(text, 8, 2, out var day) || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        var midnight = new DateTime(year, month, day).Ticks;
        if (text.Length == 10)
        {
            range = Local(midnight, midnight + TimeSpan.TicksPerDay, zone);
            return true;
        }

        return text[10] == 'T' && TryReadTime(text[11..], midnight, zone, out range);
    }

    /// <summary>
    /// <c>hh:mm[:ss[.fff]]</c> and a zone, if any: a search value may leave out what an element may not.
    /// </summary>
    static bool TryReadTime(ReadOnlySpan<byte> text, long midnight, SearchZone zone, out DateRange range)
    {
        range = default;
        if (!Digits(text, 0, 2, out var hour) || hour > 23
            || text.Length < 5 || text[2] != ':' || !Digits(text, 3, 2, out var minute) || minute > 59)
        {
            return false;
        }

        var ticks = midnight + (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        var unit = TimeSpan.TicksPerMinute;
        text = text[5..];
        if (!text.IsEmpty && text[0] == ':')
        {
            if (!Digits(text, 1, 2, out var second) || second > 60)
            {
                return false;
            }

            // A leap second counts as the second before it, so that it stays in its own minute, day and year.
            ticks += Math.Min(second, 59) * TimeSpan.TicksPerSecond;
            unit = TimeSpan.TicksPerSecond;
            text = text[3..];
            if (!text.IsEmpty && text[0] == '.' && !TryReadFraction(ref text, ref ticks, ref unit))
            {
                return false;
            }
        }

        if (text.IsEmpty)
        {
            range = Local(ticks, ticks + unit, zone);
            return true;
        }

        if (!TryReadOffset(text, out var offset))
        {
            return false;
        }

        range = Between(ticks - offset, ticks + unit - offset);
        return true;
    }

    static bool TryReadFraction(ref ReadOnlySpan<byte> text, ref long ticks, ref long unit)
    {
        var i = 1;
        for (; i < text.Length && text[i] is >= (byte)'0' and <= (byte)'9'; i++)
        {
            // Beyond the seventh digit (100 ns) nothing can be told apart.
            if (unit > 1)
            {
                unit /= 10;
                ticks += (text[i] - '0') * unit;
            }
        }

        text = text[i..];
        return i > 1;
    }

    static bool TryReadOffset(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text is [(byte)'Z'])
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':'
            || !Digits(text, 1, 2, out var hours) || !Digits(text, 4, 2, out var minutes) || hours > 14 || minutes > 59)
        {
            return false;
        }

        ticks = (hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute);
        ticks = text[0] == '-' ? -ticks : ticks;
        return true;
    }

    static DateRange Local(long low, long? high, SearchZone zone) => Between(
        low - zone.OffsetAt(low),
        high is { } end ? end - zone.OffsetAt(end) : DateTime.MaxValue.Ticks);

    /// <summary>What a zone pushes out of the years that there are counts as their first or last moment.</summary>
    static DateRange Between(long low, long high)
    {
        var first = Math.Clamp(low, 0, DateTime.MaxValue.Ticks - 1);
        return new DateRange(Instant(first), Instant(Math.Max(high, first + 1)));
    }

    static DateTime Instant(long ticks) => new(Math.Clamp(ticks, 0, DateTime.MaxValue.Ticks), DateTimeKind.Utc);

    static bool Digits(ReadOnlySpan<byte> text, int start, int count, out int number)
    {
        number = 0;
        if (text.Length < start + count)
        {
            return false;
        }

        foreach (var c in text.Slice(start, count))
        {
            var digit = (uint)(c - '0');
            if (digit > 9)
            {
                return false;
            }

            number = (number * 10) + (int)digit;
        }

        return true;
    }
}
