using System.Globalization;
using System.Text;
using FhirHub.Core.Model;

namespace FhirHub.Core.Search.Parsing;

/// <summary>The words and values of a filter: https://hl7.org/fhir/R4/search_filter.html</summary>
sealed class FilterLexer(string text)
{
    int _at;

    internal bool IsAtEnd => _at == text.Length;

    /// <summary>Passes over what is white by the rules of Unicode.</summary>
    internal void Spaces()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }
    }

    /// <summary>Takes a character if it is the next one.</summary>
    internal bool Take(char wanted)
    {
        var isThere = _at < text.Length && text[_at] == wanted;
        _at += isThere ? 1 : 0;
        return isThere;
    }

    /// <summary>Takes a word if it is the next one as a whole.</summary>
    internal bool TakeWord(string wanted)
    {
        var start = _at;
        if (Word().Text.Equals(wanted, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        _at = start;
        return false;
    }

    /// <summary>A name of a parameter or an operation; empty when none begins here.</summary>
    internal FilterWord Word()
    {
        var start = _at;
        while (_at < text.Length && IsOfName(text[_at], isFirst: _at == start))
        {
            _at++;
        }

        return new FilterWord(text[start.._at], start + 1);
    }

    /// <summary>A JSON string, or anything up to the next space or closing bracket; empty when there is none.</summary>
    internal FilterWord Value()
    {
        var start = _at;
        if (Take('"'))
        {
            return new FilterWord(Quoted(start), start + 1);
        }

        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] is not (')' or ']'))
        {
            _at++;
        }

        return new FilterWord(text[start.._at], start + 1);
    }

    internal FhirException Expected(string what) => Wrong(_at + 1, $"{what} is expected here.");

    internal static FhirException Wrong(int place, string sentence) =>
        SearchSyntax.Refused($"'_filter', character {place}: {sentence}");

    string Quoted(int start)
    {
        var value = new StringBuilder();
        while (!Take('"'))
        {
            if (IsAtEnd)
            {
                throw Wrong(start + 1, "the text that begins here has no closing quote.");
            }

            value.Append(text[_at] == '\\' ? Escaped() : text[_at++]);
        }

        return value.ToString();
    }

    char Escaped()
    {
        var start = _at++;
        var escape = IsAtEnd ? default : text[_at++];
        switch (escape)
        {
            case '"' or '\\' or '/':
                return escape;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when _at + 4 <= text.Length
                && ushort.TryParse(
                    text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit):
                _at += 4;
                return (char)unit;
            default:
                throw Wrong(
                    start + 1, "a text in quotes is written as in JSON; behind a backslash stands one of \" \\ / b f n r t "
                    + "or u and four hexadecimal digits.");
        }
    }

    static bool IsOfName(char c, bool isFirst) =>
        c == '_' || char.IsAsciiLetter(c) || (!isFirst && (c == '-' || char.IsAsciiDigit(c)));
}
