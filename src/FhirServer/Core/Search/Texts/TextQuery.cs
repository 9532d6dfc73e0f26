using System.Text;

namespace FhirHub.Core.Search;

/// <summary>
/// The language of _text and _content, as an expression for MATCH on the tokens of <see cref="Words"/>:
/// https://hl7.org/fhir/R4/search.html#content
/// </summary>
/// <remarks>
/// Words must all be there. <c>"..."</c> is a phrase, <c>(...)</c> a group, <c>AND</c> and <c>OR</c> in any case and
/// <c>NOT</c> in capitals combine, <c>word*</c> is a beginning. OR binds loosest, NOT closest.
/// </remarks>
public static class TextQuery
{
    const int LengthMax = 1000;
    const int DepthMax = 16;

    /// <summary>The expression for SQLite's FTS5, or what is wrong with the text.</summary>
    public static bool TryCompile(string text, out string match, out string complaint)
    {
        ArgumentNullException.ThrowIfNull(text);
        (match, complaint) = ("", "");
        if (text.Length > LengthMax)
        {
            complaint = $"the text query is longer than {LengthMax} characters";
            return false;
        }

        var lexemes = Lexemes(text);
        var compiler = new Compiler(lexemes);
        var clause = lexemes.Count == 0 ? new Clause() : compiler.All();
        (match, complaint) = clause switch
        {
            null => ("", compiler.Complaint),
            { Must: not null } sound => (sound.Expression, ""),
            { Not: not null } => ("", "NOT takes away: write what to look for, then NOT and what to leave out"),
            _ => ("", "the text query has no word to look for"),
        };
        return match.Length > 0;
    }

    static List<Lexeme> Lexemes(string text)
    {
        var lexemes = new List<Lexeme>();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsWhiteSpace(c))
                continue;
            if (IsParenthesis(c))
            {
                lexemes.Add(new(c is '(' or '（' ? LexemeKind.Open : LexemeKind.Close, ""));
                continue;
            }

            var start = i;
            if (IsQuote(c))
            {
                for (i++; i < text.Length && !IsQuote(text[i]);)
                    i++;
                lexemes.Add(i < text.Length
                    ? new(LexemeKind.Phrase, text[(start + 1)..i])
                    : new(LexemeKind.Unclosed, ""));
                continue;
            }

            while (i + 1 < text.Length && !char.IsWhiteSpace(text[i + 1])
                && !IsParenthesis(text[i + 1]) && !IsQuote(text[i + 1]))
                i++;
            lexemes.Add(Word(text[start..(i + 1)]));
        }

        return lexemes;
    }

    /// <summary>A small "not" is a word of many a sentence, where small "and" and "or" do no harm.</summary>
    static Lexeme Word(string word) =>
        word == "NOT" ? new(LexemeKind.Not, "")
        : word.Equals("AND", StringComparison.OrdinalIgnoreCase) ? new(LexemeKind.And, "")
        : word.Equals("OR", StringComparison.OrdinalIgnoreCase) ? new(LexemeKind.Or, "")
        : new(LexemeKind.Word, word);

    static bool IsParenthesis(char c) => c is '(' or ')' or '（' or '）';

    static bool IsQuote(char c) => c is '"' or '“' or '”' or '＂';

    enum LexemeKind
    {
        End,
        Word,
        Phrase,
        Unclosed,
        Open,
        Close,
        And,
        Or,
        Not,
    }

    readonly record struct Lexeme(LexemeKind Kind, string Text);

    /// <summary>What must be there and what must not; FTS5 can only take the one away from the other.</summary>
    readonly record struct Clause(string? Must, string? Not)
    {
        internal string Expression => Not is null ? Must ?? "" : $"({Must} NOT {Not})";
    }

    /// <summary>One function for each level of binding; null means that there is a complaint.</summary>
    sealed class Compiler(List<Lexeme> lexemes)
    {
        const string TooDeep = "the text query has groups within groups within groups: write it flatter";
        const string NotAlone = "OR stands between words to look for; what NOT leaves out is none";

        int _at;
        int _depth;

        internal string Complaint { get; private set; } = "";

        LexemeKind Next => _at < lexemes.Count ? lexemes[_at].Kind : LexemeKind.End;

        internal Clause? All()
        {
            var clause = Any();
            return clause is not null && Next != LexemeKind.End ? Fail("a ) has no ( before it") : clause;
        }

        Clause? Any()
        {
            var alternatives = new List<Clause>();
            do
            {
                if (Every() is not { } clause)
                    return null;
                if (clause != default)
                    alternatives.Add(clause);
            }
            while (Take(LexemeKind.Or));

            if (alternatives.Count < 2)
                return alternatives.Count == 0 ? new Clause() : alternatives[0];
            return alternatives.Exists(clause => clause.Must is null)
                ? Fail(NotAlone)
                : new Clause($"({string.Join(" OR ", alternatives.Select(clause => clause.Expression))})", null);
        }

        Clause? Every()
        {
            var musts = new List<string>();
            var nots = new List<string>();
            do
            {
                if (One() is not { } clause)
                    return null;
                if (clause.Must is not null)
                    musts.Add(clause.Must);
                if (clause.Not is not null)
                    nots.Add(clause.Not);
            }
            while (Take(LexemeKind.And) || Next is not (LexemeKind.End or LexemeKind.Close or LexemeKind.Or));

            return new Clause(Join(musts, " AND "), Join(nots, " OR "));
        }

        Clause? One()
        {
            var lexeme = _at < lexemes.Count ? lexemes[_at++] : default;
            return lexeme.Kind switch
            {
                LexemeKind.Word or LexemeKind.Phrase => Term(lexeme),
                LexemeKind.Not => Negated(),
                LexemeKind.Open => Group(),
                LexemeKind.Unclosed => Fail("a quote is not closed"),
                LexemeKind.Close => Fail("a ) stands where a word should"),
                _ => Fail("AND, OR and NOT stand before a word; to look for one of them, put it in quotes"),
            };
        }

        Clause? Negated()
        {
            if (++_depth > DepthMax)
                return Fail(TooDeep);
            var clause = One();
            _depth--;
            return clause switch
            {
                { Must: not null, Not: not null } => Fail("NOT cannot be told of a group that has a NOT itself"),
                { } other => new Clause(other.Not, other.Must),
                null => null,
            };
        }

        Clause? Group()
        {
            if (++_depth > DepthMax)
                return Fail(TooDeep);
            var clause = Any();
            _depth--;
            return clause is null || Take(LexemeKind.Close) ? clause : Fail("a ( is not closed");
        }

        static Clause Term(Lexeme lexeme)
        {
            var tokens = new StringBuilder("\"");
            var isBeginning = Words.Append(tokens, Words.Trim(SearchText.Fold(lexeme.Text)), isQuery: true)
                || (lexeme.Kind == LexemeKind.Word && lexeme.Text[^1] is '*' or '＊');
            if (tokens.Length == 1)
                return default;
            return new Clause(tokens.Append(isBeginning ? "\"*" : "\"").ToString(), null);
        }

        static string? Join(List<string> parts, string between) =>
            parts.Count switch
            {
                0 => null,
                1 => parts[0],
                _ => $"({string.Join(between, parts)})",
            };

        bool Take(LexemeKind kind)
        {
            if (Next != kind)
                return false;
            _at++;
            return true;
        }

        Clause? Fail(string complaint)
        {
            Complaint = complaint;
            return null;
        }
    }
}
