using FhirHub.Core.Storage;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Stores.Oracle;

/// <summary>Makes queries of a seed: every parameter in turn, alone, together, and through references.</summary>
sealed class QueryGenerator
{
    readonly Random _random;
    readonly CriterionGenerator _single;
    readonly JoinGenerator _joins;
    readonly FilterGenerator _filters;
    readonly ControlGenerator _controls;
    readonly TextGenerator _texts;
    readonly Random _turns;

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
        _controls = new ControlGenerator(world, random);
        // With numbers of their own, because they were not there when the seed of everybody's run was found to be good.
        _turns = new Random(20261127);
        _texts = new TextGenerator(world, _turns);
    }

    internal OracleQuery Next()
    {
        var (type, parameter) = _parameters[_next++ % _parameters.Count];
        var criteria = new List<OracleCriterion> { Special(type) ?? _single.Make(type, parameter) };
        while (_random.Next(4) == 0 && criteria.Count < 3)
        {
            criteria.Add(Special(type) ?? _single.Any(type));
        }

        if (_turns.Next(8) == 0)
        {
            criteria = _turns.Next(2) == 0 ? [_texts.Make(type)] : [.. criteria, _texts.Make(type)];
        }

        var query = new OracleQuery(type, criteria);
        return _random.Next(8) switch
        {
            0 => query with { Controls = _controls.Make(type) },
            1 => query with { Count = _random.Next(1, 9), Controls = _controls.Make(type) },
            2 when Compartment(type) is { } focus => query with { Within = focus },
            3 => Everywhere(query),
            _ => query,
        };
    }

    /// <summary>
    /// A query about resources inside others: without words, which are those of the whole, and unsorted, because the
    /// oracle knows no order of containers.
    /// </summary>
    internal OracleQuery NextContained()
    {
        for (; ; )
        {
            var query = Next();
            if (query.Criteria.Any(part => part.Class.Contains("_text", StringComparison.Ordinal)
                || part.Class.Contains("_content", StringComparison.Ordinal)))
            {
                continue;
            }

            var returnsContained = _turns.Next(2) == 0;
            return query with
            {
                Contained = Pool.Of(_turns, ["true", "both"]),
                ReturnsContained = returnsContained,
                Controls = returnsContained ? [] : [.. query.Controls.Where(control => control.Name != "_sort")],
            };
        }
    }

    Compartment? Compartment(string type) =>
        FhirSchema.R4.Compartments.Where(compartment => compartment.Members.ContainsKey(type)
            && OracleData.Types.Contains(compartment.Type)).ToList() is { Count: > 0 } known
            ? new Compartment(Pool.Of(_random, known).Type, Pool.Of(_random, Pool.Ids))
            : null;

    /// <summary>A search of several types at once, by what all of them have.</summary>
    OracleQuery Everywhere(OracleQuery query)
    {
        string[] common = ["_id", "_lastUpdated", "_tag", "_profile", "_security", "_source"];
        var code = Pool.Of(_random, common);
        var types = Enumerable.Range(0, 3).Select(_ => Pool.Of(_random, OracleData.Types)).Distinct();
        return new OracleQuery(
            "",
            [
                new OracleCriterion("_type", string.Join(',', types), "_type"),
                _single.Make(query.Type, OracleParameters.Of(query.Type)[code]),
            ]);
    }

    /// <summary>Rare kinds of parameter get more turns, or some of their prefixes never came up.</summary>
    static int Turns(SearchParameterSchema parameter) => parameter.Type switch
    {
        SearchParameterType.Composite => 8,
        SearchParameterType.Number or SearchParameterType.Special => 4,
        SearchParameterType.Quantity or SearchParameterType.Date => 3,
        _ => 2,
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
