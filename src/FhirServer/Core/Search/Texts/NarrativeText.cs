using System.Buffers;
using FhirHub.Fhir.Xml;

namespace FhirHub.Core.Search;

/// <summary>The text of a narrative without its markup: https://hl7.org/fhir/R4/narrative.html</summary>
static class NarrativeText
{
    /// <summary>Elements inside a line; what all others hold does not read on into what stands beside them.</summary>
    static readonly ulong[] Inline =
    [
        .. "a abbr acronym b bdo big cite code dfn em i kbd q samp small span strong sub sup tt var"
            .Split(' ').Select(name => Packed(System.Text.Encoding.ASCII.GetBytes(name))),
    ];

    /// <summary>What parts the texts of two blocks; XML has no such character.</summary>
    internal const byte Break = 1;

    /// <summary>
    /// Adds the texts of all blocks in UTF-8, up to where the markup is not well-formed, which the parser has said
    /// already.
    /// </summary>
    internal static void Append(ReadOnlySpan<byte> xhtml, ArrayBufferWriter<byte> text)
    {
        var scratch = XmlScratch.Rent();
        var tokens = new XmlTokens(xhtml, 0, scratch, int.MaxValue);
        while (tokens.Read())
        {
            switch (tokens.Token)
            {
                case XmlToken.Text:
                    text.Advance(XmlText.DecodeAttribute(tokens.Content, text.GetSpan(tokens.Content.Length)));
                    break;
                case XmlToken.CData:
                    text.Write(tokens.Content);
                    break;
                case XmlToken.Start or XmlToken.End when !IsInline(tokens.LocalName):
                    text.GetSpan(1)[0] = Break;
                    text.Advance(1);
                    break;
            }
        }

        XmlScratch.Return(scratch);
    }

    static bool IsInline(ReadOnlySpan<byte> name) =>
        name.Length <= sizeof(ulong) && Inline.AsSpan().Contains(Packed(name));

    /// <summary>A name of up to eight bytes as a number.</summary>
    static ulong Packed(ReadOnlySpan<byte> name)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        bytes.Clear();
        name.CopyTo(bytes);
        return BitConverter.ToUInt64(bytes);
    }
}
