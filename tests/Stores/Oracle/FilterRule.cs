using System.Text.Json;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Stores.Oracle;

/// <summary>
/// Reads and decides a filter expression in one go: https://hl7.org/fhir/R4/search_filter.html
/// </summary>
sealed class FilterRule(OracleEvaluator oracle, string text)
{
    int _at;

    internal static bool Matches(OracleEvaluator oracle, OracleResource resource, string filter)
    {
        var rule = new FilterRule(oracle, filter);
        var truth = rule.Filter()(resource);
        return rule._at == filter.Length ? truth : throw new FormatException($"The filter goes on at {rule._at}.");
    }

    /// <summary>Terms joined by <c>and</c> and <c>or</c>, from left to right and none before the other.</summary>
    Func<OracleResource, bool> Filter()
    {
        var left = Term();
        while (true)
        {
            var (one, before) = (left, _at);
            switch (Word())
            {
                case "and":
                    var both = Term();
                    left = resource => one(resource) && both(resource);
                    break;
                case "or":
                    var other = Term();
                    left = resource => one(resource) || other(resource);
                    break;
                default:
                    _at = before;
                    return left;
            }
        }
    }

    Func<OracleResource, bool> Term()
    {
        Spaces();
        if (Take('('))
        {
            return Closed(')');
        }

        var start = _at;
        if (Word() == "not")
        {
            Spaces();
            if (Take('('))
            {
                var inner = Closed(')');
                return resource => !inner(resource);
            }
        }

        _at = start;
        return Test();
    }

    Func<OracleResource, bool> Closed(char end)
    {
        var inner = Filter();
        Spaces();
        return Take(end) ? inner : throw new FormatException($"A {end} is missing at {_at}.");
    }

    /// <summary>A path, an operation and a value; each step but the last may have a filter of its own.</summary>
    Func<OracleResource, bool> Test()
    {
        Spaces();
        var name = Word();
        var inner = Take('[') ? Closed(']') : null;
        if (Take('.'))
        {
            var rest = Test();
            return resource => OracleParameters.Find(resource.Type, name) is { } link
                && oracle.Targets(resource, link).Any(target => (inner is null || inner(target)) && rest(target));
        }

        Spaces();
        var operation = Word();
        Spaces();
        var value = Value();
        return resource => OracleParameters.Find(resource.Type, name) is { } parameter
            && Decide(resource, parameter, operation, value);
    }

    bool Decide(OracleResource resource, SearchParameterSchema parameter, string operation, string value)
    {
        var elements = OracleWorld.Elements(resource, parameter)
            .Where(element => OracleEvaluator.Fits(parameter, element)).ToList();
        return operation switch
        {
            "pr" => elements.Count > 0 == (value == "true"),
            "ni" => !elements.Any(element => oracle.Concepts.Holds(element, Escaped(value))),
            _ => elements.Any(element => Decide(resource, parameter, element, operation, value)),
        };
    }

    bool Decide(
        OracleResource resource, SearchParameterSchema parameter, Element element, string operation, string value) =>
        (parameter.Type, operation) switch
        {
            (SearchParameterType.String, _) => StringRule.Parts(element)
                .Any(part => Text(Folding.Fold(part), operation, Folding.Fold(value))),
            (SearchParameterType.Date, "po") => DateRule.Target(element) is { } target
                && DateRule.Read(value) is { } searched && searched.Overlaps(target),
            (SearchParameterType.Date or SearchParameterType.Number or SearchParameterType.Quantity, _) =>
                oracle.Meets(resource, parameter, element, null, operation + Escaped(value)),
            (_, "ne") => !oracle.Meets(resource, parameter, element, null, Escaped(value)),
            (SearchParameterType.Token, "in") => oracle.Concepts.Holds(element, Escaped(value)),
            (SearchParameterType.Token, "ss") => oracle.Concepts.Subsumes(element, Escaped(value), isBelow: true),
            (SearchParameterType.Token, "sb") => oracle.Concepts.Subsumes(element, Escaped(value), isBelow: false),
            _ => oracle.Meets(resource, parameter, element, null, Escaped(value)),
        };

    static bool Text(string part, string operation, string value) => operation switch
    {
        "eq" => part == value,
        "ne" => part != value,
        "co" => part.Contains(value, StringComparison.Ordinal),
        "sw" => part.StartsWith(value, StringComparison.Ordinal),
        "ew" => part.EndsWith(value, StringComparison.Ordinal),
        _ => throw new FormatException($"Strings have no {operation}."),
    };

    /// <summary>A filter knows none of search's escapes; only the bar keeps its meaning.</summary>
    static string Escaped(string value) =>
        SearchText.Escape(value).Replace("\\|", "|", StringComparison.Ordinal);

    string Value()
    {
        var start = _at;
        if (!Take('"'))
        {
            while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] is not (')' or ']'))
            {
                _at++;
            }

            return text[start.._at];
        }

        while (text[_at] != '"')
        {
            _at += text[_at] == '\\' ? 2 : 1;
        }

        return JsonSerializer.Deserialize<string>(text[start..++_at])!; // it stands in quotes
    }

    string Word()
    {
        Spaces();
        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '_' or '-'))
        {
            _at++;
        }

        return text[start.._at];
    }

    bool Take(char wanted)
    {
        var found = _at < text.Length && text[_at] == wanted;
        _at += found ? 1 : 0;
        return found;
    }

    void Spaces()
    {
        while (_at < text.Length && text[_at] == ' ')
        {
            _at++;
        }
    }
}
