using System.Collections;
using System.Text;
using FhirHub.Core.Search;

namespace FhirHub.Terminology.Operations;

/// <summary>
/// How the Chinese names of codes are spelt in Latin letters: all syllables one after the other, with marks where one
/// begins, and all initials. What is asked for must begin where a syllable does: <c>zhiqiguan</c> and <c>zqg</c> find
/// 急性支气管炎, <c>hiqi</c> does not.
/// </summary>
sealed class PinyinTexts
{
    const byte Between = (byte)'\n';

    readonly byte[] _syllables;
    readonly BitArray _beginnings;
    readonly int[] _syllableStarts;
    readonly byte[] _initials;
    readonly int[] _initialStarts;

    PinyinTexts(Maker maker)
    {
        _syllables = [.. maker.Syllables];
        _beginnings = new BitArray([.. maker.Beginnings]);
        _syllableStarts = [.. maker.SyllableStarts];
        _initials = [.. maker.Initials];
        _initialStarts = [.. maker.InitialStarts];
    }

    /// <summary>A word as pinyin; null when it cannot be any.</summary>
    internal static byte[]? QueryOf(string word) =>
        word.Length > 1 && Pinyin.QueryKey(word) is { } key ? Encoding.ASCII.GetBytes(key) : null;

    /// <summary>The places of all codes that sound so.</summary>
    internal List<int> Pass(byte[] query) => Places.Either(
        Pass(query, _syllables, _syllableStarts, _beginnings), Pass(query, _initials, _initialStarts, null));

    internal bool IsIn(byte[] query, int place)
    {
        var initials = _initials.AsSpan(_initialStarts[place].._initialStarts[place + 1]);
        if (initials.IndexOf(query) >= 0)
        {
            return true;
        }

        var end = _syllableStarts[place + 1];
        for (var at = _syllableStarts[place]; (at = Next(_syllables, query, at, end)) >= 0; at++)
        {
            if (_beginnings[at])
            {
                return true;
            }
        }

        return false;
    }

    static List<int> Pass(byte[] query, byte[] texts, int[] starts, BitArray? beginnings)
    {
        var found = new List<int>();
        var place = 0;
        for (var at = 0; (at = Next(texts, query, at, texts.Length)) >= 0;)
        {
            if (beginnings is not null && !beginnings[at])
            {
                at++;
                continue;
            }

            place = Places.Of(starts, at, place);
            found.Add(place);
            at = starts[++place];
        }

        return found;
    }

    static int Next(byte[] texts, byte[] query, int from, int end)
    {
        var at = texts.AsSpan(from, end - from).IndexOf(query);
        return at < 0 ? -1 : from + at;
    }

    /// <summary>Takes the names one by one.</summary>
    internal sealed class Maker
    {
        const int CharactersMax = 64;
        const int AcronymMax = 4;
        const int SpellingsMax = 4; // of a name whose characters have several readings

        readonly Dictionary<Rune, string[]> _readings = [];

        internal List<byte> Syllables { get; } = [];

        internal List<bool> Beginnings { get; } = [];

        internal List<int> SyllableStarts { get; } = [0];

        internal List<byte> Initials { get; } = [];

        internal List<int> InitialStarts { get; } = [0];

        internal void Add(string name)
        {
            // The likeliest spellings first, so that cutting leaves out the others.
            List<Spelling> spellings = [new([], 0)];
            var hasChinese = false;
            foreach (var readings in Readings(name).Take(CharactersMax))
            {
                hasChinese |= !readings.IsLatin;
                spellings =
                [
                    .. spellings
                        .SelectMany(
                            _ => readings.Syllables.Index(),
                            (start, next) => new Spelling(
                                [.. start.Syllables, next.Item], start.Unlikeliness + next.Index))
                        .OrderBy(spelling => spelling.Unlikeliness)
                        .Take(SpellingsMax),
                ];
            }

            if (hasChinese)
            {
                spellings.ForEach(spelling => Add(spelling.Syllables));
            }
        }

        internal void EndCode()
        {
            SyllableStarts.Add(Syllables.Count);
            InitialStarts.Add(Initials.Count);
        }

        internal PinyinTexts Make() => new(this);

        void Add(IReadOnlyList<string> syllables)
        {
            foreach (var syllable in syllables)
            {
                Initials.Add((byte)syllable[0]);
                for (var i = 0; i < syllable.Length; i++)
                {
                    Syllables.Add((byte)syllable[i]);
                    Beginnings.Add(i == 0);
                }
            }

            Initials.Add(Between);
            Syllables.Add(Between);
            Beginnings.Add(false);
        }

        /// <summary>What each character can stand for; letters stand for themselves, an acronym one by one.</summary>
        IEnumerable<(IReadOnlyList<string> Syllables, bool IsLatin)> Readings(string name)
        {
            for (var at = 0; at < name.Length;)
            {
                var end = at;
                while (end < name.Length && char.IsAsciiLetter(name[end]))
                {
                    end++;
                }

                if (end > at)
                {
                    var word = name[at..end];
                    at = end;
                    var isAcronym = word.Length <= AcronymMax && word.All(char.IsAsciiLetterUpper);
#pragma warning disable CA1308 // What is typed is compared in lower case
                    var lower = word.ToLowerInvariant();
#pragma warning restore CA1308
                    foreach (var syllable in isAcronym ? lower.Select(letter => letter.ToString()) : [lower])
                    {
                        yield return ([syllable], true);
                    }

                    continue;
                }

                Rune.DecodeFromUtf16(name.AsSpan(at), out var rune, out var length);
                at += length;
                if (ReadingsOf(rune) is { Length: > 0 } readings)
                {
                    yield return (readings, false);
                }
            }
        }

        string[] ReadingsOf(Rune rune)
        {
            if (rune.IsAscii)
            {
                return [];
            }

            if (!_readings.TryGetValue(rune, out var readings))
            {
                // Whole syllables come with their initials, which are the shorter ones.
                var keys = Pinyin.KeysOfGiven(rune.ToString()).Where(key => Ascii.IsValid(key)).ToList();
                var whole = keys.Where(key => key.Length > 1).ToArray();
                _readings.Add(rune, readings = whole.Length > 0 ? whole : [.. keys]);
            }

            return readings;
        }

        sealed record Spelling(IReadOnlyList<string> Syllables, int Unlikeliness);
    }
}
