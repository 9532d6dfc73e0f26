using FhirHub.Fhir.Documents;
using FhirHub.Fhir.Json;

namespace FhirHub.Core.Search;

/// <summary>A document's records and bytes, read without making a node of every record.</summary>
readonly struct Tape(FhirDocument document)
{
    internal readonly FhirDocument Document = document;
    internal readonly NodeRecord[] Records = document.Records;
    readonly ReadOnlyMemory<byte> _json = document.Json;

    /// <summary>
    /// The value of a primitive, a slice of the document unless it holds escapes; empty without a value.
    /// </summary>
    internal Utf8Text Text(int node)
    {
        ref readonly var record = ref Records[node];
        return record.Kind switch
        {
            NodeKind.String or NodeKind.Number or NodeKind.Boolean =>
                new Utf8Text(_json.Slice(record.Start, record.Length)),
            NodeKind.EscapedString => Unescaped(record.Start, record.Length),
            _ => default,
        };
    }

    /// <summary>The bytes of a value that never needs escapes, such as a number or a date.</summary>
    internal ReadOnlySpan<byte> Plain(int node)
    {
        ref readonly var record = ref Records[node];
        return record.Kind is NodeKind.String or NodeKind.Number or NodeKind.Boolean
            ? _json.Span.Slice(record.Start, record.Length)
            : record.Kind == NodeKind.EscapedString ? Unescaped(record.Start, record.Length).Span : default;
    }

    internal Children Children(int node)
    {
        var (first, end) = Document.ChildRange(node);
        return new Children(Records, first, end);
    }

    /// <summary>The first child under that property, or -1.</summary>
    internal int Child(int node, ushort property)
    {
        foreach (var child in Children(node))
        {
            if (Records[child].Property == property)
            {
                return child;
            }
        }

        return -1;
    }

    internal Utf8Text ChildText(int node, ushort property) =>
        Child(node, property) is var child and >= 0 ? Text(child) : default;

    Utf8Text Unescaped(int start, int length)
    {
        var text = new byte[length];
        return new Utf8Text(text.AsMemory(0, JsonText.Unescape(_json.Span.Slice(start, length), text)));
    }
}

/// <summary>The indexes of a node's children, for <c>foreach</c>.</summary>
struct Children(NodeRecord[] records, int first, int end)
{
    int _next = first;

    public int Current { get; private set; }

    public readonly Children GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_next < end)
        {
            Current = _next;
            ref readonly var record = ref records[_next];
            _next = record.HasSubtree ? record.Next : _next + 1;
            if (record.IsNode)
            {
                return true;
            }
        }

        return false;
    }
}
