using FhirHub.Core.Terminology;

namespace FhirHub.Terminology.Operations;

/// <summary>
/// The text a person types to find a code: every word of it must begin a word of the display, or begin the code. Words
/// of Chinese are not set apart, so a word that is not of Latin letters may stand anywhere.
/// </summary>
sealed class TextFilter
{
    readonly string[] _words;

    internal TextFilter(string text) => _words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    internal bool Passes(CodeEntry code)
    {
        foreach (var word in _words)
        {
            if (!code.Code.StartsWith(word, StringComparison.OrdinalIgnoreCase)
                && (code.Display is null || !Holds(code.Display, word)))
            {
                return false;
            }
        }

        return true;
    }

    static bool Holds(string display, string word)
    {
        var at = display.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        while (at >= 0 && char.IsAscii(word[0]) && at > 0 && char.IsAsciiLetterOrDigit(display[at - 1]))
        {
            at = display.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase);
        }

        return at >= 0;
    }
}
