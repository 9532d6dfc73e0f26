using System.Text.Json;
using FhirHub.Fhir.Json;

namespace FhirHub.Core.Patches;

/// <summary>
/// JSON that can be changed. A value is the bytes it came as until something looks inside it, so what a patch does not
/// touch is never read and never written anew, and every number and string keeps its text.
/// </summary>
sealed class JsonTree
{
    // Every part was read within this depth before; moved parts can be deeper together, which Write refuses.
    static readonly JsonReaderOptions Reading = new() { MaxDepth = Patch.DepthMax };
    static readonly JsonDocumentOptions Comparing = new() { MaxDepth = Patch.DepthMax };

    const int PartsMax = 1_000_000;

    readonly ReadOnlyMemory<byte> _bytes;
    List<JsonTree>? _items;
    OrderedDictionary<string, JsonTree>? _members;

    JsonTree(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    internal bool IsObject => _bytes.Span[0] == (byte)'{';

    internal bool IsArray => _bytes.Span[0] == (byte)'[';

    /// <summary>The text of a string, or null for any other value.</summary>
    internal string? Text
    {
        get
        {
            if (_bytes.Span[0] != (byte)'"')
            {
                return null;
            }

            var reader = new Utf8JsonReader(_bytes.Span);
            reader.Read();
            return String(ref reader);
        }
    }

    /// <summary>The items of an array, to be changed in place.</summary>
    internal List<JsonTree> Items
    {
        get
        {
            Expand();
            return _items ?? throw new InvalidOperationException("The value is no array.");
        }
    }

    /// <summary>The members of an object, to be changed in place.</summary>
    internal OrderedDictionary<string, JsonTree> Members
    {
        get
        {
            Expand();
            return _members ?? throw new InvalidOperationException("The value is no object.");
        }
    }

    /// <summary>Reads JSON through once; throws <see cref="JsonException"/> where it is none or too deep.</summary>
    internal static JsonTree Parse(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span, Reading);
        var start = -1;
        while (reader.Read())
        {
            if (start < 0)
            {
                start = (int)reader.TokenStartIndex;
            }

            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                RefuseBrokenText(ref reader);
            }
        }

        return new JsonTree(json[start..(int)reader.BytesConsumed]);
    }

    internal static JsonTree Of(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span, Reading);
        reader.Read();
        return new JsonTree(json[(int)reader.TokenStartIndex..]);
    }

    /// <summary>The value as JSON: the bytes it came as, or what changes have made of it.</summary>
    internal ReadOnlyMemory<byte> ToBytes()
    {
        if (_items is null && _members is null)
        {
            return _bytes;
        }

        var buffer = new JsonBuffer(_bytes.Length + 256);
        Write(ref buffer, 0);
        return buffer.ToArrayAndReturn();
    }

    /// <summary>
    /// Equality as RFC 6902 section 4.6 has it: numbers by value, strings by character, members in any order.
    /// </summary>
    internal static bool AreEqual(ReadOnlyMemory<byte> left, ReadOnlyMemory<byte> right)
    {
        using var one = JsonDocument.Parse(left, Comparing);
        using var other = JsonDocument.Parse(right, Comparing);
        return JsonElement.DeepEquals(one.RootElement, other.RootElement);
    }

    void Write(ref JsonBuffer buffer, int depth)
    {
        if (depth > Patch.DepthMax)
        {
            throw PatchFailure.Unprocessable(
                $"The patch would nest the resource deeper than {Patch.DepthMax} levels.", "too-long");
        }

        if (_members is not null)
        {
            buffer.Put((byte)'{');
            foreach (var (name, value) in _members)
            {
                Separate(ref buffer, (byte)'{');
                buffer.PutString(name);
                buffer.Put((byte)':');
                value.Write(ref buffer, depth + 1);
            }

            buffer.Put((byte)'}');
        }
        else if (_items is not null)
        {
            buffer.Put((byte)'[');
            foreach (var value in _items)
            {
                Separate(ref buffer, (byte)'[');
                value.Write(ref buffer, depth + 1);
            }

            buffer.Put((byte)']');
        }
        else
        {
            buffer.Put(_bytes.Span);
        }
    }

    static void Separate(ref JsonBuffer buffer, byte open)
    {
        if (buffer.Last != open)
        {
            buffer.Put((byte)',');
        }
    }

    /// <summary>Splits the value into its parts, one level deep.</summary>
    void Expand()
    {
        if (_items is not null || _members is not null || !(IsObject || IsArray))
        {
            return;
        }

        var reader = new Utf8JsonReader(_bytes.Span, Reading);
        reader.Read();
        if (IsArray)
        {
            _items = [];
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                _items.Add(Part(ref reader));
                CheckSize(_items.Count);
            }

            return;
        }

        var members = new OrderedDictionary<string, JsonTree>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = String(ref reader)!; // the name of a member is never null
            reader.Read();
            if (!members.TryAdd(name, Part(ref reader)))
            {
                throw new JsonException($"the member '{PatchFailure.Shown(name)}' stands twice in one object");
            }

            CheckSize(members.Count);
        }

        _members = members;
    }

    static void CheckSize(int parts)
    {
        // As a tree, parts take twenty times the bytes of their text.
        if (parts > PartsMax)
        {
            throw PatchFailure.TooLarge($"The patch looks into an array or object of more than {PartsMax} parts.");
        }
    }

    static string? String(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            throw new JsonException("a string is not UTF-8, or holds half of a surrogate pair");
        }
    }

    JsonTree Part(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new JsonTree(_bytes[start..(int)reader.BytesConsumed]);
    }

    static void RefuseBrokenText(ref Utf8JsonReader reader)
    {
        try
        {
            _ = reader.ValueIsEscaped ? reader.GetString() : null;
        }
        catch (InvalidOperationException broken)
        {
            // The reader's answer to half of a surrogate pair; to us it is bad JSON like any other.
            throw new JsonException("a string holds half of a surrogate pair", broken);
        }
    }
}
