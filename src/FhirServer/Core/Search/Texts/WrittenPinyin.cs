namespace FhirHub.Core.Search;

/// <summary>
/// Names that are stored in pinyin, as passports have them, with tones or without: Zhang Li is found by <c>zhangli</c>
/// and <c>zl</c> like 张丽, and Lü Wei by <c>lvwei</c>.
/// </summary>
static class WrittenPinyin
{
    const int WordsMax = 4;
    const int WordLengthMax = 18;
    const int SyllableMax = 6;

    static readonly char[] Separators = [' ', '\u00A0', '\u3000', '-', '\'', '’', ',', '·'];

    /// <summary>The keys of a name written surname first; none where that, or a word, cannot be pinyin.</summary>
    internal static IReadOnlyList<string> KeysOf(string name)
    {
        var words = name.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is < 2 or > WordsMax)
            return [];
        var (full, initials) = ("", "");
        foreach (var word in words)
        {
            if (word.Length > WordLengthMax || Pinyin.QueryKey(word) is not { } key
                || (full.Length == 0 && !PinyinTable.Shared.IsSurname(key))
                || (InitialsOf(key, isParted: true) ?? InitialsOf(key, isParted: false)) is not { } letters)
                return [];
            (full, initials) = (full + key, initials + letters);
        }

        var plain = full.Replace('v', 'u');
        return plain == full ? [full, initials] : [full, plain, initials];
    }

    /// <summary>Those of its syllables, as long ones as it can be made of; null if there are none.</summary>
    /// <param name="key">A word.</param>
    /// <param name="isParted">Whether an apostrophe would stand before a vowel: nana is na na and not nan'a.</param>
    static string? InitialsOf(ReadOnlySpan<char> key, bool isParted)
    {
        if (key.IsEmpty)
            return "";
        for (var length = Math.Min(SyllableMax, key.Length); length > 0; length--)
        {
            if (PinyinTable.Shared.IsSyllable(key[..length])
                && !(isParted && length < key.Length && key[length] is 'a' or 'e' or 'o')
                && InitialsOf(key[length..], isParted) is { } rest)
                return key[0] + rest;
        }

        return null;
    }
}
