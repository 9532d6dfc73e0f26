using System.Buffers;
using System.Text;
using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql;

/// <summary>
/// The tokens of the full-text indexes: each begins with the number of its scope, so that tenants and types do not
/// meet, and rare words of one are not looked for among those of all.
/// </summary>
static class FullTextTokens
{
    // The number's digits are characters that no word has and that the tokens of parts leave alone.
    const char FirstDigit = '\uF000';
    const int Digits = 2048;

    /// <summary>The tokens under their number; both are separated by single spaces.</summary>
    internal static ReadOnlySpan<byte> Of(long scope, ReadOnlySpan<byte> tokens)
    {
        if (tokens.IsEmpty)
        {
            return [];
        }

        var prefix = Encoding.UTF8.GetBytes(Prefix(scope));
        var bytes = new ArrayBufferWriter<byte>(tokens.Length * 2);
        bytes.Write(prefix);
        while (tokens.IndexOf((byte)' ') is var space and >= 0)
        {
            bytes.Write(tokens[..(space + 1)]);
            bytes.Write(prefix);
            tokens = tokens[(space + 1)..];
        }

        bytes.Write(tokens);
        return bytes.WrittenSpan;
    }

    /// <summary>
    /// An expression of <see cref="TextQuery"/> or <see cref="TextParts"/> with every token under its number.
    /// </summary>
    internal static string Query(long scope, string query)
    {
        var (prefix, text, isInside) = (Prefix(scope), new StringBuilder(query.Length * 2), false);
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
            digits = (char)(FirstDigit + (rest % Digits)) + digits;
        }

        return digits;
    }
}
