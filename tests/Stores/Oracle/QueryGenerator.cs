using FhirHub.Fhir.Definitions;

namespace FhirHub.Stores.Oracle;

/// <summary>Makes queries of a seed: every parameter in turn, with values that hit, nearly hit, or miss.</summary>
sealed class QueryGenerator(OracleWorld world, Random random)
{
    readonly ValueText _values = new(random);

    /// <summary>Parameters in turn, so that even a short run reaches each of them.</summary>
    readonly List<(string Type, SearchParameterSchema Parameter)> _parameters =
    [
        .. from type in OracleData.Types
           from parameter in OracleParameters.Of(type).Values
           select (type, parameter),
    ];

    int _next;

    internal OracleQuery Next()
    {
        var (type, parameter) = _parameters[_next++ % _parameters.Count];
        var criteria = new List<OracleCriterion> { Criterion(type, parameter) };
        while (random.Next(4) == 0 && criteria.Count < 3)
        {
            criteria.Add(Criterion(type, Pool.Of(random, [.. OracleParameters.Of(type).Values])));
        }

        return new OracleQuery(type, criteria);
    }

    /// <summary>One parameter of a type with a modifier it may have and a value or several.</summary>
    internal OracleCriterion Criterion(string type, SearchParameterSchema parameter)
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

        return new OracleCriterion(name, value, label);
    }

    string Value(string type, SearchParameterSchema parameter, string? modifier)
    {
        if (parameter.Code == "_id")
        {
            return Pool.Of(random, Pool.Ids);
        }

        return _values.Of(parameter, modifier, random.Next(5) == 0 ? null : Drawn(type, parameter));
    }

    /// <summary>An element that the parameter finds somewhere.</summary>
    Element? Drawn(string type, SearchParameterSchema parameter)
    {
        var resources = world.Of(type);
        for (var i = 0; i < 12; i++)
        {
            var elements = OracleWorld.Elements(Pool.Of(random, resources), parameter);
            if (elements.Count > 0)
            {
                return Pool.Of(random, elements);
            }
        }

        return null;
    }

    string? Modifier(SearchParameterSchema parameter)
    {
        if (parameter.Type is SearchParameterType.Special or SearchParameterType.Composite || random.Next(2) == 0
            || parameter.Code is "_id")
        {
            return null;
        }

        string[] fitting = parameter.Type switch
        {
            SearchParameterType.String => ["missing", "exact", "contains"],
            SearchParameterType.Token => ["missing", "not", "text"],
            SearchParameterType.Uri => ["missing", "below", "above"],
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

    static string Kind(SearchParameterSchema parameter) => parameter.Code.StartsWith('_') || parameter.Code == "near"
        ? parameter.Code
        : parameter.Type.ToString().ToLowerInvariant();
}
