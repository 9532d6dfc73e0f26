using FhirHub.Fhir.Definitions;

namespace FhirHub.Stores.Oracle;

/// <summary>Makes single criteria, with values that hit, nearly hit, or miss.</summary>
sealed class CriterionGenerator(OracleWorld world, Random random)
{
    readonly ValueText _values = new(random);
    readonly Dictionary<(string Type, string Url), List<Element>> _found = [];

    // Numbers of their own, because they were not there when the seed of everybody's run was found to be good.
    readonly Random _turns = new(20261129);

    /// <summary>A criterion on any parameter of a type.</summary>
    internal OracleCriterion Any(string type) => Make(type, Pool.Of(random, [.. OracleParameters.Of(type).Values]));

    /// <summary>One parameter of a type with a modifier it may have and a value or several.</summary>
    internal OracleCriterion Make(string type, SearchParameterSchema parameter)
    {
        var modifier = Modifier(parameter);
        var name = modifier is null ? parameter.Code : $"{parameter.Code}:{modifier}";
        var kind = Kind(parameter);
        if (modifier == "missing")
        {
            return new OracleCriterion(name, random.Next(2) == 0 ? "true" : "false", $"{kind}:missing");
        }

        var value = Value(type, parameter, modifier);
        var isType = modifier is not null && FhirSchema.R4.TryGetType(modifier, out _);
        var label = modifier is null ? kind : $"{kind}:{(isType ? "type" : modifier)}";
        if (parameter.Type is SearchParameterType.Date or SearchParameterType.Number or SearchParameterType.Quantity)
        {
            label = $"{label}/{Prefix.Take(value).Prefix}";
        }

        if (random.Next(6) == 0 && parameter.Type != SearchParameterType.Special)
        {
            value = $"{value},{Value(type, parameter, modifier)}";
            label += "+or";
        }

        // Only now, because all that comes after goes by the numbers drawn until here.
        return IsVain(type, parameter, modifier)
            ? new OracleCriterion($"{parameter.Code}:missing", "true", $"{kind}:missing")
            : new OracleCriterion(name, value, label);
    }

    string Value(string type, SearchParameterSchema parameter, string? modifier)
    {
        if (parameter.Code == "_id")
        {
            return Pool.Of(random, Pool.Ids);
        }

        return _values.Of(parameter, modifier, random.Next(5) == 0 ? null : Drawn(type, parameter, modifier));
    }

    /// <summary>An element that the parameter finds somewhere; of a composite one that has all its parts.</summary>
    Element? Drawn(string type, SearchParameterSchema parameter, string? modifier)
    {
        var elements = Found(type, parameter);
        var fitting = modifier == "of-type" ? [.. elements.Where(HasTypeCode)] : elements;
        return fitting.Count > 0 ? Pool.Of(random, fitting) : null;
    }

    List<Element> Found(string type, SearchParameterSchema parameter)
    {
        if (!_found.TryGetValue((type, parameter.Url), out var elements))
        {
            elements = [.. world.Of(type).SelectMany(resource => OracleWorld.Elements(resource, parameter))
                .Where(element => parameter.Components.All(part =>
                    ElementFinder.Component(element, part.Expression).Count > 0))];
            _found.Add((type, parameter.Url), elements);
        }

        return elements;
    }

    /// <summary>Whether a modifier asks for what no value of the parameter has, which is refused.</summary>
    bool IsVain(string type, SearchParameterSchema parameter, string? modifier) => modifier switch
    {
        "of-type" => !Found(type, parameter).Exists(element => element.Type == "Identifier"),
        "identifier" => !Found(type, parameter).Exists(element => element.Type == "Reference"),
        _ => false,
    };

    static bool HasTypeCode(Element element) => Element.Child(element.Json, "type") is { } type
        && Element.Items(type, "coding").Any(coding =>
            Element.Get(coding, "system") is not null && Element.Get(coding, "code") is not null);

    string? Modifier(SearchParameterSchema parameter)
    {
        if (parameter.Code is "_id" or "near")
        {
            string?[] own = parameter.Code == "_id" ? [null, null, "not", "missing"] : [null, null, "missing"];
            return Pool.Of(_turns, own);
        }

        if (parameter.Type is SearchParameterType.Special or SearchParameterType.Composite || random.Next(2) == 0)
        {
            return null;
        }

        string[] fitting = parameter.Type switch
        {
            SearchParameterType.String => ["missing", "exact", "contains"],
            SearchParameterType.Token when parameter.Code == "contenttype" => ["missing", "not", "below"],
            SearchParameterType.Token => Terms(parameter)
                ? ["missing", "not", "text", "of-type", "in", "not-in", "above", "below"]
                : ["missing", "not", "text"],
            SearchParameterType.Uri => ["missing", "below", "above"],
            SearchParameterType.Reference when IsCanonical(parameter) => ["missing", "below", "above"],
            SearchParameterType.Reference when parameter.Targets.Any(type => OracleParameters.PartOf(type) is not null) =>
                ["missing", "identifier", Target(parameter), "below", "above"],
            SearchParameterType.Reference => ["missing", "identifier", Target(parameter)],
            _ => ["missing"],
        };
        return Pool.Of(random, fitting);
    }

    string Target(SearchParameterSchema parameter)
    {
        var known = parameter.Targets.Where(target => world.Of(target).Count > 0).ToList();
        return known.Count > 0 ? Pool.Of(random, known) : "missing";
    }

    /// <summary>Whether a parameter finds codings or identifiers, which have systems and hierarchies.</summary>
    bool Terms(SearchParameterSchema parameter) => parameter.Code is "code" or "identifier" or "category" or "type"
        or "combo-code" or "reason-code" or "_tag" && random.Next(2) == 0;

    static bool IsCanonical(SearchParameterSchema parameter) => parameter.Code is "instantiates-canonical" or "supplements";

    static string Kind(SearchParameterSchema parameter) => parameter.Code.StartsWith('_') || parameter.Code == "near"
        ? parameter.Code
        : parameter.Type.ToString().ToLowerInvariant();
}
