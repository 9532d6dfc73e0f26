using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace FhirHub.Core.Search;

/// <summary>
/// The keys in Latin letters by which a Chinese name is found: <c>zhangli</c> and <c>zl</c> for 张丽. A query finds a
/// name if one of the name's keys begins with the query's key.
/// </summary>
public static class Pinyin
{
    const int CombinationsMax = 16;
    const int CharactersMax = 32;
    const int QueryMax = 128;
    const string ToneMarked = "āáǎàōóǒòēéěèêīíǐìūúǔùńňǹḿ";
    const string Diaeresis = "üǖǘǚǜÜǕǗǙǛ";
    const string Apostrophes = "ʼ`";
    const string Nv = "nyu";

    /// <summary>
    /// The keys of a whole name, written surname first: whole pinyin, then initials, each the likeliest first. None for
    /// a name without Chinese characters.
    /// </summary>
    public static IReadOnlyList<string> KeysOf(string name) => Keys(name, surnameFirst: true);

    /// <summary>The keys of a given name, or of anything else that begins with no surname.</summary>
    public static IReadOnlyList<string> KeysOfGiven(string given) => Keys(given, surnameFirst: false);

    /// <summary>The key a query text asks for, or null if the text cannot be pinyin.</summary>
    public static string? QueryKey(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > QueryMax)
            return null;
        var key = new StringBuilder(text.Length);
        var wordStart = 0;
        foreach (var c in text)
        {
            var plain = TextFolds.Shared.Plain(c);
            if (Diaeresis.Contains(c, StringComparison.Ordinal))
                key.Append('v');
            else if (plain is >= 'a' and <= 'z' && (IsBare(c) || ToneMarked.Contains(char.ToLowerInvariant(c))))
                key.Append(plain);
            else if (c == '\u0308' && key.Length > 0 && key[^1] == 'u')
                key[^1] = 'v';
            else if (IsBetweenSyllables(c))
                wordStart = key.Length;
            else if (c is not ('\u0300' or '\u0301' or '\u0304' or '\u030C'))
                return null;

            // Passports write nü so; within a word it is two syllables, as in Wanyu.
            if (key.Length == wordStart + Nv.Length && key.ToString(wordStart, Nv.Length) == Nv)
                key.Remove(wordStart + 1, 2).Append('v');
        }

        key.Replace("lyu", "lv");
        return key.Length == 0 ? null : key.ToString();
    }

    /// <summary>Spaces and punctuation mean nothing in a search, however a name is divided by them.</summary>
    static bool IsBetweenSyllables(char c) =>
        char.IsPunctuation(c) || char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format
            || Apostrophes.Contains(c, StringComparison.Ordinal);

    static bool IsBare(char c) => char.IsAsciiLetter(c) || c is >= 'Ａ' and <= 'Ｚ' or >= 'ａ' and <= 'ｚ';

    static IReadOnlyList<string> Keys(string name, bool surnameFirst)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!Han.IsIn(name))
            return [];
        var combinations = new List<Combination> { new("", "", 0) };
        var rest = name.AsSpan();
        if (surnameFirst)
            rest = TakeSurname(name, combinations);
        var count = 0;
        foreach (var character in rest.EnumerateRunes())
        {
            if (++count > CharactersMax)
                break;
            Extend(combinations, ReadingsOf(character));
        }

        if (combinations is [var (full, initials, _)] && initials.Length > 0)
            return full == initials ? [full] : [full, initials];
        return [.. combinations.Select(combination => combination.Full)
            .Concat(combinations.Select(combination => combination.Initials))
            .Where(key => key.Length > 0).Distinct()];
    }

    /// <summary>What follows the surname, if the name begins with one that is listed.</summary>
    static ReadOnlySpan<char> TakeSurname(ReadOnlySpan<char> name, List<Combination> combinations)
    {
        var start = name.Trim();
        Span<int> ends = [0, 0];
        var count = 0;
        foreach (var character in start.EnumerateRunes())
        {
            if (count == ends.Length || !IsHan(character))
                break;
            ends[count] = (count == 0 ? 0 : ends[count - 1]) + character.Utf16SequenceLength;
            count++;
        }

        for (; count > 0; count--)
        {
            var length = ends[count - 1];
            if (PinyinTable.Shared.OfSurname(SearchText.Fold(start[..length])) is not { } readings)
                continue;
            Extend(combinations, readings);
            return start[length..];
        }

        return start;
    }

    static ReadOnlySpan<PinyinReading> ReadingsOf(Rune character)
    {
        if (Han.Is(character.Value) && PinyinTable.Shared.Of(character) is { Length: > 0 } readings)
            return readings;
        var plain = SearchText.Fold(character.ToString());
        foreach (var first in plain.EnumerateRunes())
        {
            return Han.Is(first.Value) ? PinyinTable.Shared.Of(first)
                : Rune.IsLetter(first) ? new PinyinReading[] { new(plain, plain) }
                : [];
        }

        return [];
    }

    /// <summary>A Chinese character, or what folds to one, such as the radicals that PDF has in place of it.</summary>
    static bool IsHan(Rune character) =>
        Han.Is(character.Value)
            || (!character.IsAscii && Han.Starts(SearchText.Fold(character.ToString()).FirstOrDefault()));

    /// <summary>
    /// Adds a character to each combination. Unlikely readings add up, so the best of the longer combinations begin
    /// with the best of the shorter ones, and no more of these need to be kept.
    /// </summary>
    static void Extend(List<Combination> combinations, ReadOnlySpan<PinyinReading> readings)
    {
        if (readings.IsEmpty)
            return;
        if (readings.Length == 1)
        {
            foreach (ref var combination in CollectionsMarshal.AsSpan(combinations))
                combination = combination.With(readings[0], 0);
            return;
        }

        var longer = new List<Combination>(combinations.Count * readings.Length);
        foreach (var start in combinations)
        {
            for (var i = 0; i < readings.Length; i++)
                longer.Add(start.With(readings[i], i));
        }

        combinations.Clear();
        combinations.AddRange(longer.OrderBy(combination => combination.Unlikeliness).Take(CombinationsMax));
    }

    readonly record struct Combination(string Full, string Initials, int Unlikeliness)
    {
        internal Combination With(PinyinReading reading, int rank) =>
            new(Full + reading.Full, Initials + reading.Initials, Unlikeliness + rank);
    }
}
