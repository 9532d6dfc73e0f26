using FhirHub.Fhir.Definitions;

namespace FhirHub.Stores.Oracle;

/// <summary>Makes queries of a seed: every parameter in turn, alone, together, and through references.</summary>
sealed class QueryGenerator
{
    readonly Random _random;
    readonly CriterionGenerator _single;
    readonly JoinGenerator _joins;
    readonly FilterGenerator _filters;

    /// <summary>Parameters in turn, so that even a short run reaches each of them.</summary>
    readonly List<(string Type, SearchParameterSchema Parameter)> _parameters =
    [
        .. from type in OracleData.Types
           from parameter in OracleParameters.Of(type).Values
           from turn in Enumerable.Range(0, Turns(parameter))
           select (type, parameter),
    ];

    int _next;

    internal QueryGenerator(OracleWorld world, Random random)
    {
        _random = random;
        _single = new CriterionGenerator(world, random);
        _joins = new JoinGenerator(world, _single, random);
        _filters = new FilterGenerator(world, random);
    }

    internal OracleQuery Next()
    {
        var (type, parameter) = _parameters[_next++ % _parameters.Count];
        var criteria = new List<OracleCriterion> { Special(type) ?? _single.Make(type, parameter) };
        while (_random.Next(4) == 0 && criteria.Count < 3)
        {
            criteria.Add(Special(type) ?? _single.Any(type));
        }

        return new OracleQuery(type, criteria);
    }

    /// <summary>Rare kinds of parameter get more turns, or some of their prefixes never came up.</summary>
    static int Turns(SearchParameterSchema parameter) => parameter.Type switch
    {
        SearchParameterType.Number or SearchParameterType.Composite or SearchParameterType.Special => 4,
        SearchParameterType.Quantity => 3,
        SearchParameterType.Date => 2,
        _ => 1,
    };

    OracleCriterion? Special(string type) => _random.Next(16) switch
    {
        0 or 1 => _joins.Chain(type),
        2 => _joins.Has(type),
        3 => new OracleCriterion("_list", Pool.Of(_random, Pool.Ids), "_list"),
        4 => _filters.Make(type),
        _ => null,
    };
}
