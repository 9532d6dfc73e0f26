namespace FhirHub.Core.Search;

/// <summary>
/// What a number parameter finds, and the position of <c>near</c>: https://hl7.org/fhir/R4/search.html#number
/// </summary>
static class NumberValues
{
    const string TooLarge = "A number has more digits or is larger than can be indexed.";

    internal static void Decimal(in Tape tape, int node, EntrySink sink)
    {
        if (TryRead(tape, node, sink, out var value, out var range))
        {
            sink.Add(new SearchValue.Number(value, range));
        }
    }

    /// <summary>An integer is itself and nothing around it.</summary>
    internal static void Integer(in Tape tape, int node, EntrySink sink)
    {
        if (TryRead(tape, node, sink, out var value))
        {
            sink.Add(new SearchValue.Number(value, NumberRange.Exactly(value)));
        }
    }

    internal static void Position(in Tape tape, int node, EntrySink sink)
    {
        decimal? latitude = null, longitude = null;
        foreach (var child in tape.Children(node))
        {
            var property = tape.Records[child].Property;
            if (property == ElementIds.Latitude && TryRead(tape, child, sink, out var value))
            {
                latitude = value;
            }
            else if (property == ElementIds.Longitude && TryRead(tape, child, sink, out value))
            {
                longitude = value;
            }
        }

        if (latitude is { } north && longitude is { } east)
        {
            sink.Add(new SearchValue.Position(north, east));
        }
    }

    /// <summary>The number as written; false when it has no value or none that fits, which is reported.</summary>
    internal static bool TryRead(in Tape tape, int node, EntrySink sink, out decimal value)
    {
        var text = tape.Plain(node);
        return NumberRange.TryReadExactly(text, out value) || Report(text, sink);
    }

    /// <summary>The number and what its precision covers.</summary>
    internal static bool TryRead(in Tape tape, int node, EntrySink sink, out decimal value, out NumberRange range)
    {
        var text = tape.Plain(node);
        return NumberRange.TryRead(text, out value, out range) || Report(text, sink);
    }

    static bool Report(ReadOnlySpan<byte> text, EntrySink sink)
    {
        if (!text.IsEmpty)
        {
            sink.Report(TooLarge);
        }

        return false;
    }
}
