namespace FhirHub.Core.Search;

/// <summary>What a date parameter finds in each data type: https://hl7.org/fhir/R4/search.html#date</summary>
static class DateValues
{
    internal static void Instant(in Tape tape, int node, EntrySink sink)
    {
        if (TryRead(tape, node, sink, out var range))
        {
            sink.Add(new SearchValue.Date(range));
        }
    }

    /// <summary>
    /// "A fixed point in time with an interval smaller than the precision of the system", whatever its digits: the
    /// smallest that ranges without their high end can have.
    /// </summary>
    internal static void Point(in Tape tape, int node, EntrySink sink)
    {
        if (TryRead(tape, node, sink, out var range))
        {
            sink.Add(new SearchValue.Date(range with { High = range.Low.AddTicks(1) }));
        }
    }

    internal static void Period(in Tape tape, int node, EntrySink sink)
    {
        if (TryReadPeriod(tape, node, sink, out var range))
        {
            sink.Add(new SearchValue.Date(range));
        }
    }

    /// <summary>
    /// A schedule counts from its first to its last moment; what happens between them does not matter.
    /// </summary>
    internal static void Timing(in Tape tape, int node, EntrySink sink)
    {
        DateRange? outer = null;
        foreach (var child in tape.Children(node))
        {
            var property = tape.Records[child].Property;
            if (property == ElementIds.TimingEvent && TryRead(tape, child, sink, out var moment))
            {
                outer = Around(outer, moment);
            }
            else if (property == ElementIds.TimingRepeat
                && tape.Child(child, ElementIds.TimingBoundsPeriod) is var bounds and >= 0
                && TryReadPeriod(tape, bounds, sink, out var period))
            {
                outer = Around(outer, period);
            }
        }

        if (outer is { } range)
        {
            sink.Add(new SearchValue.Date(range));
        }
    }

    /// <summary>From the start's beginning to the end's end; a missing one leaves that side open.</summary>
    static bool TryReadPeriod(in Tape tape, int node, EntrySink sink, out DateRange range)
    {
        range = DateRange.Open;
        var isAny = false;
        foreach (var child in tape.Children(node))
        {
            var property = tape.Records[child].Property;
            if (property == ElementIds.PeriodStart && TryRead(tape, child, sink, out var start))
            {
                range = range with { Low = start.Low };
                isAny = true;
            }
            else if (property == ElementIds.PeriodEnd && TryRead(tape, child, sink, out var end))
            {
                range = range with { High = end.High };
                isAny = true;
            }
        }

        return isAny;
    }

    static bool TryRead(in Tape tape, int node, EntrySink sink, out DateRange range)
    {
        var text = tape.Plain(node);
        if (DateRange.TryRead(text, sink.Zone, out range))
        {
            return true;
        }

        if (!text.IsEmpty)
        {
            sink.Report("A date could not be read.");
        }

        return false;
    }

    static DateRange Around(DateRange? outer, DateRange inner) => outer is not { } range
        ? inner
        : new DateRange(
            range.Low < inner.Low ? range.Low : inner.Low, range.High > inner.High ? range.High : inner.High);
}
