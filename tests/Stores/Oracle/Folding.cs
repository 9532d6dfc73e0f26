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
        foreach (var letter in text)
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            var narrow = letter is >= '！' and <= '～' ? (char)(letter - 0xFEE0) : letter == '　' ? ' ' : letter;
            var lower = char.ToLowerInvariant(narrow);
            var (accent, old) = (Accented.IndexOf(lower), Traditional.IndexOf(lower));
            lower = accent >= 0 ? Plain[accent] : old >= 0 ? Simplified[old] : lower;
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

        for (var i = folded.Length - 2; i > 0; i--)
        {
            // Chinese is written without spaces; one between two characters says nothing.
            if (folded[i] == ' ' && IsHan(folded[i - 1]) && IsHan(folded[i + 1]))
            {
                folded.Remove(i, 1);
            }
        }

        return folded.ToString().TrimEnd();
    }

    static bool IsHan(char letter) => letter is >= '\u4E00' and <= '\u9FFF';
}
