namespace FhirHub.Unit.Tidy;

/// <summary>
/// A C# text seen three ways. What a view leaves out is blanked with spaces, so lines and columns stay where they were.
/// </summary>
sealed class CSharpText
{
    enum Kind : byte { Code, Comment, Literal }

    readonly string _text;
    readonly Kind[] _kinds;
    int _at;

    internal CSharpText(string text)
    {
        _text = text;
        _kinds = new Kind[text.Length];
        while (_at < text.Length)
        {
            ReadOne();
        }

        Code = View(Kind.Code);
        Comments = View(Kind.Comment);
        WithoutLiterals = View(Kind.Code, Kind.Comment);
    }

    internal string Code { get; }
    internal string Comments { get; }
    internal string WithoutLiterals { get; }

    char Peek(int ahead = 0) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    string View(params ReadOnlySpan<Kind> kept)
    {
        var view = _text.ToCharArray();
        for (var i = 0; i < view.Length; i++)
        {
            if (view[i] != '\n' && !kept.Contains(_kinds[i]))
            {
                view[i] = ' ';
            }
        }

        return new string(view);
    }

    void Mark(Kind kind, int until)
    {
        until = Math.Min(until, _text.Length);
        _kinds.AsSpan(_at, until - _at).Fill(kind);
        _at = until;
    }

    int IndexAfter(string end, int from)
    {
        var found = from < _text.Length ? _text.IndexOf(end, from, StringComparison.Ordinal) : -1;
        return found < 0 ? _text.Length : found + end.Length;
    }

    int EndOfLine()
    {
        var end = _text.IndexOf('\n', _at);
        return end < 0 ? _text.Length : end;
    }

    void ReadOne()
    {
        var next = Peek();
        if (next == '/' && Peek(1) == '/')
        {
            Mark(Kind.Comment, EndOfLine());
        }
        else if (next == '/' && Peek(1) == '*')
        {
            Mark(Kind.Comment, IndexAfter("*/", _at + 2));
        }
        else if (next == '#' && StartsLine())
        {
            ReadDirective();
        }
        else if (next == '\'')
        {
            ReadCharacter();
        }
        else if (next is '"' or '$' or '@')
        {
            ReadText();
        }
        else
        {
            _at++;
        }
    }

    bool StartsLine()
    {
        var line = _text.LastIndexOf('\n', Math.Max(0, _at - 1)) + 1;
        return string.IsNullOrWhiteSpace(_text[line.._at]);
    }

    // A directive's words are not C#: "#error Don't" holds no character literal.
    void ReadDirective()
    {
        var comment = _text.IndexOf("//", _at, StringComparison.Ordinal);
        _at = comment >= 0 && comment < EndOfLine() ? comment : EndOfLine();
    }

    void ReadCharacter()
    {
        var end = _at + 1;
        while (end < _text.Length && _text[end] is not ('\'' or '\n'))
        {
            end += _text[end] == '\\' ? 2 : 1;
        }

        Mark(Kind.Literal, end + 1);
    }

    // $, @ and $@ before a quote start a string; alone, @ starts a name and nothing else uses $.
    void ReadText()
    {
        var quote = _at;
        while (quote < _text.Length && _text[quote] is '$' or '@')
        {
            quote++;
        }

        if (quote >= _text.Length || _text[quote] != '"')
        {
            _at = quote;
            return;
        }

        Mark(Kind.Literal, EndOfText(quote, _text[_at..quote]));
    }

    int EndOfText(int quote, string prefix)
    {
        var (interpolated, verbatim) = (prefix.Contains('$'), prefix.Contains('@'));
        var quotes = 0;
        while (quote + quotes < _text.Length && _text[quote + quotes] == '"')
        {
            quotes++;
        }

        return quotes switch
        {
            >= 3 when !verbatim => IndexAfter(new string('"', quotes), quote + quotes),
            2 when !verbatim => quote + 2,
            _ => EndOfQuoted(quote + 1, interpolated, verbatim),
        };
    }

    int EndOfQuoted(int at, bool interpolated, bool verbatim)
    {
        while (at < _text.Length)
        {
            var (here, next) = (_text[at], at + 1 < _text.Length ? _text[at + 1] : '\0');
            if (here == '"' && !(verbatim && next == '"'))
            {
                return at + 1;
            }

            if (interpolated && here == '{' && next != '{')
            {
                at = EndOfHole(at + 1);
                continue;
            }

            var pair = (here == '\\' && !verbatim) || (here == '"' && verbatim) || (here == '{' && interpolated);
            at += pair ? 2 : 1;
        }

        return _text.Length;
    }

    // The code inside {…} of an interpolated string may hold strings and braces of its own.
    int EndOfHole(int at)
    {
        for (var depth = 1; at < _text.Length && depth > 0;)
        {
            if (_text[at] == '"')
            {
                at = EndOfText(at, "");
                continue;
            }

            depth += _text[at] switch { '{' => 1, '}' => -1, _ => 0 };
            at++;
        }

        return at;
    }
}
