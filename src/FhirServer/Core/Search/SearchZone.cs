namespace FhirHub.Core.Search;

/// <summary>
/// The zone that dates without one are meant in. Almost every year has a single offset, or one that its tables need to
/// be asked for; which of the two is found out once per year, because asking costs more than reading the date.
/// </summary>
public sealed class SearchZone
{
    const long Unknown = long.MinValue;
    const long Varies = long.MaxValue;

    readonly TimeZoneInfo _zone;
    readonly long[] _years = new long[10_000];

    public SearchZone(TimeZoneInfo zone)
    {
        _zone = zone;
        Array.Fill(_years, Unknown);
    }

    /// <summary>China's time, where the hub is at home.</summary>
    public static SearchZone China { get; } = new(
        // A machine may have no zone tables; then the offset since 1991 serves for the years before it, too.
        TimeZoneInfo.TryFindSystemTimeZoneById("Asia/Shanghai", out var china)
            ? china
            : TimeZoneInfo.CreateCustomTimeZone("Asia/Shanghai", TimeSpan.FromHours(8), null, null));

    /// <summary>The day it is there at a moment.</summary>
    public DateOnly DayOf(DateTimeOffset moment) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, _zone).DateTime);

    /// <summary>The ticks that local time is ahead of UTC then.</summary>
    internal long OffsetAt(long localTicks)
    {
        var local = new DateTime(Math.Min(localTicks, DateTime.MaxValue.Ticks));
        var offset = Volatile.Read(ref _years[local.Year]);
        if (offset == Unknown)
        {
            offset = OffsetOf(local.Year);
            Volatile.Write(ref _years[local.Year], offset);
        }

        return offset == Varies ? _zone.GetUtcOffset(local).Ticks : offset;
    }

    long OffsetOf(int year)
    {
        // A day at a time sees every change there has ever been: no zone changed twice within one.
        var day = new DateTime(year, 1, 1);
        var first = _zone.GetUtcOffset(day).Ticks;
        for (; day.Year == year && day < DateTime.MaxValue.Date; day = day.AddDays(1))
        {
            if (_zone.GetUtcOffset(day).Ticks != first)
            {
                return Varies;
            }
        }

        var last = day.Year == year ? day : day.AddTicks(-1);
        return _zone.GetUtcOffset(last).Ticks == first ? first : Varies;
    }
}
