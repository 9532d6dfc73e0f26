using System.Text.Json;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Fhir.Json;

/// <summary>
/// Copies a resource's JSON without the properties a filter drops. It reads stored bytes, which were checked when they
/// came in, token by token; no document is made of them.
/// </summary>
ref struct JsonFilter
{
    const string Subsetted =
        """{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"SUBSETTED"}""";

    /// <summary>Deeper than any content the parser lets in, so that nothing stored is too deep to be read.</summary>
    static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = 2 * ParseOptions.DepthLimit + 2 };

    readonly ReadOnlySpan<byte> _json;
    readonly FhirSchema _schema;
    readonly ElementFilter _filter;
    JsonBuffer _out;
    Utf8JsonReader _reader;

    JsonFilter(ReadOnlySpan<byte> json, FhirSchema schema, ElementFilter filter)
    {
        _json = json;
        _schema = schema;
        _filter = filter;
        _out = new JsonBuffer(json.Length + 256);
        _reader = new Utf8JsonReader(json, AnyDepth);
    }

    internal static byte[] Apply(ReadOnlySpan<byte> json, FhirSchema schema, ElementFilter filter)
    {
        var filtered = new JsonFilter(json, schema, filter);
        filtered._reader.Read();
        filtered.Root();
        return filtered._out.ToArrayAndReturn();
    }

    void Root()
    {
        var type = TypeHere();
        if (type != _filter.Type)
        {
            throw new ArgumentException($"The filter is one of {_filter.Type.Name}, the resource a {type.Name}.");
        }

        var hasMeta = false;
        _out.Put("{"u8);
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Name(type, out var property);
            if (property is not null && !_filter.Keeps(property.Element))
            {
                _reader.Read();
                _reader.Skip();
            }
            else if (property?.Element.Name == "meta")
            {
                hasMeta = true;
                Property(name);
                _reader.Read();
                Tagged(Value());
            }
            else
            {
                Member(name, property);
            }
        }

        if (!hasMeta)
        {
            Property("meta"u8);
            _out.Put("{\"tag\":["u8);
            _out.Put(System.Text.Encoding.UTF8.GetBytes(Subsetted));
            _out.Put("]}"u8);
        }

        _out.Put("}"u8);
    }

    /// <summary>The member whose name the reader is at: as it is, or cut down where the filter goes deep.</summary>
    void Member(scoped ReadOnlySpan<byte> name, PropertySchema? property)
    {
        var before = _out.Length;
        Property(name);
        _reader.Read();
        // An extension is kept or dropped as one: a modifier without its value says something else.
        if (property is null || !_filter.IsDeep || property.Type.IsPrimitive || property.Type.Name == "Extension")
        {
            _out.Put(Value());
            return;
        }

        var start = (int)_reader.TokenStartIndex;
        var after = _out.Length;
        if (_reader.TokenType == JsonTokenType.StartObject ? Nested(property) : Items(property))
        {
            return;
        }

        // No element may be empty. One that must be there stays whole when a summary would leave nothing of it.
        var isMandatory = property.Element.Min > 0;
        _out.Truncate(isMandatory ? after : before);
        if (isMandatory)
        {
            _out.Put(_json[start..(int)_reader.BytesConsumed]);
        }
    }

    /// <summary>The items of an array that have something left; false when none has.</summary>
    bool Items(PropertySchema property)
    {
        _out.Put("["u8);
        var empty = _out.Length;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            var before = _out.Length;
            if (before > empty)
            {
                _out.Put(","u8);
            }

            if (!Nested(property))
            {
                _out.Truncate(before);
            }
        }

        var hasContent = _out.Length > empty;
        _out.Put("]"u8);
        return hasContent;
    }

    /// <summary>The object at the reader with what a summary keeps of it; false when that is nothing.</summary>
    bool Nested(PropertySchema property)
    {
        var type = property.Type.IsResource ? TypeHere() : property.Type;
        _out.Put("{"u8);
        var empty = _out.Length;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Name(type, out var member);
            // Mandatory content stays as well, and what stands in an element no definition marks at all (Narrative).
            if (member is null || member.Element.IsSummary || member.Element.Min > 0)
            {
                Member(name, member);
            }
            else
            {
                _reader.Read();
                _reader.Skip();
            }
        }

        var hasContent = _out.Length > empty;
        _out.Put("}"u8);
        return hasContent;
    }

    /// <summary>The property a name stands for; null for <c>resourceType</c>.</summary>
    readonly ReadOnlySpan<byte> Name(TypeSchema type, out PropertySchema? property)
    {
        var name = _reader.ValueIsEscaped
            ? System.Text.Encoding.UTF8.GetBytes(_reader.GetString() ?? "")
            : _reader.ValueSpan;
        property = type.Find(name.StartsWith("_"u8) ? name[1..] : name);
        return name;
    }

    void Property(scoped ReadOnlySpan<byte> name)
    {
        if (_out.Last != '{')
        {
            _out.Put(","u8);
        }

        _out.Put("\""u8);
        _out.Put(name);
        _out.Put("\":"u8);
    }

    ReadOnlySpan<byte> Value()
    {
        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        return _json[start..(int)_reader.BytesConsumed];
    }

    /// <summary>Meta as it is, with the tag that says the resource is not whole.</summary>
    void Tagged(ReadOnlySpan<byte> meta)
    {
        var reader = new Utf8JsonReader(meta, AnyDepth);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isTag = reader.ValueTextEquals("tag"u8);
            reader.Read();
            if (isTag)
            {
                var inside = (int)reader.BytesConsumed;
                _out.Put(meta[..inside]);
                _out.Put(System.Text.Encoding.UTF8.GetBytes(Subsetted + ","));
                _out.Put(meta[inside..]);
                return;
            }

            reader.Skip();
        }

        _out.Put("{\"tag\":["u8);
        _out.Put(System.Text.Encoding.UTF8.GetBytes(Subsetted));
        _out.Put("],"u8);
        _out.Put(meta[1..]);
    }

    /// <summary>The type of the resource at the reader, found ahead of it wherever it stands.</summary>
    readonly TypeSchema TypeHere()
    {
        var ahead = _reader;
        while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
        {
            var isType = ahead.ValueTextEquals("resourceType"u8);
            ahead.Read();
            if (isType && _schema.TryGetType(ahead.GetString() ?? "", out var type))
            {
                return type;
            }

            ahead.Skip();
        }

        throw new ArgumentException("The bytes are not a stored FHIR resource.");
    }
}
