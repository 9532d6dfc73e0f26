using System.Buffers;
using System.Globalization;
using System.Text;
using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql;

/// <summary>
/// The tokens of the full-text indexes: each begins with the number of its scope or parameter, so that tenants, types
/// and parameters do not meet, and rare words of one are not looked for among those of all.
/// </summary>
static class FullTextTokens
{
    // The number's digits are characters that no word has and that the tokens of pairs leave alone.
    const char FirstDigit = '\uF000';
    const int Digits = 2048;

    /// <summary>So many characters leave few texts, whatever follows.</summary>
    const int QueryLengthMax = 32;

    /// <summary>The tokens under their number; both are separated by single spaces.</summary>
    internal static byte[] Of(long number, ReadOnlySpan<byte> tokens)
    {
        if (tokens.IsEmpty)
        {
            return [];
        }

        var prefix = Encoding.UTF8.GetBytes(Prefix(number));
        var bytes = new ArrayBufferWriter<byte>(tokens.Length * 2);
        bytes.Write(prefix);
        while (tokens.IndexOf((byte)' ') is var space and >= 0)
        {
            bytes.Write(tokens[..(space + 1)]);
            bytes.Write(prefix);
            tokens = tokens[(space + 1)..];
        }

        bytes.Write(tokens);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The tokens of a folded text for <c>:contains</c>.</summary>
    internal static byte[] OfPairs(long parameter, string folded) =>
        Of(parameter, Encoding.UTF8.GetBytes(Grams.Of(folded)));

    /// <summary>
    /// The expression for texts that may contain this one; null for an empty text, which all do. That index knows no
    /// phrases: each pair must be there, and the text itself tells the rest.
    /// </summary>
    internal static string? QueryPairs(long parameter, string folded)
    {
        var start = folded.Length <= QueryLengthMax ? folded : folded[..QueryLengthMax];
        start = char.IsHighSurrogate(start.AsSpan() is [.., var last] ? last : default) ? start[..^1] : start;
        return parameter < 0 || Grams.Query(start) is not { } phrase
            ? null
            : QueryWords(parameter, phrase).Replace(" ", "\" AND \"", StringComparison.Ordinal);
    }

    /// <summary>An expression of <see cref="TextQuery"/> with every token under its number.</summary>
    internal static string QueryWords(long number, string query)
    {
        var (prefix, text, isInside) = (Prefix(number), new StringBuilder(query.Length * 2), false);
        foreach (var c in query)
        {
            text.Append(c);
            isInside ^= c == '"';
            if (isInside && c is '"' or ' ')
            {
                text.Append(prefix);
            }
        }

        return text.ToString();
    }

    static string Prefix(long number)
    {
        var digits = "";
        for (var rest = number; rest > 0 || digits.Length == 0; rest /= Digits)
        {
            digits = string.Create(CultureInfo.InvariantCulture, $"{(char)(FirstDigit + (rest % Digits))}{digits}");
        }

        return digits;
    }
}
