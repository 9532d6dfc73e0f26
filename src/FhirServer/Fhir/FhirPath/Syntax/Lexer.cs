using System.Globalization;
using System.Text;

namespace FhirHub.Fhir.FhirPath;

/// <summary>Cuts an expression into tokens: https://hl7.org/fhirpath/N1/grammar.html</summary>
struct Lexer(string text)
{
    static readonly string[] LongSymbols = ["<=", ">=", "!=", "!~"];
    int _at;

    internal Token Next()
    {
        SkipSpaceAndComments();
        if (_at >= text.Length)
        {
            return new Token(TokenKind.End, text.Length, text.Length, "");
        }

        var start = _at;
        var c = text[_at];
        if (char.IsAsciiLetter(c) || c == '_')
        {
            SkipWhile(IsWordPart);
            return Make(TokenKind.Word, start);
        }

        return c switch
        {
            >= '0' and <= '9' => Number(start),
            '\'' => new Token(TokenKind.String, start, _at, Quoted('\'')) with { End = _at },
            '`' => new Token(TokenKind.Delimited, start, _at, Quoted('`')) with { End = _at },
            '"' => new Token(TokenKind.Delimited, start, _at, Quoted('"')) with { End = _at },
            '@' => Temporal(start),
            '$' => Dollar(start),
            _ => Symbol(start),
        };
    }

    static bool IsWordPart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    readonly char Peek(int ahead = 0) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    readonly Token Make(TokenKind kind, int start) => new(kind, start, _at, text[start.._at]);

    readonly FhirPathException Error(string message, int at) => new(message, text, at);

    void SkipWhile(Func<char, bool> test)
    {
        while (_at < text.Length && test(text[_at]))
        {
            _at++;
        }
    }

    void SkipSpaceAndComments()
    {
        while (_at < text.Length)
        {
            if (Peek() == '/' && Peek(1) == '/')
            {
                SkipWhile(c => c is not ('\n' or '\r'));
            }
            else if (Peek() == '/' && Peek(1) == '*')
            {
                var end = text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                _at = end < 0 ? throw Error("The comment is not closed; expected */", _at) : end + 2;
            }
            else if (char.IsWhiteSpace(Peek()))
            {
                _at++;
            }
            else
            {
                return;
            }
        }
    }

    Token Number(int start)
    {
        SkipWhile(char.IsAsciiDigit);
        if (Peek() == '.' && char.IsAsciiDigit(Peek(1)))
        {
            _at++;
            SkipWhile(char.IsAsciiDigit);
        }

        return Make(TokenKind.Number, start);
    }

    Token Dollar(int start)
    {
        _at++;
        SkipWhile(IsWordPart);
        var token = Make(TokenKind.Dollar, start);
        return token.Text is "$this" or "$index" or "$total"
            ? token
            : throw Error("Expected $this, $index or $total", start);
    }

    Token Symbol(int start)
    {
        foreach (var symbol in LongSymbols)
        {
            if (text.AsSpan(_at).StartsWith(symbol, StringComparison.Ordinal))
            {
                _at += 2;
                return Make(TokenKind.Symbol, start);
            }
        }

        _at++;
        return "()[]{}.,+-*/&|<>=~%".Contains(text[start], StringComparison.Ordinal)
            ? Make(TokenKind.Symbol, start)
            : throw Error($"'{text[start]}' has no meaning here", start);
    }

    /// <summary>A date (@2015-02), a date and time (@2015-02T or @2015-02-04T14:34Z) or a time (@T14:34).</summary>
    Token Temporal(int start)
    {
        _at++;
        var kind = TokenKind.Date;
        if (Peek() == 'T')
        {
            kind = TokenKind.Time;
        }
        else
        {
            Digits(4, start);
            for (var part = 0; part < 2 && Peek() == '-' && char.IsAsciiDigit(Peek(1)); part++)
            {
                _at++;
                Digits(2, start);
            }

            kind = Peek() == 'T' ? TokenKind.DateTime : TokenKind.Date;
        }

        if (kind != TokenKind.Date)
        {
            _at++;
            if (char.IsAsciiDigit(Peek()) || kind == TokenKind.Time)
            {
                Clock(start);
                Offset(kind, start);
            }
        }

        return new Token(kind, start, _at, text[(start + 1).._at]);
    }

    void Clock(int start)
    {
        Digits(2, start);
        for (var part = 0; part < 2 && Peek() == ':'; part++)
        {
            _at++;
            Digits(2, start);
            if (part == 1 && Peek() == '.' && char.IsAsciiDigit(Peek(1)))
            {
                _at++;
                SkipWhile(char.IsAsciiDigit);
            }
        }
    }

    void Offset(TokenKind kind, int start)
    {
        if (kind == TokenKind.Time)
        {
            if (Peek() == 'Z')
            {
                throw Error("A time has no time zone", _at);
            }
        }
        else if (Peek() == 'Z')
        {
            _at++;
        }
        else if (Peek() is '+' or '-' && char.IsAsciiDigit(Peek(1)) && char.IsAsciiDigit(Peek(2)) && Peek(3) == ':')
        {
            _at++;
            Digits(2, start);
            _at++;
            Digits(2, start);
        }
    }

    void Digits(int count, int start)
    {
        for (var i = 0; i < count; i++)
        {
            if (!char.IsAsciiDigit(Peek()))
            {
                throw Error("Expected a date such as @2015-02-04, @2015-02-04T14:30:00Z or @T14:30", start);
            }

            _at++;
        }
    }

    string Quoted(char quote)
    {
        var start = _at++;
        var end = text.IndexOf(quote, _at);
        if (end >= 0 && text.AsSpan(_at, end - _at).IndexOf('\\') < 0)
        {
            var plain = text[_at..end];
            _at = end + 1;
            return plain;
        }

        var result = new StringBuilder();
        while (Peek() != quote || _at >= text.Length)
        {
            if (_at >= text.Length)
            {
                throw Error($"The string is not closed; expected {quote}", start);
            }

            result.Append(text[_at] == '\\' ? Escaped() : text[_at++]);
        }

        _at++;
        return result.ToString();
    }

    char Escaped()
    {
        var letter = Peek(1);
        _at += 2;
        switch (letter)
        {
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'f': return '\f';
            case '\\' or '/' or '\'' or '"' or '`': return letter;
            case 'u' when _at + 4 <= text.Length
                && ushort.TryParse(text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, null, out var code):
                _at += 4;
                return (char)code;
            default:
                throw Error("Unknown escape; expected one of \\' \\\" \\` \\\\ \\/ \\f \\n \\r \\t \\uXXXX", _at - 2);
        }
    }
}
