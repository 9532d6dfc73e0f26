using System.Buffers;
using System.Runtime.CompilerServices;

namespace FhirHub.Fhir.Xml;

/// <summary>JSON being written, with marks of where it came from if anybody wants to know.</summary>
sealed class MarkedJson(int capacity, bool marks) : IDisposable
{
    static readonly SearchValues<byte> SpecialInValue = SearchValues.Create("\"\\&\t\n\r"u8);
    static readonly SearchValues<byte> SpecialInMarkup = SearchValues.Create("\"\\\t\n\r"u8);

    byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Null when positions are not recorded.</summary>
    internal List<(int Json, int Source)>? Marks { get; } = marks ? [] : null;

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    /// <summary>Notes that what is written next comes from that offset of the source.</summary>
    internal void Mark(int source) => Marks?.Add((Length, source));

    internal void Write(byte value)
    {
        Ensure(1);
        _bytes[Length++] = value;
    }

    internal void Write(ReadOnlySpan<byte> value)
    {
        Ensure(value.Length);
        value.CopyTo(_bytes.AsSpan(Length));
        Length += value.Length;
    }

    /// <summary>Writes <c>"name":</c>, with a comma before it unless it comes first in its object.</summary>
    internal void WriteName(ReadOnlySpan<byte> name, bool isExtras = false)
    {
        Ensure(name.Length + 5);
        var bytes = _bytes.AsSpan(Length);
        var at = 0;
        if (Length > 0 && _bytes[Length - 1] is not ((byte)'{' or (byte)'['))
        {
            bytes[at++] = (byte)',';
        }

        bytes[at++] = (byte)'"';
        if (isExtras)
        {
            bytes[at++] = (byte)'_';
        }

        name.CopyTo(bytes[at..]);
        at += name.Length;
        bytes[at++] = (byte)'"';
        bytes[at++] = (byte)':';
        Length += at;
    }

    /// <summary>Writes the raw value of an XML attribute as a JSON string.</summary>
    internal void WriteString(ReadOnlySpan<byte> raw)
    {
        Write((byte)'"');
        WriteEscaped(raw, SpecialInValue);
        Write((byte)'"');
    }

    /// <summary>
    /// Writes XML itself as part of a JSON string; it stays XML, so its references and line ends stay as well.
    /// </summary>
    internal void WriteMarkup(ReadOnlySpan<byte> xml) => WriteEscaped(xml, SpecialInMarkup);

    /// <summary>Writes <c>null,</c> so often.</summary>
    internal void WriteNulls(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Write("null,"u8);
        }
    }

    internal void Append(MarkedJson other)
    {
        if (other.Marks is not null)
        {
            foreach (var (json, source) in other.Marks)
            {
                Marks?.Add((json + Length, source));
            }
        }

        Write(other.Written);
    }

    internal void Truncate(int length)
    {
        Length = length;
        Marks?.RemoveAll(m => m.Json >= length);
    }

    void WriteEscaped(ReadOnlySpan<byte> raw, SearchValues<byte> special)
    {
        while (true)
        {
            var plain = raw.IndexOfAny(special);
            if (plain < 0)
            {
                Write(raw);
                return;
            }

            Write(raw[..plain]);
            var length = WriteSpecial(raw[plain..], isValue: ReferenceEquals(special, SpecialInValue));
            raw = raw[(plain + length)..];
        }
    }

    /// <summary>Writes the special character the text begins with, and returns its length there.</summary>
    int WriteSpecial(ReadOnlySpan<byte> raw, bool isValue)
    {
        var length = 1;
        switch (raw[0])
        {
            case (byte)'&':
                WriteCharacter(XmlText.ReadReference(raw, out length));
                break;
            case (byte)'\r' when isValue:
                length = raw.Length > 1 && raw[1] == '\n' ? 2 : 1;
                Write((byte)' ');
                break;
            case (byte)'\n' or (byte)'\t' when isValue:
                // An XML processor makes them spaces; only a reference such as &#xA; keeps them.
                Write((byte)' ');
                break;
            default:
                WriteCharacter(raw[0]);
                break;
        }

        return length;
    }

    void WriteCharacter(int character)
    {
        switch (character)
        {
            case '"':
                Write("\\\""u8);
                break;
            case '\\':
                Write("\\\\"u8);
                break;
            case '\n':
                Write("\\n"u8);
                break;
            case '\r':
                Write("\\r"u8);
                break;
            case '\t':
                Write("\\t"u8);
                break;
            default:
                Ensure(4);
                Length += new System.Text.Rune(character).EncodeToUtf8(_bytes.AsSpan(Length));
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Ensure(int more)
    {
        if (_bytes.Length - Length < more)
        {
            Grow(more);
        }
    }

    void Grow(int more)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, Length + more));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
