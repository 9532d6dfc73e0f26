using System.Buffers;
using System.Text;

namespace FhirHub.Core.Search;

/// <summary>How characters and surnames are read, from the embedded pinyin.tsv and surnames.tsv.</summary>
sealed class PinyinTable
{
    const char BetweenSyllables = '\'';

    // Nearly all Chinese that is written lies between these two.
    const int First = 0x3400;
    const int Last = 0x9FFF;

    static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouv");

    readonly PinyinReading[]?[] _characters = new PinyinReading[]?[Last - First + 1];
    readonly Dictionary<int, PinyinReading[]> _rare = [];
    readonly Dictionary<string, PinyinReading[]> _surnames = new(StringComparer.Ordinal);
    readonly HashSet<string> _syllables = new(StringComparer.Ordinal);
    readonly HashSet<string> _spokenSurnames = new(StringComparer.Ordinal);

    PinyinTable()
    {
        foreach (var row in TextTable.Rows("pinyin.tsv"))
        {
            var readings = Readings(row[0]);
            foreach (var (full, _) in readings)
            {
                // Some sigh without a vowel.
                if (full.AsSpan().ContainsAny(Vowels))
                    _syllables.Add(full);
            }

            foreach (var character in row[1].EnumerateRunes())
            {
                if (character.Value is >= First and <= Last)
                    _characters[character.Value - First] = readings;
                else
                    _rare[character.Value] = readings;
            }
        }

        // 1. The surname's own readings come first.
        foreach (var row in TextTable.Rows("surnames.tsv"))
            _surnames[SearchText.Fold(row[0])] = Readings(row[1]);

        // 2. Then a double surname as a single one, for 单于丽 may be of the family 单; then the characters as they are
        // mostly read, since who types may not know better.
        foreach (var (surname, readings) in _surnames.ToArray())
        {
            string[] common = [.. surname.EnumerateRunes().Select(character => Of(character)[0].Full)];
            var single = common.Length > 1 && OfSurname(surname.AsSpan(0, 1)) is { } family
                ? Readings(string.Join(BetweenSyllables, [family[0].Full, .. common[1..]]))
                : [];
            _surnames[surname] = [.. readings.Union(single).Union(Readings(string.Join(BetweenSyllables, common)))];
            _spokenSurnames.UnionWith(readings.Select(reading => reading.Full));
        }
    }

    internal static PinyinTable Shared { get; } = new();

    internal IReadOnlyCollection<string> Surnames => _surnames.Keys;

    /// <summary>The readings of a Chinese character, at least one unless no source knows it.</summary>
    internal PinyinReading[] Of(Rune character) =>
        (character.Value is >= First and <= Last
            ? _characters[character.Value - First]
            : _rare.GetValueOrDefault(character.Value)) ?? [];

    /// <summary>The readings of a folded surname, or null if none is listed.</summary>
    internal PinyinReading[]? OfSurname(ReadOnlySpan<char> surname) =>
        _surnames.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(surname, out var readings) ? readings : null;

    internal bool IsSyllable(ReadOnlySpan<char> letters) =>
        _syllables.GetAlternateLookup<ReadOnlySpan<char>>().Contains(letters);

    /// <summary>Whether a surname is read so.</summary>
    internal bool IsSurname(string key) => _spokenSurnames.Contains(key);

    static PinyinReading[] Readings(string list) =>
        [.. list.Split(' ').SelectMany(Spellings).Select(Reading).Distinct()];

    /// <summary>Keyboards write the u with a diaeresis as v; people write it as u.</summary>
    static IEnumerable<string> Spellings(string reading) =>
        reading.Contains('v', StringComparison.Ordinal) ? [reading, reading.Replace('v', 'u')] : [reading];

    static PinyinReading Reading(string spelling)
    {
        var syllables = spelling.Split(BetweenSyllables);
        return new(string.Concat(syllables), string.Concat(syllables.Select(syllable => syllable[0])));
    }
}
