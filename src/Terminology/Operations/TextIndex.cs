using System.Text;
using FhirHub.Core.Search;

namespace FhirHub.Terminology.Operations;

/// <summary>
/// Finds codes by what a person types: every word must begin the code, begin a word of one of its names, or, in Latin
/// letters, be the pinyin of a part of one, whole or as initials. Words of Chinese are not set apart, so a word of it
/// may stand anywhere. Case, width, accents and traditional characters do not count.
/// </summary>
/// <remarks>
/// All texts stand in one array, so that a search is a few passes of the processor's own over memory.
/// </remarks>
sealed class TextIndex
{
    const char Between = '\n';
    const int WordsMax = 16;
    const int FewMax = 2_000; // below this, asking about each is quicker than another pass

    readonly string _texts;
    readonly int[] _starts;
    readonly int[] _codeLengths;
    readonly PinyinTexts _pinyin;

    /// <param name="codes">For each code the code itself and its names.</param>
    internal TextIndex(IEnumerable<(string Code, IEnumerable<string> Names)> codes)
    {
        var texts = new StringBuilder();
        var starts = new List<int>();
        var lengths = new List<int>();
        var pinyin = new PinyinTexts.Maker();
        foreach (var (code, names) in codes)
        {
            starts.Add(texts.Length);
            var folded = SearchText.Fold(code);
            lengths.Add(folded.Length);
            texts.Append(folded).Append(Between);
            foreach (var name in names.Distinct(StringComparer.Ordinal))
            {
                texts.Append(SearchText.Fold(name)).Append(Between);
                pinyin.Add(name);
            }

            pinyin.EndCode();
        }

        starts.Add(texts.Length);
        _texts = texts.ToString();
        _starts = [.. starts];
        _codeLengths = [.. lengths];
        _pinyin = pinyin.Make();
    }

    int Count => _codeLengths.Length;

    /// <summary>The places of the codes that every word finds, in their order.</summary>
    internal IReadOnlyList<int> Find(string text)
    {
        // Apart before they are folded: folding takes out spaces between Chinese characters.
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(SearchText.Fold)
            .Where(word => word.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(word => word.Length)
            .Take(WordsMax)
            .ToList();
        List<int>? found = null;
        foreach (var word in words)
        {
            found = found is { Count: <= FewMax }
                ? found.FindAll(place => IsIn(word, place))
                : found is null ? Pass(word)
                : Places.Both(found, Pass(word));
        }

        return found ?? (IReadOnlyList<int>)[.. Enumerable.Range(0, Count)];
    }

    /// <summary>One pass over everything.</summary>
    List<int> Pass(string word)
    {
        var found = new List<int>();
        var place = 0;
        for (var at = 0; (at = Next(word, at, _texts.Length)) >= 0;)
        {
            place = Places.Of(_starts, at, place);
            if (IsBeginning(word, at, place))
            {
                found.Add(place);
                at = _starts[++place];
            }
            else
            {
                at++;
            }
        }

        if (PinyinTexts.QueryOf(word) is not { } query)
        {
            return found;
        }

        return Places.Either(found, _pinyin.Pass(query));
    }

    bool IsIn(string word, int place)
    {
        for (var at = _starts[place]; (at = Next(word, at, _starts[place + 1])) >= 0; at++)
        {
            if (IsBeginning(word, at, place))
            {
                return true;
            }
        }

        return PinyinTexts.QueryOf(word) is { } query && _pinyin.IsIn(query, place);
    }

    bool IsBeginning(string word, int at, int place)
    {
        if (at <= _starts[place] + _codeLengths[place])
        {
            return at == _starts[place]; // a code is found by its beginning only
        }

        return !char.IsAsciiLetterOrDigit(word[0]) || !char.IsAsciiLetterOrDigit(_texts[at - 1]);
    }

    int Next(string word, int from, int end)
    {
        var at = _texts.AsSpan(from, end - from).IndexOf(word, StringComparison.Ordinal);
        return at < 0 ? -1 : from + at;
    }
}
