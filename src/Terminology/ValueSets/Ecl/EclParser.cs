using System.Globalization;
using System.Text;
using FhirHub.Core.Model;

namespace FhirHub.Terminology.ValueSets.Ecl;

/// <summary>
/// Reads the brief syntax of the Expression Constraint Language (http://snomed.org/ecl): operators on the hierarchy,
/// members, AND, OR and MINUS, attributes and groups of them with cardinalities, attributes in reverse, values that are
/// numbers, texts, true or false, and dots. What later versions added is refused by name: filters in double braces,
/// sets and searches of texts, the tops and bottoms of sets, and identifiers of other schemes.
/// </summary>
sealed class EclParser
{
    const int LengthMax = 10_000;
    const int DepthMax = 50;

    static readonly (string Sign, EclRelation Relation)[] Relations =
    [
        ("<<!", EclRelation.ChildOrSelf), (">>!", EclRelation.ParentOrSelf), ("<<", EclRelation.BelowOrSelf),
        (">>", EclRelation.AboveOrSelf), ("<!", EclRelation.Child), (">!", EclRelation.Parent),
        ("<", EclRelation.Below), (">", EclRelation.Above),
    ];

    /// <summary>The longest first: what begins like another is that other one.</summary>
    static readonly string[] Comparisons = ["<=", ">=", "!=", "<>", "=", "<", ">"];

    readonly string _text;
    readonly string _path;
    int _at;
    int _depth;
    bool _isInGroup;

    EclParser(string text, string path) => (_text, _path) = (text, path);

    /// <param name="text">The expression.</param>
    /// <param name="path">The element it stands in, for what is wrong with it.</param>
    internal static EclNode Parse(string text, string path)
    {
        var parser = new EclParser(text, path);
        if (text.Length > LengthMax)
        {
            throw parser.Wrong($"an expression has at most {LengthMax:N0} characters");
        }

        var node = parser.Expression();
        return parser._at == text.Length ? node : throw parser.Wrong("the expression should end here");
    }

    EclNode Expression()
    {
        if (++_depth > DepthMax)
        {
            throw Wrong($"brackets are nested more than {DepthMax} deep");
        }

        Skip();
        var first = Part();
        var all = Take(":") ? new EclNode.Refined(first, Refinement()) : Compound(first, Part);
        _depth--;
        return all;
    }

    /// <summary>Parts joined by one operator; two different ones need brackets.</summary>
    EclNode Compound(EclNode first, Func<EclNode> next, bool hasMinus = true)
    {
        var parts = new List<EclNode> { first };
        string? joined = null;
        while (Operator(hasMinus) is { } op)
        {
            if (joined is not null && (op != joined || op == "MINUS"))
            {
                throw Wrong($"{joined} and {op} need brackets to say what belongs together");
            }

            joined = op;
            parts.Add(next());
        }

        return joined switch
        {
            null => first,
            "AND" => new EclNode.And(parts),
            "OR" => new EclNode.Or(parts),
            _ => new EclNode.Minus(parts[0], parts[1]),
        };
    }

    string? Operator(bool hasMinus)
    {
        if (Take(","))
        {
            return "AND";
        }

        foreach (var word in (string[])["AND", "OR", "MINUS"])
        {
            if (Word(word))
            {
                return word != "MINUS" || hasMinus ? word : throw Wrong("attributes are joined by AND and OR");
            }
        }

        return null;
    }

    /// <summary>A concept, a star or brackets, with what stands before and the dots behind.</summary>
    EclNode Part()
    {
        var node = Simple();
        while (Take("."))
        {
            node = new EclNode.ValuesOf(node, Simple());
        }

        return At("{{") ? throw Wrong("filters in double braces are not done here")
            : At("#") ? throw Wrong("identifiers of other schemes are not done here")
            : node;
    }

    EclNode Simple()
    {
        if (At("!!"))
        {
            throw Wrong("the tops and bottoms of a set are not done here");
        }

        foreach (var (sign, relation) in Relations)
        {
            if (Take(sign))
            {
                return new EclNode.Related(relation, Simple());
            }
        }

        if (Take("^"))
        {
            return new EclNode.Member(Simple());
        }

        if (Take("*"))
        {
            return new EclNode.Every();
        }

        if (Take("("))
        {
            var inner = Expression();
            Expect(")");
            return inner;
        }

        return new EclNode.Concept(Code());
    }

    EclNode Refinement()
    {
        var first = AttributeOrBrackets();
        return Compound(first, AttributeOrBrackets, hasMinus: false);
    }

    EclNode AttributeOrBrackets()
    {
        // 1. A bracket may begin a refinement, or the name of an attribute.
        var start = _at;
        if (Take("("))
        {
            if (++_depth > DepthMax)
            {
                throw Wrong($"brackets are nested more than {DepthMax} deep");
            }

            var inner = IsAttributeName(start) ? null : Refinement();
            _depth--;
            if (inner is not null)
            {
                Expect(")");
                return inner;
            }

            _at = start;
        }

        // 2. How often, and then one of them or a group.
        var (min, max) = Cardinality();
        return At("{{") ? throw Wrong("filters in double braces are not done here")
            : At("{") ? Group(min, max)
            : Attribute(min, max);
    }

    /// <summary>Whether the bracket closes before a comparison.</summary>
    bool IsAttributeName(int start)
    {
        var open = 0;
        for (var at = start; at < _text.Length; at++)
        {
            open += _text[at] switch { '(' => 1, ')' => -1, _ => 0 };
            if (open == 0)
            {
                return _text.AsSpan(at + 1).TrimStart() is ['=' or '<' or '>', ..] or ['!', '=', ..];
            }
        }

        return false;
    }

    EclNode.Group Group(int min, int max)
    {
        if (_isInGroup)
        {
            throw Wrong("a group of attributes has no groups in it");
        }

        _isInGroup = true;
        Expect("{");
        var attributes = Refinement();
        Expect("}");
        _isInGroup = false;
        return new EclNode.Group(attributes) { Min = min, Max = max };
    }

    EclNode.Attribute Attribute(int min, int max)
    {
        var isReverse = At("R") && !char.IsAsciiLetterOrDigit(_text.ElementAtOrDefault(_at + 1)) && Take("R");
        if (isReverse && _isInGroup)
        {
            throw Wrong("attributes in reverse stand in no group");
        }

        // What is in the value, brackets and all, is in a group of its own or in none.
        var (name, wasInGroup) = (Simple(), _isInGroup);
        _isInGroup = false;
        var (value, isNot) = Value();
        _isInGroup = wasInGroup;
        if (isReverse && value is EclNode.Number or EclNode.Text or EclNode.Truth)
        {
            throw Wrong("an attribute in reverse has concepts for values");
        }

        return new EclNode.Attribute(name, value) { IsReverse = isReverse, IsNot = isNot, Min = min, Max = max };
    }

    /// <summary>A comparison and what with; whether another value is wanted is told of all but numbers.</summary>
    (EclNode Value, bool IsNot) Value()
    {
        var comparison = Array.Find(Comparisons, Take) ?? throw Wrong("there should be '=' here");
        var isNot = comparison is "!=" or "<>";
        if (Take("#"))
        {
            return (new EclNode.Number(isNot ? "!=" : comparison, Decimal()), false);
        }

        if (comparison is not "=" && !isNot)
        {
            throw Wrong($"'{comparison}' compares numbers, which begin with '#'");
        }

        if (At("\""))
        {
            return (new EclNode.Text(Quoted()), isNot);
        }

        foreach (var (word, truth) in (ReadOnlySpan<(string, bool)>)[("true", true), ("false", false)])
        {
            if (Word(word))
            {
                return (new EclNode.Truth(truth), isNot);
            }
        }

        var isSearch = Word("match") || Word("wild");
        return isSearch || At("(\"") || At("(#") ? throw Wrong("sets and searches of texts are not done here")
            : (Part(), isNot);
    }

    bool Word(string word)
    {
        var isHere = string.Compare(_text, _at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0
            && !char.IsAsciiLetterOrDigit(_text.ElementAtOrDefault(_at + word.Length));
        _at += isHere ? word.Length : 0;
        Skip();
        return isHere;
    }

    decimal Decimal()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] is '.' or '-' or '+'))
        {
            _at++;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        var isNumber = decimal.TryParse(
            _text.AsSpan(start, _at - start), Style, CultureInfo.InvariantCulture, out var number);
        Skip();
        return isNumber ? number : throw Wrong("there should be a number after '#'");
    }

    string Quoted()
    {
        var text = new StringBuilder();
        for (_at++; _at < _text.Length && _text[_at] != '"'; _at++)
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length && _text[_at + 1] is '"' or '\\')
            {
                _at++;
            }

            text.Append(_text[_at]);
        }

        if (_at++ >= _text.Length)
        {
            throw Wrong("the text does not end with a quote");
        }

        Skip();
        return text.ToString();
    }

    (int Min, int Max) Cardinality()
    {
        if (!Take("["))
        {
            return (1, int.MaxValue);
        }

        var min = Number();
        Expect("..");
        var max = Take("*") ? int.MaxValue : Number();
        Expect("]");
        return min <= max ? (min, max) : throw Wrong("the first number of a cardinality is not above the second");
    }

    int Number()
    {
        var digits = Digits();
        return int.TryParse(digits, out var number) ? number : throw Wrong("there should be a number here");
    }

    string Code()
    {
        var code = Digits();
        if (code.Length == 0)
        {
            throw Wrong("there should be the identifier of a concept here");
        }

        if (Take("|"))
        {
            var end = _text.IndexOf('|', _at);
            _at = end >= 0 ? end + 1 : throw Wrong("the name of the concept does not end with '|'");
            Skip();
        }

        return code;
    }

    string Digits()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }

        var digits = _text[start.._at];
        Skip();
        return digits;
    }

    bool At(string sign) => string.CompareOrdinal(_text, _at, sign, 0, sign.Length) == 0;

    bool Take(string sign)
    {
        if (!At(sign))
        {
            return false;
        }

        _at += sign.Length;
        Skip();
        return true;
    }

    void Expect(string sign)
    {
        if (!Take(sign))
        {
            throw Wrong($"there should be '{sign}' here");
        }
    }

    /// <summary>Goes over spaces and comments.</summary>
    void Skip()
    {
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_at]))
            {
                _at++;
            }
            else if (At("/*"))
            {
                var end = _text.IndexOf("*/", _at, StringComparison.Ordinal);
                _at = end >= 0 ? end + 2 : throw Wrong("the comment does not end");
            }
            else
            {
                return;
            }
        }
    }

    FhirException Wrong(string why) => new(
        ProblemKind.Unprocessable, "invalid", $"ECL, character {_at + 1}: {why}.", _path);
}
