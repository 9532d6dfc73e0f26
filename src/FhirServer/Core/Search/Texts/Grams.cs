using System.Text;

namespace FhirHub.Core.Search;

/// <summary>
/// A folded text as pairs of neighbouring characters, so that a full-text index finds any part of it:
/// https://hl7.org/fhir/R4/search.html#string (<c>:contains</c>)
/// </summary>
/// <remarks>
/// Made for a table of SQLite's FTS5 with <c>tokenize = 'ascii'</c>, which takes every character beyond ASCII for a
/// part of a word and needs no table of Unicode. In ASCII only letters and digits are that, so the others are shifted
/// into the private use area.
/// </remarks>
public static class Grams
{
    const char PrivateUse = '\uE000';

    /// <summary>The tokens of a text: all pairs, then the last character alone.</summary>
    public static string Of(string folded)
    {
        ArgumentNullException.ThrowIfNull(folded);
        var tokens = new StringBuilder(folded.Length * 3);
        Append(tokens, folded, last: true);
        return tokens.ToString();
    }

    /// <summary>The MATCH expression for the texts that contain this one, or null for an empty text: all do.</summary>
    public static string? Query(string folded)
    {
        ArgumentNullException.ThrowIfNull(folded);
        if (folded.Length == 0)
            return null;
        var tokens = new StringBuilder(folded.Length * 3).Append('"');
        var isOne = folded.Length == 1 || (folded.Length == 2 && char.IsSurrogatePair(folded[0], folded[1]));
        Append(tokens, folded, last: isOne);
        return tokens.Append(isOne ? "\"*" : "\"").ToString();
    }

    /// <summary>Adds a character without making a text of it.</summary>
    internal static StringBuilder AppendRune(this StringBuilder tokens, Rune rune)
    {
        Span<char> chars = stackalloc char[2];
        return tokens.Append(chars[..rune.EncodeToUtf16(chars)]);
    }

    static void Append(StringBuilder tokens, string folded, bool last)
    {
        var before = default(Rune);
        var count = 0;
        foreach (var rune in folded.EnumerateRunes())
        {
            var encoded = rune.IsAscii && !Rune.IsLetterOrDigit(rune) ? new Rune(PrivateUse + rune.Value) : rune;
            if (count > 0)
                AppendSpace(tokens, count == 1).AppendRune(before).AppendRune(encoded);
            before = encoded;
            count++;
        }

        if (last && count > 0)
            AppendSpace(tokens, count == 1).AppendRune(before);
    }

    static StringBuilder AppendSpace(StringBuilder tokens, bool isFirst) => isFirst ? tokens : tokens.Append(' ');
}
