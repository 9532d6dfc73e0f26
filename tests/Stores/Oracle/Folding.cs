using System.Globalization;
using System.Text;

namespace FhirHub.Stores.Oracle;

/// <summary>
/// Text as a string search sees it, without case, accents, width, punctuation and the older forms of Chinese
/// characters. The tables hold what the data uses and are written by hand, so that they share no mistake with the
/// server's.
/// </summary>
static class Folding
{
    const string Accented = "àáâãäåèéêëìíîïòóôõöùúûüýÿñçşšžǔǚǜǘǖāēīōū";
    const string Plain = "aaaaaaeeeeiiiiooooouuuuyyncsszuuuuuaeiou";
    const string Traditional = "張劉陳國華藥學馬龍東";
    const string Simplified = "张刘陈国华药学马龙东";

    internal static string Fold(string text)
    {
        var folded = new StringBuilder();
        foreach (var lower in Letters(text))
        {
            if (char.IsWhiteSpace(lower))
            {
                if (folded.Length > 0 && folded[^1] != ' ')
                {
                    folded.Append(' ');
                }
            }
            else if (!char.IsPunctuation(lower))
            {
                folded.Append(lower);
            }
        }

        Close(folded);
        return folded.ToString().TrimEnd();
    }

    /// <summary>The same letter by letter, with all that stands between words.</summary>
    internal static string Letters(string text)
    {
        var letters = new StringBuilder();
        foreach (var letter in text)
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            var narrow = letter is >= '！' and <= '～' ? (char)(letter - 0xFEE0) : letter == '　' ? ' ' : letter;
            var lower = char.ToLowerInvariant(narrow);
            var (accent, old) = (Accented.IndexOf(lower), Traditional.IndexOf(lower));
            letters.Append(accent >= 0 ? Plain[accent] : old >= 0 ? Simplified[old] : lower);
        }

        Close(letters);
        return letters.ToString();
    }

    /// <summary>Chinese is written without spaces; one between two characters says nothing.</summary>
    static void Close(StringBuilder folded)
    {
        for (var i = folded.Length - 2; i > 0; i--)
        {
            if (folded[i] == ' ' && IsHan(folded[i - 1]) && IsHan(folded[i + 1]))
            {
                folded.Remove(i, 1);
            }
        }
    }

    static bool IsHan(char letter) => letter is >= '\u4E00' and <= '\u9FFF';
}
