using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace FhirHub.Fhir.Xml;

/// <summary>
/// The character level of XML: which characters there are, and what references and white space stand for.
/// </summary>
static class XmlText
{
    static readonly SearchValues<byte> Controls = SearchValues.Create(
        Enumerable.Range(0, 0x20).Where(c => c is not ('\t' or '\n' or '\r')).Select(c => (byte)c).ToArray());

    /// <summary>
    /// The offset of the first byte that no XML document may hold, or -1. Swept once in advance, with vectors, so that
    /// the tokenizer need not look at every character.
    /// </summary>
    internal static int FindForbidden(ReadOnlySpan<byte> utf8)
    {
        var control = utf8.IndexOfAny(Controls);
        var nonCharacter = FindNonCharacter(utf8);
        if (!Utf8.IsValid(utf8))
        {
            var broken = 0;
            while (Rune.DecodeFromUtf8(utf8[broken..], out _, out var length) == OperationStatus.Done)
            {
                broken += length;
            }

            return (int)Math.Min((uint)broken, Math.Min((uint)control, (uint)nonCharacter));
        }

        return (int)Math.Min((uint)control, (uint)nonCharacter);
    }

    /// <summary>
    /// The offset of the first U+FFFE or U+FFFF, which JSON may hold and XML may not; -1 when there is none.
    /// </summary>
    internal static int FindNonCharacter(ReadOnlySpan<byte> utf8)
    {
        var at = 0;
        while (true)
        {
            var found = utf8[at..].IndexOf((ReadOnlySpan<byte>)[0xEF, 0xBF]);
            if (found < 0)
            {
                return -1;
            }

            at += found;
            if (at + 2 < utf8.Length && utf8[at + 2] is 0xBE or 0xBF)
            {
                return at;
            }

            at += 2;
        }
    }

    internal static bool IsSpace(byte c) => c is (byte)' ' or (byte)'\n' or (byte)'\t' or (byte)'\r';

    internal static bool IsBlank(ReadOnlySpan<byte> text) => text.IndexOfAnyExcept(" \n\t\r"u8) < 0;

    /// <summary>
    /// Reads a reference at the ampersand the text begins with: the character it stands for and its length in bytes.
    /// The character is -1 when it is no reference at all, and -2 when it is an entity XML does not define.
    /// </summary>
    internal static int ReadReference(ReadOnlySpan<byte> text, out int length)
    {
        // No valid reference is longer, except by leading zeros, and those have no honest use.
        var end = text[..Math.Min(text.Length, 16)].IndexOf((byte)';');
        length = end + 1;
        if (end < 2)
        {
            return -1;
        }

        var body = text[1..end];
        if (body[0] != '#')
        {
            return body switch
            {
                [(byte)'l', (byte)'t'] => '<',
                [(byte)'g', (byte)'t'] => '>',
                [(byte)'a', (byte)'m', (byte)'p'] => '&',
                [(byte)'q', (byte)'u', (byte)'o', (byte)'t'] => '"',
                [(byte)'a', (byte)'p', (byte)'o', (byte)'s'] => '\'',
                _ => XmlNames.Length(body) == body.Length ? -2 : -1,
            };
        }

        var hex = body.Length > 1 && body[1] == 'x';
        var digits = body[(hex ? 2 : 1)..];
        var style = hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        var isNumber = int.TryParse(digits, style, CultureInfo.InvariantCulture, out var value);
        return isNumber && IsCharacter(value) ? value : -1;
    }

    /// <summary>
    /// Writes the value of an attribute as an XML processor reports it: references replaced, each line end, tab and
    /// line feed a space (https://www.w3.org/TR/xml/#AVNormalize). Never longer than the raw text, which is
    /// well-formed.
    /// </summary>
    internal static int DecodeAttribute(ReadOnlySpan<byte> raw, Span<byte> destination)
    {
        var written = 0;
        while (true)
        {
            var plain = raw.IndexOfAny("&\t\n\r"u8);
            if (plain < 0)
            {
                raw.CopyTo(destination[written..]);
                return written + raw.Length;
            }

            raw[..plain].CopyTo(destination[written..]);
            written += plain;
            raw = raw[plain..];
            var length = 1;
            if (raw[0] == '&')
            {
                written += new Rune(ReadReference(raw, out length)).EncodeToUtf8(destination[written..]);
            }
            else
            {
                destination[written++] = (byte)' ';
                length = raw is [(byte)'\r', (byte)'\n', ..] ? 2 : 1;
            }

            raw = raw[length..];
        }
    }

    // https://www.w3.org/TR/xml/#NT-Char
    static bool IsCharacter(int value) =>
        value is '\t' or '\n' or '\r'
            or (>= 0x20 and < 0xD800) or (> 0xDFFF and < 0xFFFE) or (> 0xFFFF and <= 0x10FFFF);
}
