using FhirHub.Core.Model;

namespace FhirHub.Terminology.ValueSets.Ecl;

/// <summary>
/// Reads the brief syntax of the Expression Constraint Language (http://snomed.org/ecl): operators on the hierarchy,
/// members, AND, OR and MINUS, attributes with cardinalities and in reverse, and dots. Attribute groups, values that
/// are numbers or texts, and filters in double braces are refused by name.
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

    readonly string _text;
    readonly string _path;
    int _at;
    int _depth;

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
            if (string.Compare(_text, _at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0
                && !char.IsAsciiLetterOrDigit(_text.ElementAtOrDefault(_at + word.Length)))
            {
                _at += word.Length;
                Skip();
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

        return At("{{") ? throw Wrong("filters in double braces are not done here") : node;
    }

    EclNode Simple()
    {
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
        if (At("{"))
        {
            throw Wrong("attribute groups are not done here");
        }

        // A bracket may begin a refinement, or the name of an attribute.
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

        return Attribute();
    }

    /// <summary>Whether the bracket closes before an equals sign.</summary>
    bool IsAttributeName(int start)
    {
        var open = 0;
        for (var at = start; at < _text.Length; at++)
        {
            open += _text[at] switch { '(' => 1, ')' => -1, _ => 0 };
            if (open == 0)
            {
                return _text.AsSpan(at + 1).TrimStart() is ['=', ..] or ['!', '=', ..];
            }
        }

        return false;
    }

    EclNode.Attribute Attribute()
    {
        var (min, max) = Cardinality();
        var isReverse = At("R") && !char.IsAsciiLetterOrDigit(_text.ElementAtOrDefault(_at + 1)) && Take("R");
        var name = Simple();
        var isNot = Take("!=");
        if (!isNot)
        {
            Expect("=");
        }

        if (At("#") || At("\""))
        {
            throw Wrong("values that are numbers or texts are not done here");
        }

        return new EclNode.Attribute(name, Part()) { IsReverse = isReverse, IsNot = isNot, Min = min, Max = max };
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
