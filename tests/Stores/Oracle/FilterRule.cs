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
        var links = new List<(string Name, Func<OracleResource, bool>? Inner)>();
        Spaces();
        var name = Word();
        while (_at < text.Length && text[_at] is '[' or '.')
        {
            links.Add((name, Take('[') ? Closed(']') : null));
            name = Take('.') ? Word() : throw new FormatException($"A point is missing at {_at}.");
        }

        Spaces();
        var operation = Word();
        Spaces();
        var value = Value();

        if (name is "_text" or "_content")
        {
            return resource => links.Aggregate((IEnumerable<OracleResource>)[resource], Follow)
                .Any(last => TextRule.Matches(last, name == "_text", SearchText.Escape(value)));
        }

        // "Evaluated against the set of values produced by evaluating the param path", which is one set.
        return resource => Decide(
            links.Aggregate((IEnumerable<OracleResource>)[resource], Follow)
                .SelectMany(last => OracleParameters.Find(last.Type, name) is { } parameter
                    ? OracleWorld.Elements(last, parameter).Where(element => OracleEvaluator.Fits(parameter, element))
                        .Select(element => (last, parameter, element))
                    : []),
            operation,
            value);
    }

    IEnumerable<OracleResource> Follow(
        IEnumerable<OracleResource> sources, (string Name, Func<OracleResource, bool>? Inner) link) =>
        from resource in sources
        let parameter = OracleParameters.Find(resource.Type, link.Name)
        where parameter is not null
        from target in oracle.Targets(resource, parameter)
        where link.Inner is null || link.Inner(target)
        select target;

    bool Decide(
        IEnumerable<(OracleResource Resource, SearchParameterSchema Parameter, Element Element)> set,
        string operation,
        string value) => operation switch
        {
            "pr" => set.Any() == (value == "true"),
            "ni" => !set.Any(item => oracle.Concepts.Holds(item.Element, value)),
            _ => set.Any(item => Decide(item.Resource, item.Parameter, item.Element, operation, value)),
        };

    bool Decide(
        OracleResource resource, SearchParameterSchema parameter, Element element, string operation, string value) =>
        (parameter.Type, operation) switch
        {
            (SearchParameterType.String, "sw") => oracle.Meets(resource, parameter, element, null, Escaped(value)),
            (SearchParameterType.String, _) => StringRule.Parts(element)
                .Concat(operation is "co" or "eq" && element.Type == "HumanName"
                    ? [.. NameRule.Wholes(element), .. NameRule.Words("name", element)]
                    : [])
                .Any(part => Text(Folding.Fold(part), operation, Folding.Fold(value))),
            (SearchParameterType.Date, "po") => DateRule.Target(element) is { } target
                && DateRule.Read(value) is { } searched && searched.Overlaps(target),
            (SearchParameterType.Date, "co") => DateRule.Target(element) is { } target
                && DateRule.Read(value) is { } searched && target.Contains(searched),
            (SearchParameterType.Number, "co") => NumberRule.Read(value) is { } number
                && NumberRule.Target(element) is { } interval && interval.Holds(number.Value),
            (SearchParameterType.Quantity, "co") => QuantityRule.Holds(element, value),
            (SearchParameterType.Date or SearchParameterType.Number or SearchParameterType.Quantity, _) =>
                oracle.Meets(resource, parameter, element, null, operation + value),
            // Ids that differ in case are two.
            _ when parameter.Code == "_id" => (element.Text == value) == (operation == "eq"),
            (SearchParameterType.Token, "ne") => TokenRule.AnyOther(element, value),
            (SearchParameterType.Token, "in") => oracle.Concepts.Holds(element, value),
            (SearchParameterType.Token, "ss") => oracle.Concepts.Subsumes(element, value, isBelow: true),
            (SearchParameterType.Token, "sb") => oracle.Concepts.Subsumes(element, value, isBelow: false),
            (SearchParameterType.Token, _) => oracle.Meets(resource, parameter, element, null, value),
            (_, "ne") => !oracle.Meets(resource, parameter, element, null, Escaped(value)),
            _ => oracle.Meets(resource, parameter, element, null, Escaped(value)),
        };

    static bool Text(string part, string operation, string value) => operation switch
    {
        "eq" => part == value,
        "ne" => part != value,
        "co" => part.Contains(value, StringComparison.Ordinal),
        "sw" => part.StartsWith(value, StringComparison.Ordinal),
        "ew" => part.EndsWith(value, StringComparison.Ordinal),
        "gt" => part.Length > 0 && First(part) > First(value),
        "lt" => part.Length > 0 && First(part) < First(value),
        "ge" => part.Length > 0 && First(part) >= First(value),
        "le" => part.Length > 0 && First(part) <= First(value),
        _ => throw new FormatException($"Strings have no {operation}."),
    };

    /// <summary>"Based on … code points of starting character".</summary>
    static int First(string text) => char.ConvertToUtf32(text, 0);

    /// <summary>URLs know none of search's escapes here; only the bar keeps its meaning.</summary>
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
