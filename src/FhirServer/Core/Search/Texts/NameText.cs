using System.Globalization;

namespace FhirHub.Core.Search;

/// <summary>What a HumanName is found by beyond its parts: https://hl7.org/fhir/R4/search.html#string</summary>
public static class NameText
{
    const int PartsMax = 8;

    /// <summary>
    /// The folded texts, without punctuation, beyond family, given and text: 张 and 丽 are also 张丽, Wang and Li also
    /// wang li and li wang. A Chinese name is not turned round: 丽张 would be another person. A given name in several
    /// pieces is one, too: 小 and 丽 are 小丽.
    /// </summary>
    public static IReadOnlyList<string> Of(string? family, IReadOnlyList<string> givens, string? text)
    {
        ArgumentNullException.ThrowIfNull(givens);
        if (string.IsNullOrEmpty(family) || givens.Count == 0)
            return [];

        // Between Chinese characters folding drops the spaces.
        var given = string.Join(' ', givens);
        var whole = SearchText.Bare($"{family} {given}");
        var found = new List<string>(3) { whole };
        if (whole.Contains(' ', StringComparison.Ordinal))
        {
            found.Add(SearchText.Bare($"{given} {family}"));
            if (givens.Count > 1)
                found.Add(SearchText.Bare($"{givens[0]} {family}"));
        }
        else if (givens.Count > 1)
        {
            found.Add(SearchText.Bare(given));
        }

        var known = text is null ? "" : SearchText.Bare(text);
        found.RemoveAll(other => known.StartsWith(other, StringComparison.Ordinal));
        return found.Count > 1 ? [.. found.Distinct()] : found;
    }

    /// <summary>
    /// What begins at each word of a family name but the first, folded: "servers should search the parts of a family
    /// name independently", so that Quinones finds Carreno Quinones.
    /// </summary>
    public static IReadOnlyList<string> PartsOf(string family)
    {
        ArgumentNullException.ThrowIfNull(family);
        if (!family.Any(IsBetween))
            return [];

        var folded = SearchText.Fold(family);
        var parts = new List<string>();
        for (var i = 1; i < folded.Length && parts.Count < PartsMax; i++)
        {
            var isStart = IsBetween(folded[i - 1]) && !IsBetween(folded[i]);
            if (isStart && SearchText.Bare(folded[i..]) is { Length: > 0 } part)
                parts.Add(part);
        }

        return parts;
    }

    static bool IsBetween(char c) =>
        char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.DashPunctuation;

    /// <summary>
    /// The keys in pinyin of the whole name, as its parts and as its text write it; of one without Chinese characters
    /// those of the pinyin that it may be itself.
    /// </summary>
    public static IReadOnlyList<string> PinyinOf(string? family, IReadOnlyList<string> givens, string? text)
    {
        ArgumentNullException.ThrowIfNull(givens);
        var whole = string.IsNullOrEmpty(family)
            ? Pinyin.KeysOfGiven(string.Concat(givens))
            : Pinyin.KeysOf(family + string.Concat(givens));
        if (string.IsNullOrEmpty(text) || !Han.IsIn(text))
        {
            return whole.Count > 0 ? whole
                : WrittenPinyin.KeysOf(string.IsNullOrEmpty(family) || givens.Count == 0
                    ? text ?? ""
                    : $"{family} {string.Join(' ', givens)}");
        }

        var written = Pinyin.KeysOf(text);
        return whole.Count == 0 || whole.SequenceEqual(written) ? written : [.. whole.Union(written)];
    }
}
