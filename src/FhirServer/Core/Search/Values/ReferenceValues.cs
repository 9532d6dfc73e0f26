using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Search;

/// <summary>What a reference or uri parameter finds: https://hl7.org/fhir/R4/search.html#reference</summary>
static class ReferenceValues
{
    internal static void Reference(in Tape tape, int node, EntrySink sink)
    {
        Utf8Text text = default, type = default;
        SearchValue.Token? identifier = null;
        foreach (var child in tape.Children(node))
        {
            var property = tape.Records[child].Property;
            if (property == ElementIds.ReferenceReference)
            {
                text = tape.Text(child);
                sink.Tell(child);
            }
            else if (property == ElementIds.ReferenceType)
            {
                type = LastSegment(tape.Text(child));
            }
            else if (property == ElementIds.ReferenceIdentifier)
            {
                identifier = TokenValues.ReadIdentifier(tape, child);
            }
        }

        if (!text.IsEmpty)
        {
            var reference = ReferenceText.Read(text, type);
            sink.Add(identifier is null ? reference : reference with { Identifier = identifier });
        }
        else if (identifier is not null)
        {
            sink.Add(new SearchValue.Reference(ReferenceKind.Logical, default, type, default, default, default)
            {
                Identifier = identifier,
            });
        }
    }

    internal static void Canonical(in Tape tape, int node, EntrySink sink)
    {
        if (tape.Text(node) is { IsEmpty: false } text)
        {
            var (url, version, fragment) = ReferenceText.Split(text);
            sink.Add(url.IsEmpty && !fragment.IsEmpty
                ? new SearchValue.Reference(ReferenceKind.Contained, default, default, default, default, fragment)
                : new SearchValue.Reference(ReferenceKind.Canonical, url, default, default, version, fragment));
        }
    }

    /// <summary>
    /// A resource that stands in the place of a reference, as the entries of a document or message do.
    /// </summary>
    internal static void Resource(in Tape tape, int node, EntrySink sink)
    {
        var type = tape.Document.TypeOf(node);
        var isTarget = sink.Parameter is not { Targets: { Count: > 0 } targets } || Names(targets, type.Name);
        if (isTarget && type.TryGetProperty("id", out var id))
        {
            // Without an id it is there all the same, and can be searched.
            var name = new Utf8Text(type.Utf8Name);
            sink.Add(new SearchValue.Reference(
                ReferenceKind.Inline, default, name, tape.ChildText(node, id.Id), default, default));
        }
    }

    internal static void Uri(in Tape tape, int node, EntrySink sink)
    {
        if (tape.Text(node) is { IsEmpty: false } text)
        {
            sink.Add(new SearchValue.Uri(text, default, default));
        }
    }

    internal static void CanonicalUri(in Tape tape, int node, EntrySink sink)
    {
        if (tape.Text(node) is { IsEmpty: false } text)
        {
            var (url, version, fragment) = ReferenceText.Split(text);
            sink.Add(new SearchValue.Uri(url, version, fragment));
        }
    }

    /// <summary>
    /// The type of what a reference points to, as far as the reference itself tells: by its text, by what is contained
    /// in the resource, or by <c>Reference.type</c>. Empty when it does not.
    /// </summary>
    internal static ReadOnlySpan<byte> TargetType(in Tape tape, int node, ContainedTypes contained)
    {
        var isReference = tape.Records[node].Kind == NodeKind.Object;
        var text = isReference ? tape.ChildText(node, ElementIds.ReferenceReference) : tape.Text(node);
        if (!text.IsEmpty && text.Span[0] == '#')
        {
            return contained.TypeOf(new Utf8Text(text.Bytes[1..]));
        }

        var type = text.IsEmpty ? default : ReferenceText.Read(text, default).Type;
        return type.IsEmpty && isReference
            ? LastSegment(tape.ChildText(node, ElementIds.ReferenceType)).Span
            : type.Span;
    }

    /// <summary><c>Reference.type</c> is a name, or the URL of its definition.</summary>
    static Utf8Text LastSegment(Utf8Text type) =>
        type.Span.LastIndexOf((byte)'/') is var slash and >= 0 ? new Utf8Text(type.Bytes[(slash + 1)..]) : type;

    static bool Names(IReadOnlyList<string> types, string name)
    {
        foreach (var type in types)
        {
            if (type == name)
            {
                return true;
            }
        }

        return false;
    }
}
