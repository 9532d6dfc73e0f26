using System.Globalization;
using System.Text.RegularExpressions;

namespace FhirHub.Stores.Oracle;

/// <summary>Dates: https://hl7.org/fhir/R4/search.html#date</summary>
static partial class DateRule
{
    static readonly TimeZoneInfo China = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    internal static bool Matches(Element element, string value, DateTimeOffset now)
    {
        var (prefix, text) = Prefix.Take(SearchText.Unescape(value));
        if (Target(element) is not { } target || Read(text) is not { Low: { } low, High: { } high } search)
        {
            return false;
        }

        return prefix switch
        {
            "eq" => search.Contains(target),
            "ne" => !search.Contains(target),
            "gt" => target.ReachesAbove(high, counts: true),
            "lt" => target.ReachesBelow(low, counts: false),
            "ge" => target.ReachesAbove(high, counts: true) || search.Contains(target),
            "le" => target.ReachesBelow(low, counts: false) || search.Contains(target),
            "sa" => target.LiesAbove(high, counts: true),
            "eb" => target.LiesBelow(low, counts: false),
            _ => Widened(low, high, now).Overlaps(target),
        };
    }

    /// <summary>What an element covers; null when it says nothing about time.</summary>
    internal static Interval? Target(Element element)
    {
        switch (element.Type)
        {
            case "date" or "dateTime":
                return Read(element.Text!); // an element of a primitive type always has a value
            case "instant":
                return Interval.Point(Read(element.Text!)!.Value.Low!.Value); // an instant is never open
            case "Period":
                return Period(element.Get("start"), element.Get("end"));
            case "Timing":
                var outer = Element.Items(element.Json, "event")
                    .Select(item => Read(item.GetString()!)!.Value).ToList(); // the generator writes whole events
                if (Element.Child(element.Json, "repeat") is { } repeat
                    && Element.Child(repeat, "boundsPeriod") is { } bounds)
                {
                    outer.Add(Period(Element.Get(bounds, "start"), Element.Get(bounds, "end")));
                }

                return outer.Count == 0 ? null : outer.Aggregate(Hull);
            default:
                return null;
        }
    }

    /// <summary>The stretch of time a text of any precision stands for; null when it is no date.</summary>
    internal static Interval? Read(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
        {
            return null;
        }

        int Number(string group, int otherwise) => match.Groups[group] is { Success: true } found
            ? int.Parse(found.Value, CultureInfo.InvariantCulture)
            : otherwise;
        bool Has(string group) => match.Groups[group].Success;

        var start = new DateTime(Number("y", 1), Number("mo", 1), Number("d", 1), Number("h", 0), Number("mi", 0), 0)
            .AddSeconds(Number("s", 0));
        if (!Has("h"))
        {
            var end = Has("d") ? start.AddDays(1) : Has("mo") ? start.AddMonths(1) : start.AddYears(1);
            return Interval.UpTo(Local(start), Local(end));
        }

        var low = Has("z") ? start.Ticks - Offset(match.Groups["z"].Value).Ticks : Local(start);
        var width = Has("s") ? TimeSpan.TicksPerSecond : TimeSpan.TicksPerMinute;
        if (Has("f"))
        {
            var digits = match.Groups["f"].Value;
            width = (long)Math.Pow(10, 7 - Math.Min(7, digits.Length));
            low += long.Parse(digits.PadRight(7, '0')[..7], CultureInfo.InvariantCulture);
        }

        return Interval.UpTo(low, low + width);
    }

    static Interval Period(string? start, string? end)
    {
        var (first, last) = (start is null ? null : Read(start), end is null ? null : Read(end));
        return new Interval(first?.Low, true, last?.High, last?.HasHigh ?? false);
    }

    static Interval Hull(Interval one, Interval two) => new(
        one.Low is null || two.Low is null ? null : Math.Min(one.Low.Value, two.Low.Value),
        true,
        one.High is null || two.High is null ? null : Math.Max(one.High.Value, two.High.Value),
        false);

    /// <summary>Ten per cent of the gap between now and the date on both sides; today there is no gap.</summary>
    static Interval Widened(decimal low, decimal high, DateTimeOffset now)
    {
        var gap = now.UtcTicks < low ? low - now.UtcTicks : now.UtcTicks > high ? now.UtcTicks - high : 0;
        return Interval.UpTo(low - Math.Floor(gap / 10), high + Math.Floor(gap / 10));
    }

    static long Local(DateTime local) => local.Ticks - China.GetUtcOffset(local).Ticks;

    static TimeSpan Offset(string zone) => zone == "Z"
        ? TimeSpan.Zero
        : (zone[0] == '-' ? -1 : 1) * TimeSpan.ParseExact(zone[1..], "hh\\:mm", CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^(?<y>\d{4})(-(?<mo>\d\d)(-(?<d>\d\d)"
        + @"(T(?<h>\d\d):(?<mi>\d\d)(:(?<s>\d\d)(\.(?<f>\d+))?)?(?<z>Z|[+-]\d\d:\d\d)?)?)?)?$")]
    private static partial Regex Form();
}
