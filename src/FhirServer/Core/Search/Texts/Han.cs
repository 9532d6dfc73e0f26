namespace FhirHub.Core.Search;

/// <summary>Which characters are Chinese ones, written without spaces between the words.</summary>
static class Han
{
    /// <summary>A character, or the first half of one from the planes that hold nothing else.</summary>
    internal static bool Starts(char c) =>
        c is >= '\u4E00' and <= '\u9FFF'
            or >= '\u3400' and <= '\u4DBF'
            or >= '\uF900' and <= '\uFAFF'
            or '\u3005' or '\u3007'
            or >= '\uD840' and <= '\uD8BF';

    internal static bool Is(int codePoint) =>
        codePoint is >= 0x20000 and <= 0x3FFFF || (codePoint <= char.MaxValue && Starts((char)codePoint));

    internal static bool Ends(ReadOnlySpan<char> text) =>
        text.Length > 0 && (char.IsLowSurrogate(text[^1]) ? text.Length > 1 && Starts(text[^2]) : Starts(text[^1]));

    internal static bool IsIn(string? text)
    {
        foreach (var c in text.AsSpan())
        {
            // Radicals fold to characters.
            if (Starts(c) || c is >= '\u2E80' and <= '\u2FDF')
                return true;
        }

        return false;
    }
}
