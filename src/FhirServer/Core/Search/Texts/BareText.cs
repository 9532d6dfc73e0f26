using System.Buffers;
using System.Text;

namespace FhirHub.Core.Search;

/// <summary>
/// Folded texts without what a string search ignores: "Punctuation and non-significant whitespace should also be
/// ignored" (https://hl7.org/fhir/R4/search.html#string). Runs of spaces are one, those at the ends and between Chinese
/// characters are none.
/// </summary>
static class BareText
{
    static readonly SearchValues<byte> Ignored =
        SearchValues.Create("!\"#%&'()*,-./:;?@[\\]_{} \t\r\n\v\f"u8);

    /// <summary>Takes out what is ignored; how long the rest at the beginning is.</summary>
    internal static int Strip(Span<char> folded)
    {
        var length = 0;
        var hasGap = false;
        for (var i = 0; i < folded.Length; i++)
        {
            var c = folded[i];
            if (char.IsWhiteSpace(c))
            {
                hasGap = length > 0;
                continue;
            }

            var isPair = char.IsHighSurrogate(c) && i + 1 < folded.Length && char.IsLowSurrogate(folded[i + 1]);
            if (isPair ? IsPunctuation(char.ConvertToUtf32(c, folded[i + 1])) : char.IsPunctuation(c))
            {
                i += isPair ? 1 : 0;
                continue;
            }

            if (hasGap && !(Han.Starts(c) && Han.Ends(folded[..length])))
            {
                folded[length++] = ' ';
            }

            hasGap = false;
            folded[length++] = c;
            if (isPair)
            {
                folded[length++] = folded[++i];
            }
        }

        return length;
    }

    /// <summary>The same of a text in ASCII that is not folded yet.</summary>
    internal static byte[] Of(ReadOnlySpan<byte> ascii)
    {
        var bare = new byte[ascii.Length];
        if (!ascii.ContainsAny(Ignored))
        {
            Ascii.ToLower(ascii, bare, out _);
            return bare;
        }

        var length = 0;
        var hasGap = false;
        foreach (var c in ascii)
        {
            if (c is (byte)' ' or >= (byte)'\t' and <= (byte)'\r')
            {
                hasGap = length > 0;
            }
            else if (!Ignored.Contains(c))
            {
                if (hasGap)
                {
                    bare[length++] = (byte)' ';
                }

                hasGap = false;
                bare[length++] = c is >= (byte)'A' and <= (byte)'Z' ? (byte)(c | 0x20) : c;
            }
        }

        return length == bare.Length ? bare : bare[..length];
    }

    static bool IsPunctuation(int codePoint) => Rune.IsPunctuation(new Rune(codePoint));
}
