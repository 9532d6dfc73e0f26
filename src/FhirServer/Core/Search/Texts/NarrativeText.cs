using System.Buffers;
using System.Text;
using FhirHub.Fhir.Xml;

namespace FhirHub.Core.Search;

/// <summary>The text of a narrative without its markup: https://hl7.org/fhir/R4/narrative.html</summary>
/// <remarks>
/// The parser has read the markup with all its rules. This only looks for where tags begin and end, which costs a
/// fraction, and every write and every index made anew does it.
/// </remarks>
static class NarrativeText
{
    /// <summary>Elements inside a line; what all others hold does not read on into what stands beside them.</summary>
    static readonly ulong[] Inline =
    [
        .. "a abbr acronym b bdo big cite code dfn em i kbd q samp small span strong sub sup tt var"
            .Split(' ').Select(name => Packed(Encoding.ASCII.GetBytes(name))),
    ];

    /// <summary>What parts the texts of two blocks; XML has no such character.</summary>
    internal const byte Break = 1;

    /// <summary>
    /// Adds the texts of all blocks in UTF-8, up to where the markup is not well-formed, which the parser has said
    /// already.
    /// </summary>
    internal static void Append(ReadOnlySpan<byte> xhtml, ArrayBufferWriter<byte> text)
    {
        while (!xhtml.IsEmpty)
        {
            var tag = xhtml.IndexOf((byte)'<');
            AppendText(tag < 0 ? xhtml : xhtml[..tag], text);
            xhtml = tag < 0 ? default
                : xhtml[tag..] is var rest && rest.StartsWith("<!--"u8) ? Behind(rest["<!--".Length..], "-->"u8)
                : rest.StartsWith("<?"u8) ? Behind(rest, "?>"u8)
                : rest.StartsWith("<![CDATA["u8) ? AppendData(rest["<![CDATA[".Length..], text)
                : AppendTag(rest[1..], text);
        }
    }

    static void AppendText(ReadOnlySpan<byte> raw, ArrayBufferWriter<byte> text)
    {
        while (raw.IndexOf((byte)'&') is var at and >= 0)
        {
            text.Write(raw[..at]);
            raw = raw[at..];
            var character = XmlText.ReadReference(raw, out var length);
            if (Rune.TryCreate(character, out var rune))
            {
                text.Advance(rune.EncodeToUtf8(text.GetSpan(sizeof(int))));
                raw = raw[length..];
            }
            else
            {
                raw = raw[1..];
            }
        }

        text.Write(raw);
    }

    /// <summary>Adds what is written as it is, and gives what follows.</summary>
    static ReadOnlySpan<byte> AppendData(ReadOnlySpan<byte> data, ArrayBufferWriter<byte> text)
    {
        var end = data.IndexOf("]]>"u8);
        if (end < 0)
        {
            return default;
        }

        text.Write(data[..end]);
        return data[(end + "]]>".Length)..];
    }

    /// <summary>Adds the end of a block, not for an element inside a line, and gives what follows the tag.</summary>
    static ReadOnlySpan<byte> AppendTag(ReadOnlySpan<byte> tag, ArrayBufferWriter<byte> text)
    {
        var at = tag is [(byte)'/', ..] ? 1 : 0;
        var name = 0ul;
        for (var first = at; at < tag.Length && tag[at] > ' ' && tag[at] is not ((byte)'/' or (byte)'>'); at++)
        {
            // What stands before a colon says nothing, and what is longer than eight letters is no name of the list.
            (name, first) = tag[at] == ':' ? (0, at + 1)
                : at - first < sizeof(ulong) ? (name | ((ulong)tag[at] << (8 * (at - first))), first)
                : (ulong.MaxValue, first);
        }

        if (at == tag.Length)
        {
            return default;
        }

        if (!Inline.AsSpan().Contains(name))
        {
            text.GetSpan(1)[0] = Break;
            text.Advance(1);
        }

        return tag[at] == '>' ? tag[(at + 1)..] : Behind(tag[at..]);
    }

    /// <summary>What follows a tag, of which only quotes hide the end.</summary>
    static ReadOnlySpan<byte> Behind(ReadOnlySpan<byte> tag)
    {
        while (tag.IndexOfAny((byte)'>', (byte)'"', (byte)'\'') is var at and >= 0)
        {
            if (tag[at] == (byte)'>')
            {
                return tag[(at + 1)..];
            }

            tag = Behind(tag[(at + 1)..], tag.Slice(at, 1));
        }

        return default;
    }

    static ReadOnlySpan<byte> Behind(ReadOnlySpan<byte> text, ReadOnlySpan<byte> end) =>
        text.IndexOf(end) is var at and >= 0 ? text[(at + end.Length)..] : default;

    /// <summary>A name of up to eight bytes as a number.</summary>
    static ulong Packed(ReadOnlySpan<byte> name)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        bytes.Clear();
        name.CopyTo(bytes);
        return BitConverter.ToUInt64(bytes);
    }
}
