using System.Text;

namespace FhirHub.Core.Search;

/// <summary>How characters and surnames are read, from the embedded pinyin.tsv and surnames.tsv.</summary>
sealed class PinyinTable
{
    const char BetweenSyllables = '\'';

    readonly Dictionary<int, PinyinReading[]> _characters = [];
    readonly Dictionary<string, PinyinReading[]> _surnames = new(StringComparer.Ordinal);

    PinyinTable()
    {
        foreach (var row in TextTable.Rows("pinyin.tsv"))
        {
            var readings = Readings(row[0]);
            foreach (var character in row[1].EnumerateRunes())
                _characters[character.Value] = readings;
        }

        // 1. The surname's own readings come first.
        foreach (var row in TextTable.Rows("surnames.tsv"))
            _surnames[SearchText.Fold(row[0])] = Readings(row[1]);

        // 2. Then the characters as they are mostly read, since who types may not know better.
        foreach (var (surname, readings) in _surnames.ToArray())
        {
            var syllables = surname.EnumerateRunes().Select(character => Of(character)[0].Full);
            _surnames[surname] = [.. readings.Union(Readings(string.Join(BetweenSyllables, syllables)))];
        }
    }

    internal static PinyinTable Shared { get; } = new();

    internal IReadOnlyCollection<string> Surnames => _surnames.Keys;

    /// <summary>The readings of a Chinese character, at least one unless no source knows it.</summary>
    internal PinyinReading[] Of(Rune character) => _characters.GetValueOrDefault(character.Value) ?? [];

    /// <summary>The readings of a folded surname, or null if none is listed.</summary>
    internal PinyinReading[]? OfSurname(ReadOnlySpan<char> surname) =>
        _surnames.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(surname, out var readings) ? readings : null;

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
