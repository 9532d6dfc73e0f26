using System.Text;
using FhirHub.Fhir.Xml;

namespace FhirHub.Core.Search;

/// <summary>The text of a narrative without its markup: https://hl7.org/fhir/R4/narrative.html</summary>
static class NarrativeText
{
    /// <summary>Elements inside a line; what all others hold does not read on into what stands beside them.</summary>
    static readonly HashSet<string> Inline = new(
        [
            "a", "abbr", "acronym", "b", "bdo", "big", "cite", "code", "dfn", "em", "i", "kbd", "q", "samp", "small",
            "span", "strong", "sub", "sup", "tt", "var",
        ],
        StringComparer.Ordinal);

    /// <summary>What parts the texts of two blocks; XML has no such character.</summary>
    internal const char Break = '\u0001';

    /// <summary>
    /// The texts of all blocks, up to where the markup is not well-formed, which the parser has said already.
    /// </summary>
    internal static string Of(ReadOnlySpan<byte> xhtml)
    {
        var text = new StringBuilder(xhtml.Length);
        var scratch = XmlScratch.Rent();
        var tokens = new XmlTokens(xhtml, 0, scratch, int.MaxValue);
        while (tokens.Read())
        {
            switch (tokens.Token)
            {
                case XmlToken.Text:
                    var decoded = new byte[tokens.Content.Length];
                    text.Append(Encoding.UTF8.GetString(decoded.AsSpan(
                        0, XmlText.DecodeAttribute(tokens.Content, decoded))));
                    break;
                case XmlToken.CData:
                    text.Append(Encoding.UTF8.GetString(tokens.Content));
                    break;
                case XmlToken.Start or XmlToken.End
                    when !Inline.Contains(Encoding.UTF8.GetString(tokens.LocalName)):
                    text.Append(Break);
                    break;
            }
        }

        XmlScratch.Return(scratch);
        return text.ToString();
    }
}
