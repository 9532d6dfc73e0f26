using System.Buffers;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Fhir.Json;

namespace FhirHub.Fhir.Xml;

/// <summary>
/// Writes a document as FHIR XML (https://hl7.org/fhir/R4/xml.html), its elements in the order of the definitions
/// whatever order the JSON had.
/// </summary>
ref struct XmlOutput
{
    static readonly SearchValues<byte> SpecialInValue = SearchValues.Create("&<\"\t\n\r"u8);

    readonly FhirDocument _document;
    readonly ReadOnlySpan<byte> _json;
    readonly bool _indented;
    readonly bool _hasNonCharacters;
    readonly IBufferWriter<byte> _writer;
    Span<byte> _free;
    int _used;
    int _depth;

    XmlOutput(FhirDocument document, IBufferWriter<byte> writer, bool indented)
    {
        _document = document;
        _json = document.Bytes;
        _writer = writer;
        _indented = indented;
        _hasNonCharacters = XmlText.FindNonCharacter(_json) >= 0;
    }

    internal static void Write(FhirDocument document, IBufferWriter<byte> writer, bool indented)
    {
        var output = new XmlOutput(document, writer, indented);
        output.Put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"u8);
        output.Resource(0, isRoot: true);
        output.Flush();
    }

    void Resource(int node, bool isRoot)
    {
        var name = _document.TypeOf(node).Utf8Name;
        Line();
        Put("<"u8, name);
        if (isRoot)
        {
            Put(" xmlns=\"http://hl7.org/fhir\""u8);
        }

        Content(node, name);
    }

    /// <summary>Writes the rest of an element whose start tag lacks attributes and bracket.</summary>
    void Content(int node, ReadOnlySpan<byte> name)
    {
        // A document can be as deep as the parser was allowed to go; better an exception than the end of the process.
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var (first, end) = _document.ChildRange(node);
        var (elements, isOrdered) = Attributes(first, end);
        if (elements == 0)
        {
            Put("/>"u8);
            return;
        }

        Put(">"u8);
        _depth++;
        if (isOrdered)
        {
            for (var child = first; child < end; child = _document.After(child))
            {
                Element(child);
            }
        }
        else
        {
            SortedElements(first, end, elements);
        }

        _depth--;
        Line();
        Put("</"u8, name, ">"u8);
    }

    /// <summary>
    /// Writes the children that are attributes; counts those that are elements, and says if they are in order.
    /// </summary>
    (int Elements, bool IsOrdered) Attributes(int first, int end)
    {
        var elements = 0;
        var isOrdered = true;
        var highest = 0;
        for (var child = first; child < end; child = _document.After(child))
        {
            if (!_document.Records[child].IsNode)
            {
                continue;
            }

            var property = PropertyOf(child);
            if (property.Element.IsXmlAttribute)
            {
                Put(" "u8, property.Utf8Name);
                Value(child);
                continue;
            }

            elements++;
            isOrdered &= property.Element.Ordinal >= highest;
            highest = property.Element.Ordinal;
        }

        return (elements, isOrdered);
    }

    void SortedElements(int first, int end, int count)
    {
        // The index is the lower half of the key, so that equal ordinals stay in the order of the document.
        var keys = ArrayPool<long>.Shared.Rent(count);
        var filled = 0;
        for (var child = first; child < end; child = _document.After(child))
        {
            if (_document.Records[child].IsNode && PropertyOf(child).Element is { IsXmlAttribute: false } element)
            {
                keys[filled++] = ((long)element.Ordinal << 32) | (uint)child;
            }
        }

        Array.Sort(keys, 0, count);
        for (var i = 0; i < count; i++)
        {
            Element((int)keys[i]);
        }

        ArrayPool<long>.Shared.Return(keys);
    }

    void Element(int node)
    {
        ref readonly var record = ref _document.Records[node];
        var property = PropertyOf(node);
        if (!record.IsNode || property.Element.IsXmlAttribute)
        {
            return;
        }

        Line();
        if (property.Type.Primitive == PrimitiveKind.Xhtml)
        {
            Narrative(node);
            return;
        }

        Put("<"u8, property.Utf8Name);
        if (property.Type.IsResource)
        {
            Put(">"u8);
            _depth++;
            Resource(node, isRoot: false);
            _depth--;
            Line();
            Put("</"u8, property.Utf8Name, ">"u8);
            return;
        }

        if (record.Kind is not (NodeKind.Object or NodeKind.NoValue or NodeKind.Extras))
        {
            Put(" value"u8);
            Value(node);
        }

        if (record.Next == 0)
        {
            Put("/>"u8);
        }
        else
        {
            Content(node, property.Utf8Name);
        }
    }

    void Value(int node)
    {
        ref readonly var record = ref _document.Records[node];
        var value = _json.Slice(record.Start, record.Length);
        Put("=\""u8);
        if (record.Kind == NodeKind.EscapedString)
        {
            var unescaped = ArrayPool<byte>.Shared.Rent(value.Length);
            Escaped(unescaped.AsSpan(0, JsonText.Unescape(value, unescaped)), node, mayHoldAny: true);
            ArrayPool<byte>.Shared.Return(unescaped);
        }
        else if (record.Kind == NodeKind.String)
        {
            Escaped(value, node, _hasNonCharacters);
        }
        else
        {
            Put(value);
        }

        Put("\""u8);
    }

    void Escaped(scoped ReadOnlySpan<byte> value, int node, bool mayHoldAny)
    {
        if (mayHoldAny && XmlText.FindForbidden(value) >= 0)
        {
            throw Refused(node, "The value has a character that XML cannot hold.");
        }

        while (true)
        {
            var plain = value.IndexOfAny(SpecialInValue);
            if (plain < 0)
            {
                Put(value);
                return;
            }

            Put(value[..plain]);
            Put(value[plain] switch
            {
                (byte)'&' => "&amp;"u8,
                (byte)'<' => "&lt;"u8,
                (byte)'"' => "&quot;"u8,
                // As they are, the three would come back as spaces.
                (byte)'\t' => "&#x9;"u8,
                (byte)'\n' => "&#xA;"u8,
                _ => "&#xD;"u8,
            });
            value = value[(plain + 1)..];
        }
    }

    void Narrative(int node)
    {
        ref readonly var record = ref _document.Records[node];
        var value = _json.Slice(record.Start, record.Length);
        var unescaped = ArrayPool<byte>.Shared.Rent(value.Length);
        if (record.Kind == NodeKind.EscapedString)
        {
            value = unescaped.AsSpan(0, JsonText.Unescape(value, unescaped));
        }

        // A document parsed without the narrative check may hold anything here, and it must not become our markup.
        if (!NarrativeChecker.StandsAlone(value))
        {
            ArrayPool<byte>.Shared.Return(unescaped);
            throw Refused(node, "The narrative is not one XHTML div that can be written into XML.");
        }

        Put(value);
        ArrayPool<byte>.Shared.Return(unescaped);
    }

    readonly FhirFormatException Refused(int node, string text)
    {
        var (line, column) = new SourcePositions(_document.Json).At(_document.Records[node].Start);
        return new FhirFormatException([new FhirIssue(IssueSeverity.Error, IssueType.Value, text, null, line, column)]);
    }

    // Only the root has no property, and it is nobody's child.
    readonly PropertySchema PropertyOf(int node) => _document.PropertyOf(node)!;

    void Line()
    {
        if (_indented)
        {
            Put("\n"u8);
            for (var i = 0; i < _depth; i++)
            {
                Put("  "u8);
            }
        }
    }

    void Put(scoped ReadOnlySpan<byte> bytes)
    {
        if (_free.Length < bytes.Length)
        {
            Provide(bytes.Length);
        }

        bytes.CopyTo(_free);
        _free = _free[bytes.Length..];
        _used += bytes.Length;
    }

    void Put(scoped ReadOnlySpan<byte> one, scoped ReadOnlySpan<byte> two)
    {
        Put(one);
        Put(two);
    }

    void Put(scoped ReadOnlySpan<byte> one, scoped ReadOnlySpan<byte> two, scoped ReadOnlySpan<byte> three)
    {
        Put(one);
        Put(two);
        Put(three);
    }

    void Provide(int bytes)
    {
        const int Chunk = 16 * 1024;
        Flush();
        _free = _writer.GetSpan(Math.Max(bytes, Chunk));
    }

    void Flush()
    {
        _writer.Advance(_used);
        _used = 0;
        _free = default;
    }
}
