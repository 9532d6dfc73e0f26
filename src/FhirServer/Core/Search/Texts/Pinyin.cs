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
    const string BetweenSyllables = " '’‘ʼ＇`-·\u3000";

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
        foreach (var c in text)
        {
            var plain = TextFolds.Shared.Plain(c);
            if (Diaeresis.Contains(c, StringComparison.Ordinal))
                key.Append('v');
            else if (plain is >= 'a' and <= 'z' && (IsBare(c) || ToneMarked.Contains(char.ToLowerInvariant(c))))
                key.Append(plain);
            else if (c == '\u0308' && key.Length > 0 && key[^1] == 'u')
                key[^1] = 'v';
            else if (c is not ('\u0300' or '\u0301' or '\u0304' or '\u030C') && !BetweenSyllables.Contains(c))
                return null;
        }

        // Passports write lü and nü so; within a word nyu is two syllables, as in Wanyu.
        key.Replace("lyu", "lv");
        if (key.Length > 2 && key[0] == 'n' && key[1] == 'y' && key[2] == 'u')
            key.Remove(1, 2).Insert(1, 'v');
        return key.Length == 0 ? null : key.ToString();
    }

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
            if (count == ends.Length || !Han.Is(character.Value))
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
        if (Han.Is(character.Value))
        {
            var readings = PinyinTable.Shared.Of(character);
            if (readings.Length > 0)
                return readings;
            foreach (var plain in SearchText.Fold(character.ToString()).EnumerateRunes())
                return PinyinTable.Shared.Of(plain);
            return [];
        }

        if (!Rune.IsLetter(character))
            return [];
        var letter = SearchText.Fold(character.ToString());
        return new PinyinReading[] { new(letter, letter) };
    }

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
