using System.Globalization;
using System.Text;

namespace FhirHub.Core.Search;

/// <summary>
/// A text as the words of a full-text index: https://hl7.org/fhir/R4/search.html#content. Chinese has no spaces, so a
/// run of it becomes all pairs of neighbours and the last character alone; everything else is words as written.
/// </summary>
/// <remarks>
/// Made for a table of SQLite's FTS5 with <c>tokenize = 'ascii'</c>, which takes every character beyond ASCII for a
/// part of a word and needs no table of Unicode. Punctuation is no part of it.
/// </remarks>
public static class Words
{
    /// <summary>The tokens of a text that is not folded yet.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = new StringBuilder(text.Length * 2);
        Append(tokens, SearchText.Fold(text), isQuery: false);
        return tokens.ToString();
    }

    /// <summary>The text of a query without what follows its last word, which would close a run of Chinese.</summary>
    internal static string Trim(string folded)
    {
        var end = folded.Length;
        while (end > 0 && !char.IsSurrogate(folded[end - 1]) && KindOf(new Rune(folded[end - 1])) == Kind.Other)
            end--;
        return folded[..end];
    }

    /// <summary>
    /// Adds the tokens of a folded text. Those of a query leave open what may follow its last Chinese character; true
    /// says that it was alone, so the last token is but the beginning of one.
    /// </summary>
    internal static bool Append(StringBuilder tokens, string folded, bool isQuery)
    {
        var start = tokens.Length;
        var before = default(Rune);
        var kind = Kind.Other;
        var run = 0;
        foreach (var rune in folded.EnumerateRunes())
        {
            var next = KindOf(rune);
            if (next != kind && kind == Kind.Han)
                Space(tokens, start).AppendRune(before);
            run = next == kind ? run + 1 : 1;
            if (next == Kind.Letter)
                (run == 1 ? Space(tokens, start) : tokens).AppendRune(rune);
            else if (next == Kind.Han && run > 1)
                Space(tokens, start).AppendRune(before).AppendRune(rune);
            (before, kind) = (rune, next);
        }

        if (kind != Kind.Han || (isQuery && run > 1))
            return false;
        Space(tokens, start).AppendRune(before);
        return true;
    }

    static StringBuilder AppendRune(this StringBuilder tokens, Rune rune)
    {
        Span<char> chars = stackalloc char[2];
        return tokens.Append(chars[..rune.EncodeToUtf16(chars)]);
    }

    static StringBuilder Space(StringBuilder tokens, int start) =>
        tokens.Length == start ? tokens : tokens.Append(' ');

    static Kind KindOf(Rune rune) =>
        Han.Is(rune.Value) ? Kind.Han
        : Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpacingCombiningMark
            ? Kind.Letter
        : Kind.Other;

    enum Kind
    {
        Other,
        Letter,
        Han,
    }
}
