using System.Globalization;
using System.Text;

namespace FhirHub.Core.Search;

/// <summary>What each character is folded to, from the embedded text-folds.tsv and the runtime's tables.</summary>
sealed class TextFolds
{
    /// <summary>Stands for a character that folds to nothing; it is none itself.</summary>
    internal const char Nothing = '\uFFFE';

    /// <summary>Stands for a character that folds to several; it is none itself.</summary>
    internal const char Several = '\uFFFF';

    /// <summary>Parts the names of many minorities, and comes from every keyboard in another shape.</summary>
    internal const char Dot = '·';

    const string Dots = "•‧∙⋅・･․‣●⸱⸳ꞏᐧ᛫˙∘◦▪⚫⦁ㆍᆞ\u0387";

    // Letters by their category that nobody can see: fillers of Hangul, and of forms with a fixed width.
    const string Fillers = "\u115F\u1160\u3164\uFFA0";

    readonly char[] _plain = new char[char.MaxValue + 1];
    readonly Dictionary<int, string> _texts = [];

    TextFolds(IEnumerable<string[]> rows)
    {
        // 1. What the runtime knows: case, marks, spaces.
        for (var c = 0; c <= char.MaxValue; c++)
        {
            _plain[c] = CharUnicodeInfo.GetUnicodeCategory((char)c) switch
            {
                UnicodeCategory.NonSpacingMark or UnicodeCategory.Format => Nothing,
                UnicodeCategory.SpaceSeparator => ' ',
                _ => char.ToLowerInvariant((char)c),
            };
        }

        // 2. What the table knows.
        foreach (var row in rows)
        {
            foreach (var source in row[1].EnumerateRunes())
                Set(source.Value, row[0]);
        }

        foreach (var dot in Dots)
            _plain[dot] = Dot;
        foreach (var filler in Fillers)
            _plain[filler] = Nothing;

        // 3. A capital goes where its small letter goes, unless the table said more.
        for (var c = 0; c <= char.MaxValue; c++)
        {
            var small = char.ToLowerInvariant((char)c);
            if (small == c || _plain[c] != small)
                continue;
            _plain[c] = _plain[small];
            if (_plain[c] == Several)
                _texts[c] = _texts[small];
        }
    }

    internal static TextFolds Shared { get; } = new(TextTable.Rows("text-folds.tsv"));

    /// <summary>One character, <see cref="Nothing"/>, or <see cref="Several"/>.</summary>
    internal char Plain(char c) => _plain[c];

    /// <summary>What folds to several, or is beyond the sixteen bits; null is the character itself.</summary>
    internal string? Text(int codePoint) => _texts.GetValueOrDefault(codePoint);

    /// <summary>The selectors of Chinese glyphs, and other marks beyond the sixteen bits.</summary>
    internal static bool IsMark(int codePoint) =>
        Rune.GetUnicodeCategory(new Rune(codePoint)) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format;

    void Set(int source, string target)
    {
        if (source <= char.MaxValue && target.Length == 1)
        {
            _plain[source] = target[0];
            return;
        }

        _texts[source] = target;
        if (source <= char.MaxValue)
            _plain[source] = Several;
    }
}
