namespace FhirHub.Core.Search;

/// <summary>What a string parameter finds: https://hl7.org/fhir/R4/search.html#string</summary>
static class StringValues
{
    internal static void Text(in Tape tape, int node, EntrySink sink)
    {
        if (tape.Text(node) is { IsEmpty: false } text)
        {
            sink.Add(new SearchValue.String(text));
        }
    }

    /// <summary>Every part of a name and its text, but not the code that says how it is used.</summary>
    internal static void Name(in Tape tape, int node, EntrySink sink) =>
        Parts(tape, node, ElementIds.NameFirst, ElementIds.NameLast, sink);

    /// <summary>Every part of an address and its text, but not the codes that say how it is used.</summary>
    internal static void Address(in Tape tape, int node, EntrySink sink) =>
        Parts(tape, node, ElementIds.AddressFirst, ElementIds.AddressLast, sink);

    static void Parts(in Tape tape, int node, ushort first, ushort last, EntrySink sink)
    {
        foreach (var child in tape.Children(node))
        {
            if (tape.Records[child].Property >= first && tape.Records[child].Property <= last)
            {
                Text(tape, child, sink);
            }
        }
    }
}
