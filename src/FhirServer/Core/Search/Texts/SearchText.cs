using System.Buffers;
using System.Text;

namespace FhirHub.Core.Search;

/// <summary>
/// Texts as searches compare them: without case, accents and width, traditional Chinese as simplified, and Chinese
/// without spaces and dots between the characters: https://hl7.org/fhir/R4/search.html#string
/// </summary>
/// <remarks>The index and the query are folded alike, and what is folded stays as it is.</remarks>
public static class SearchText
{
    const int StackMax = 256;

    /// <summary>The folded text without punctuation, as UTF-8: what a string is found by.</summary>
    public static byte[] Bare(ReadOnlySpan<byte> utf8)
    {
        if (Ascii.IsValid(utf8))
            return BareText.Of(utf8);
        var rented = ArrayPool<char>.Shared.Rent(utf8.Length);
        var writer = new FoldWriter(stackalloc char[StackMax]);
        try
        {
            Fold(rented.AsSpan(0, Encoding.UTF8.GetChars(utf8, rented)), ref writer);
            var folded = writer.End();
            folded = folded[..BareText.Strip(folded)];
            var bytes = new byte[Encoding.UTF8.GetByteCount(folded)];
            Encoding.UTF8.GetBytes(folded, bytes);
            return bytes;
        }
        finally
        {
            writer.Free();
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    /// <summary>The folded text without punctuation.</summary>
    public static string Bare(string text)
    {
        var folded = Fold(text).ToCharArray();
        return new string(folded, 0, BareText.Strip(folded));
    }

    /// <summary>The folded text with its punctuation, by which it can still be taken apart.</summary>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Fold(text.AsSpan());
    }

    internal static string Fold(ReadOnlySpan<char> text)
    {
        var writer = new FoldWriter(stackalloc char[StackMax]);
        try
        {
            if (Ascii.IsValid(text))
                return string.Create(text.Length, text, static (lower, text) => Ascii.ToLower(text, lower, out _));
            Fold(text, ref writer);
            return writer.End().ToString();
        }
        finally
        {
            writer.Free();
        }
    }

    static void Fold(ReadOnlySpan<char> text, ref FoldWriter writer)
    {
        var folds = TextFolds.Shared;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                var codePoint = char.ConvertToUtf32(c, text[++i]);
                if (folds.Text(codePoint) is { } other)
                    Add(other, ref writer);
                else if (!TextFolds.IsMark(codePoint))
                    Add(text.Slice(i - 1, 2), ref writer);
                continue;
            }

            // Half a character would make a whole one with the half behind a mark that is dropped.
            var plain = char.IsSurrogate(c) ? '\uFFFD' : folds.Plain(c);
            if (plain == TextFolds.Several)
                Add(folds.Text(c), ref writer);
            else if (plain != TextFolds.Nothing)
                writer.Add(plain);
        }
    }

    static void Add(ReadOnlySpan<char> text, ref FoldWriter writer)
    {
        foreach (var c in text)
            writer.Add(c);
    }
}
