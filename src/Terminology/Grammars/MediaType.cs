using System.Buffers;

namespace FhirHub.Terminology.Grammars;

/// <summary>A media type with its parameters: https://www.rfc-editor.org/rfc/rfc2045#section-5.1</summary>
static class MediaType
{
    static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`{|}~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    internal static bool Is(string code)
    {
        var parts = code.Split(';');
        return parts[0].Split('/') is [var type, var subtype] && IsToken(type) && IsToken(subtype)
            && parts.Skip(1).All(IsParameter);
    }

    static bool IsParameter(string text)
    {
        var pair = text.Trim(' ');
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0 || !IsToken(pair[..equals]))
        {
            return false;
        }

        var value = pair[(equals + 1)..];
        return value is ['"', .. var quoted, '"'] ? !quoted.Contains('"', StringComparison.Ordinal) : IsToken(value);
    }

    static bool IsToken(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(TokenCharacters);
}
