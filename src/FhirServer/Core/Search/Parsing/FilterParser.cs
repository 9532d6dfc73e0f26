using static FhirHub.Core.Search.Parsing.FilterLexer;

namespace FhirHub.Core.Search.Parsing;

/// <summary>
/// The grammar of filters: https://hl7.org/fhir/R4/search_filter.html. Terms are taken from left to right, and neither
/// <c>and</c> nor <c>or</c> comes before the other.
/// </summary>
sealed class FilterParser
{
    const int LengthMax = 20_000;
    const int DepthMax = 20;
    const int TestsMax = 100;
    const int LinksMax = 10;

    const string Operations = "eq, ne, co, sw, ew, gt, lt, ge, le, ap, sa, eb, pr, po, ss, sb, in, ni or re";

    readonly FilterLexer _lexer;
    int _tests;

    FilterParser(string text) => _lexer = new FilterLexer(text);

    internal static FilterNode Read(string text)
    {
        if (text.Length > LengthMax)
        {
            throw Wrong(LengthMax + 1, $"a filter has at most {LengthMax} characters.");
        }

        var parser = new FilterParser(text);
        var filter = parser.Filter(0);
        return parser._lexer.IsAtEnd ? filter : throw parser._lexer.Expected("'and', 'or' or the end of the filter");
    }

    FilterNode Filter(int depth)
    {
        var left = Term(depth);
        while (true)
        {
            _lexer.Spaces();
            if (_lexer.TakeWord("and"))
            {
                var right = Term(depth);
                left = new FilterNode.And(left is FilterNode.And all ? [.. all.Parts, right] : [left, right]);
            }
            else if (_lexer.TakeWord("or"))
            {
                var right = Term(depth);
                left = new FilterNode.Or(left is FilterNode.Or any ? [.. any.Parts, right] : [left, right]);
            }
            else
            {
                return left;
            }
        }
    }

    FilterNode Term(int depth)
    {
        if (depth > DepthMax)
        {
            throw _lexer.Expected($"no more than {DepthMax} filters within one another: a simpler filter");
        }

        _lexer.Spaces();
        return _lexer.Take('(') ? Closed(depth, ')')
            : _lexer.TakeWord("not") ? new FilterNode.Not(Term(depth + 1))
            : Test(depth);
    }

    FilterNode Closed(int depth, char end)
    {
        var filter = Filter(depth + 1);
        return _lexer.Take(end) ? filter : throw _lexer.Expected($"'and', 'or' or '{end}'");
    }

    FilterNode.Test Test(int depth)
    {
        if (++_tests > TestsMax)
        {
            throw _lexer.Expected($"no more than {TestsMax} tests: a shorter filter");
        }

        // 1. The path: names with points between them, each but the last with a filter of its own if need be.
        var links = new List<FilterLink>();
        var name = Name();
        while (true)
        {
            var inner = _lexer.Take('[') ? Closed(depth, ']') : null;
            if (!_lexer.Take('.'))
            {
                if (inner is not null)
                {
                    throw _lexer.Expected("a point and the name of a parameter of what the brackets are about");
                }

                break;
            }

            links.Add(new FilterLink(name, inner));
            if (links.Count > LinksMax)
            {
                throw _lexer.Expected($"no more than {LinksMax} links: a shorter path");
            }

            name = Name();
        }

        // 2. The operation, whose name ends where the space before the value begins.
        _lexer.Spaces();
        var operation = _lexer.Word();
        operation = operation with { Text = operation.Text.ToLowerInvariant() };
        if (!IsOperation(operation.Text))
        {
            throw Wrong(operation.Place, $"an operation is expected here: {Operations}.");
        }

        // 3. The value; an empty one can be written as a text in quotes only.
        _lexer.Spaces();
        var isThere = !_lexer.IsAtEnd;
        var value = _lexer.Value();
        return isThere && value.Place > operation.Place + operation.Text.Length
            ? new FilterNode.Test(links, name, operation, value)
            : throw Wrong(value.Place, $"a space and a value for '{operation.Text}' are expected here.");
    }

    FilterWord Name() =>
        _lexer.Word() is { Text.Length: > 0 } name ? name : throw _lexer.Expected("the name of a search parameter");

    static bool IsOperation(string text) => text is "eq" or "ne" or "co" or "sw" or "ew" or "gt" or "lt" or "ge" or "le"
        or "ap" or "sa" or "eb" or "pr" or "po" or "ss" or "sb" or "in" or "ni" or "re";
}
