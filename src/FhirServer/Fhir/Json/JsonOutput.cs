using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.Json;

/// <summary>
/// Writes a document's nodes as JSON, in their order, compact or indented. Values are copied as the bytes they are;
/// only a document that differs from its bytes, or one to be shown to a person, needs this at all.
/// </summary>
ref struct JsonOutput
{
    readonly FhirDocument _document;
    readonly bool _indented;
    JsonBuffer _buffer;
    int _depth;

    JsonOutput(FhirDocument document, bool indented)
    {
        _document = document;
        _indented = indented;
        _buffer = new JsonBuffer(document.Bytes.Length);
    }

    internal static byte[] Write(FhirDocument document, bool indented = false)
    {
        var output = new JsonOutput(document, indented);
        output.Object(0);
        return output._buffer.ToArrayAndReturn();
    }

    void Object(int node)
    {
        Open("{"u8);
        var isFirst = true;
        var type = _document.TypeOf(node);
        if (type.IsResource)
        {
            isFirst = false;
            Line();
            _buffer.Put("\"resourceType\":"u8);
            Space();
            Quoted(type.Utf8Name);
        }

        var (at, end) = _document.ChildRange(node);
        Members(at, end, isFirst);
        Close("}"u8);
    }

    void Members(int at, int end, bool isFirst)
    {
        while (at < end)
        {
            var runEnd = RunEnd(at, end);
            // A record without a property is only ever the root.
            var property = _document.PropertyOf(at)!;
            if (property.Type.IsPrimitive)
            {
                PrimitiveMembers(property, at, runEnd, ref isFirst);
            }
            else if (AnyContent(at, runEnd))
            {
                Name(property, isExtras: false, ref isFirst);
                Values(property, at, runEnd);
            }

            at = runEnd;
        }
    }

    /// <summary>
    /// The end of the records that stand under one property: a single value or the items of an array.
    /// </summary>
    readonly int RunEnd(int at, int end)
    {
        var property = _document.Records[at].Property;
        while (at < end && _document.Records[at].Property == property)
        {
            at = _document.After(at);
        }

        return at;
    }

    /// <summary>False for a node all of whose content was dropped; JSON has no way to write it.</summary>
    readonly bool HasContent(int node) => HasValue(node) || HasChildContent(node);

    readonly bool HasValue(int node) => _document.Records[node].Kind is >= NodeKind.String and <= NodeKind.Boolean;

    readonly bool HasChildContent(int node)
    {
        var (at, end) = _document.ChildRange(node);
        return _document.TypeOf(node).IsResource || AnyContent(at, end);
    }

    readonly bool AnyContent(int at, int end)
    {
        for (; at < end; at = _document.After(at))
        {
            if (_document.Records[at].IsNode && HasContent(at))
            {
                return true;
            }
        }

        return false;
    }

    void Values(PropertySchema property, int at, int end)
    {
        if (property.Element.IsArray)
        {
            Open("["u8);
        }

        for (var isFirst = true; at < end; at = _document.After(at))
        {
            if (_document.Records[at].IsNode && HasContent(at))
            {
                Comma(property, ref isFirst);
                Object(at);
            }
        }

        if (property.Element.IsArray)
        {
            Close("]"u8);
        }
    }

    void PrimitiveMembers(PropertySchema property, int at, int end, ref bool isFirst)
    {
        var hasValue = false;
        var hasExtras = false;
        for (var i = at; i < end; i = _document.After(i))
        {
            hasValue |= HasValue(i);
            hasExtras |= _document.Records[i].IsNode && HasChildContent(i);
        }

        if (hasValue)
        {
            Name(property, isExtras: false, ref isFirst);
            Primitives(property, at, end, isExtras: false);
        }

        if (hasExtras)
        {
            Name(property, isExtras: true, ref isFirst);
            Primitives(property, at, end, isExtras: true);
        }
    }

    void Primitives(PropertySchema property, int at, int end, bool isExtras)
    {
        if (property.Element.IsArray)
        {
            Open("["u8);
        }

        for (var isFirst = true; at < end; at = _document.After(at))
        {
            if (_document.Records[at].IsNode && HasContent(at))
            {
                Comma(property, ref isFirst);
                if (isExtras)
                {
                    ExtrasOf(at);
                }
                else
                {
                    Value(at);
                }
            }
        }

        if (property.Element.IsArray)
        {
            Close("]"u8);
        }
    }

    void Value(int node)
    {
        var json = new FhirNode(_document, node).Json;
        _buffer.Put(json.IsEmpty ? "null"u8 : json);
    }

    void ExtrasOf(int node)
    {
        if (HasChildContent(node))
        {
            Open("{"u8);
            var (first, end) = _document.ChildRange(node);
            Members(first, end, isFirst: true);
            Close("}"u8);
        }
        else
        {
            _buffer.Put("null"u8);
        }
    }

    void Name(PropertySchema property, bool isExtras, ref bool isFirst)
    {
        if (!isFirst)
        {
            _buffer.Put(","u8);
        }

        isFirst = false;
        Line();
        _buffer.Put(isExtras ? "\"_"u8 : "\""u8);
        _buffer.Put(property.Utf8Name);
        _buffer.Put("\":"u8);
        Space();
    }

    void Comma(PropertySchema property, ref bool isFirst)
    {
        if (!isFirst)
        {
            _buffer.Put(","u8);
        }

        isFirst = false;
        if (property.Element.IsArray)
        {
            Line();
        }
    }

    void Open(scoped ReadOnlySpan<byte> bracket)
    {
        _buffer.Put(bracket);
        _depth++;
    }

    void Close(scoped ReadOnlySpan<byte> bracket)
    {
        _depth--;
        Line();
        _buffer.Put(bracket);
    }

    void Line()
    {
        if (_indented)
        {
            _buffer.Put("\n"u8);
            for (var i = 0; i < _depth; i++)
            {
                _buffer.Put("  "u8);
            }
        }
    }

    void Space()
    {
        if (_indented)
        {
            _buffer.Put(" "u8);
        }
    }

    void Quoted(scoped ReadOnlySpan<byte> text)
    {
        _buffer.Put("\""u8);
        _buffer.Put(text);
        _buffer.Put("\""u8);
    }
}
