using System.Globalization;
using System.Numerics;

namespace FhirHub.Fhir.Ucum;

/// <summary>Reads a case-sensitive unit expression into its terms.</summary>
/// <remarks>
/// https://ucum.org/ucum#section-Grammar-of-Units-and-Unit-Terms. Stricter than many: white space and powers
/// or annotations of round brackets are refused, as in the grammar.
/// </remarks>
sealed class UcumParser
{
    internal const int LengthMax = 255;
    internal const int DepthMax = 32;
    internal const int ExponentMax = 99;

    readonly string _code;
    readonly UcumTable _table;
    readonly List<UcumTerm> _terms = [];
    UcumError? _error;
    int _at;

    UcumParser(string code, UcumTable table) => (_code, _table) = (code, table);

    bool AtEnd => _at == _code.Length;

    char Current => AtEnd ? '\0' : _code[_at];

    internal static bool TryParse(
        string code, UcumTable table, out IReadOnlyList<UcumTerm> terms, out UcumError? error)
    {
        var parser = new UcumParser(code, table);
        var parsed = parser.Whole();
        (terms, error) = (parser._terms, parser._error);
        return parsed;
    }

    bool Whole()
    {
        if (_code.Length > LengthMax)
            return Fail(LengthMax, $"a code has at most {LengthMax} characters");
        if (!Term(leadingSlash: true, sign: 1, depth: 0))
            return false;
        return AtEnd || Fail(_at, $"{Name(Current)} was not expected; '.', '/' or the end was");
    }

    // Slash and dot have equal rank and group to the left, so a slash binds the one component after it.
    bool Term(bool leadingSlash, int sign, int depth)
    {
        var first = sign;
        if (leadingSlash && Current == '/')
        {
            first = -sign;
            _at++;
        }
        if (!Component(first, depth))
            return false;
        while (Current is '.' or '/')
        {
            var next = Current == '/' ? -sign : sign;
            _at++;
            if (!Component(next, depth))
                return false;
        }
        return true;
    }

    bool Component(int sign, int depth) => Current switch
    {
        _ when AtEnd => Fail(_at, "a unit was expected, but the code ends"),
        '(' => Bracket(sign, depth),
        '{' => Annotation(),
        >= '0' and <= '9' => Number(sign),
        '.' or '/' or ')' or '}' or '+' or '-' => Fail(_at, $"a unit was expected instead of {Name(Current)}"),
        > ' ' and <= '~' => Symbol(sign),
        _ => Fail(_at, $"{Name(Current)} is not allowed in a unit"),
    };

    bool Bracket(int sign, int depth)
    {
        if (depth == DepthMax)
            return Fail(_at, $"brackets nest at most {DepthMax} deep");
        var open = _at++;
        if (!Term(leadingSlash: false, sign, depth + 1))
            return false;
        if (AtEnd)
            return Unclosed(open);
        if (Current != ')')
            return Fail(_at, $"{Name(Current)} was not expected; '.', '/' or ')' was");
        _at++;
        return true;
    }

    bool Annotation()
    {
        var open = _at++;
        while (Current is > ' ' and <= '~' and not '{' and not '}')
            _at++;
        if (AtEnd)
            return Unclosed(open);
        if (Current != '}')
            return Fail(_at, $"{Name(Current)} cannot be part of an annotation");
        _at++;
        return true;
    }

    bool Number(int sign)
    {
        var start = _at;
        var digits = Digits();
        // The one symbol that begins with digits: 10* and 10^, with a power that may follow.
        if (digits == "10" && Current is '*' or '^')
        {
            _at++;
            return Powered(_code[start.._at], start, sign);
        }
        var value = BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        if (value.IsZero)
            return Fail(start, "a number in a unit cannot be zero");
        _terms.Add(new(digits, UcumMeasure.Number(new(value, 1)), sign, start + 1));
        // Beyond the letter of the grammar, but UCUM's own table of example codes has /100{WBCs}.
        return Current != '{' || Annotation();
    }

    bool Symbol(int sign)
    {
        var start = _at;
        while (Current is > ' ' and <= '~' and not ('.' or '/' or '(' or ')' or '{' or '}' or '+' or '-')
            and not (>= '0' and <= '9'))
        {
            if (Current == '[')
            {
                // Anything goes between square brackets: [m/s2/Hz^(1/2)], B[10.nV].
                var close = _code.IndexOf(']', _at);
                if (close < 0)
                    return Unclosed(_at);
                _at = close;
            }
            _at++;
        }
        return Powered(_code[start.._at], start, sign);
    }

    bool Powered(string symbol, int start, int sign)
    {
        if (!_table.TryResolve(symbol, out var measure, out var complaint))
            return Fail(start, complaint);
        if (!Exponent(out var exponent))
            return false;
        _terms.Add(new(symbol, measure, exponent * sign, start + 1));
        return Current != '{' || Annotation();
    }

    bool Exponent(out int exponent)
    {
        exponent = 1;
        var start = _at;
        var negative = Current == '-';
        if (Current is '+' or '-')
            _at++;
        var digits = Digits();
        if (digits.Length == 0)
            return start == _at || Fail(_at, "the digits of an exponent were expected");
        if (!int.TryParse(digits, CultureInfo.InvariantCulture, out exponent) || exponent > ExponentMax)
            return Fail(start, $"an exponent is at most {ExponentMax}");
        exponent = negative ? -exponent : exponent;
        return true;
    }

    string Digits()
    {
        var start = _at;
        while (Current is >= '0' and <= '9')
            _at++;
        return _code[start.._at];
    }

    bool Unclosed(int open) => Fail(open, $"this '{_code[open]}' is not closed");

    bool Fail(int at, string text)
    {
        _error = new(at + 1, text);
        return false;
    }

    static string Name(char character) => character is > ' ' and <= '~'
        ? $"'{character}'"
        : string.Create(CultureInfo.InvariantCulture, $"the character U+{(int)character:X4}");
}
