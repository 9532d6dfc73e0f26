using System.Buffers;
using System.Text;
using System.Text.Json;

namespace FhirHub.Fhir.Json;

/// <summary>Undoes the escapes of JSON strings that the parser has already found well-formed.</summary>
static class JsonText
{
    const int StackBytes = 512;

    internal static string Unescape(ReadOnlySpan<byte> escaped)
    {
        var rented = escaped.Length > StackBytes ? ArrayPool<byte>.Shared.Rent(escaped.Length) : null;
        var buffer = rented ?? stackalloc byte[StackBytes];
        var text = Encoding.UTF8.GetString(buffer[..Unescape(escaped, buffer)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return text;
    }

    internal static bool UnescapedEquals(ReadOnlySpan<byte> escaped, ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > escaped.Length)
        {
            return false;
        }

        var rented = escaped.Length > StackBytes ? ArrayPool<byte>.Shared.Rent(escaped.Length) : null;
        var buffer = rented ?? stackalloc byte[StackBytes];
        var equal = buffer[..Unescape(escaped, buffer)].SequenceEqual(utf8);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return equal;
    }

    /// <summary>
    /// Writes the characters of an escaped string as UTF-8 and returns how many bytes; never more than came in.
    /// </summary>
    internal static int Unescape(ReadOnlySpan<byte> escaped, Span<byte> destination)
    {
        var written = 0;
        while (true)
        {
            var plain = escaped.IndexOf((byte)'\\');
            if (plain < 0)
            {
                escaped.CopyTo(destination[written..]);
                return written + escaped.Length;
            }

            escaped[..plain].CopyTo(destination[written..]);
            written += plain;
            escaped = escaped[(plain + 1)..];
            if (escaped[0] == 'u')
            {
                var rune = ReadRune(escaped[1..], out var consumed);
                written += rune.EncodeToUtf8(destination[written..]);
                escaped = escaped[(1 + consumed)..];
            }
            else
            {
                destination[written++] = Simple(escaped[0]);
                escaped = escaped[1..];
            }
        }
    }

    /// <summary>What a one-letter escape stands for; zero when there is no such escape.</summary>
    internal static byte Simple(byte letter) => letter switch
    {
        (byte)'"' => (byte)'"',
        (byte)'\\' => (byte)'\\',
        (byte)'/' => (byte)'/',
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => 0,
    };

    /// <summary>True for text that stands in JSON without quotes.</summary>
    internal static bool IsNumberOrBoolean(string text)
    {
        if (text is "true" or "false")
        {
            return true;
        }

        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.BytesConsumed == text.Length;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Reads four hex digits; -1 when they are not that.</summary>
    internal static int Hex4(ReadOnlySpan<byte> digits)
    {
        if (digits.Length < 4)
        {
            return -1;
        }

        var value = 0;
        for (var i = 0; i < 4; i++)
        {
            var digit = HexDigit(digits[i]);
            if (digit < 0)
            {
                return -1;
            }

            value = (value << 4) | digit;
        }

        return value;
    }

    static int HexDigit(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        _ => -1,
    };

    /// <summary>The character after <c>\u</c>; half a surrogate pair becomes the replacement character.</summary>
    static Rune ReadRune(ReadOnlySpan<byte> afterU, out int consumed)
    {
        var first = (char)Hex4(afterU);
        consumed = 4;
        if (Rune.TryCreate(first, out var rune))
        {
            return rune;
        }

        var second = afterU.Length >= 10 && afterU[4] == '\\' && afterU[5] == 'u' ? Hex4(afterU[6..]) : -1;
        if (second < 0 || !Rune.TryCreate(first, (char)second, out rune))
        {
            return Rune.ReplacementChar;
        }

        consumed = 10;
        return rune;
    }
}
