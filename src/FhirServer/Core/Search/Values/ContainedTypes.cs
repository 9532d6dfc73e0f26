namespace FhirHub.Core.Search;

/// <summary>
/// The types of a document's contained resources by their ids. A table, because a document with a great many of them
/// may also have a great many references to them.
/// </summary>
sealed class ContainedTypes(Tape tape)
{
    Dictionary<Utf8Text, byte[]>? _types;

    /// <summary>
    /// The type's name of what has that id; the document's own for an empty id, empty for an unknown one.
    /// </summary>
    internal ReadOnlySpan<byte> TypeOf(Utf8Text id) =>
        id.IsEmpty ? tape.Document.Type.Utf8Name : (_types ??= Read()).GetValueOrDefault(id);

    Dictionary<Utf8Text, byte[]> Read()
    {
        var types = new Dictionary<Utf8Text, byte[]>();
        foreach (var child in tape.Children(0))
        {
            var type = tape.Document.TypeOf(child);
            if (type.IsResource && type.TryGetProperty("id", out var id)
                && tape.ChildText(child, id.Id) is { IsEmpty: false } text)
            {
                types.TryAdd(text, type.Utf8Name);
            }
        }

        return types;
    }
}
