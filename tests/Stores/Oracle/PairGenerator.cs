using FhirHub.Core.Storage;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Stores.Oracle;

/// <summary>
/// Makes a query of every two kinds of criteria together, and of every kind in every place where a criterion may stand:
/// with another value, along a reference and against it, in a compartment, in order, page by page, with what belongs
/// to what is found, and inside other resources. Each finds something and not everything, if any such query does.
/// </summary>
sealed class PairGenerator
{
    /// <summary>Of one kind on one type.</summary>
    const int CriteriaMax = 8;

    const int DrawsMax = 120;
    const int TriesMax = 60;

    static readonly string[] Places =
        ["or", "chain", "_has", "compartment", "_sort", "pages", "_include", "_revinclude", "contained"];

    readonly OracleEvaluator _oracle;
    readonly Random _random;
    readonly CriterionGenerator _single;
    readonly JoinGenerator _joins;
    readonly FilterGenerator _filters;
    readonly TextGenerator _texts;

    /// <summary>By kind and type some criteria that find something and not everything.</summary>
    readonly SortedDictionary<string, Dictionary<string, List<OracleCriterion>>> _kinds = new(StringComparer.Ordinal);

    readonly List<string> _gaps = [];

    int _good;

    internal PairGenerator(OracleEvaluator oracle, Random random)
    {
        _oracle = oracle;
        _random = random;
        _single = new CriterionGenerator(oracle.World, random);
        _joins = new JoinGenerator(oracle.World, _single, random);
        _filters = new FilterGenerator(oracle.World, random);
        _texts = new TextGenerator(oracle.World, random);
        foreach (var type in OracleData.Types)
        {
            foreach (var parameter in OracleParameters.Of(type).Values)
            {
                Collect(type, () => _single.Make(type, parameter));
            }

            Collect(type, () => _joins.Chain(type));
            Collect(type, () => _joins.Has(type));
            Collect(type, () => _filters.Make(type));
            Collect(type, () => _texts.Make(type));
            Collect(type, () => new OracleCriterion("_list", Pool.Of(_random, Pool.Ids), "_list"));
        }
    }

    /// <summary>The kinds of which some criterion alone finds something and not everything.</summary>
    internal IEnumerable<string> Kinds => _kinds.Keys.Where(kind => _kinds[kind].Values.Any(list => list.Count > 0));

    /// <summary>The pairs that no query was found for that finds something and not everything.</summary>
    internal IReadOnlyList<string> Gaps => _gaps;

    /// <summary>How many pairs there are of which one is known.</summary>
    internal int Good => _good;

    internal IEnumerable<OracleQuery> Queries()
    {
        var kinds = _kinds.Keys.ToList();
        var pairs = from i in Enumerable.Range(0, kinds.Count)
                    from other in kinds.Skip(i)
                    select Best($"{kinds[i]} & {other}", Together(kinds[i], other));
        var places = from kind in kinds
                     from place in Places
                     where Fits(kind, place)
                     select Best($"{kind} in {place}", Tried(kind, place));
        return pairs.Concat(places).OfType<OracleQuery>();
    }

    void Collect(string type, Func<OracleCriterion?> make)
    {
        for (var draw = 0; draw < DrawsMax; draw++)
        {
            if (make() is not { } criterion)
            {
                return;
            }

            if (!_kinds.TryGetValue(Kind(criterion), out var types))
            {
                _kinds.Add(Kind(criterion), types = new Dictionary<string, List<OracleCriterion>>(StringComparer.Ordinal));
            }

            if (!types.TryGetValue(type, out var list))
            {
                types.Add(type, list = []);
            }

            // What every resource has finds all or nothing, and changes nothing or everything beside another.
            if (list.Count < CriteriaMax && (FindsSome(Alone(type, criterion)) || IsOfAll(criterion)))
            {
                list.Add(criterion);
            }
        }
    }

    static bool IsOfAll(OracleCriterion criterion) =>
        criterion is { Name: "_id:missing" or "_lastUpdated:missing", Value: "false" };

    /// <summary>What a criterion is an example of, whatever it leads to and however many values it has.</summary>
    static string Kind(OracleCriterion criterion)
    {
        var label = criterion.Class.Replace("+or", "", StringComparison.Ordinal);
        return label.Split(' ')[0] switch
        {
            "chain" or "_has" or "_filter" => label.Split(' ')[0],
            var own when own[0] == '_' && own.Contains(':', StringComparison.Ordinal)
                && own.Split(':')[0] is "_tag" or "_security" => $"token:{own.Split(':')[1]}",
            var own => own,
        };
    }

    OracleCriterion? Draw(string kind, string type) =>
        _kinds[kind].GetValueOrDefault(type) is { Count: > 0 } list ? Pool.Of(_random, list) : null;

    /// <summary>Each two of the kinds on a type that has both.</summary>
    IEnumerable<OracleQuery> Together(string kind, string other) =>
        from type in _kinds[kind].Keys.Where(_kinds[other].ContainsKey)
        from one in _kinds[kind][type]
        from two in _kinds[other][type]
        select new OracleQuery(type, [one, two]);

    IEnumerable<OracleQuery> Tried(string kind, string place)
    {
        var types = _kinds[kind].Where(type => type.Value.Count > 0).Select(type => type.Key).ToList();
        for (var tried = 0; tried < TriesMax && types.Count > 0; tried++)
        {
            var type = Pool.Of(_random, types);
            if (In(place, kind, type, Pool.Of(_random, _kinds[kind][type])) is { } query)
            {
                yield return query;
            }
        }
    }

    /// <summary>The first query that finds something and not everything; else the last one.</summary>
    OracleQuery? Best(string name, IEnumerable<OracleQuery> queries)
    {
        OracleQuery? last = null;
        foreach (var query in queries)
        {
            if (FindsSome(query))
            {
                _good++;
                return query;
            }

            last = query;
        }

        _gaps.Add(last is null ? $"{name}: never asked" : name);
        return last;
    }

    bool FindsSome(OracleQuery query)
    {
        var found = _oracle.Find(query).Count;
        return found > 0 && found < _oracle.World.Of(query.Type).Count;
    }

    OracleQuery? In(string place, string kind, string type, OracleCriterion criterion) => place switch
    {
        "or" => Draw(kind, type) is { } other && other.Name == criterion.Name
            ? Alone(type, criterion with { Value = $"{criterion.Value},{other.Value}" })
            : null,
        "chain" => Link(Pool.Of(_random, OracleData.Types), type) is var (source, link)
            ? Alone(source, new OracleCriterion($"{link.Code}:{type}.{criterion.Name}", criterion.Value, $"chain {kind}"))
            : null,
        "_has" => Pool.Of(_random, OracleData.Types) is var target && Link(type, target) is var (_, link)
            ? Alone(target, new OracleCriterion($"_has:{type}:{link.Code}:{criterion.Name}", criterion.Value, $"_has {kind}"))
            : null,
        "compartment" => Focus(type) is { } focus ? Alone(type, criterion) with { Within = focus } : null,
        "_sort" => Alone(type, criterion) with { Controls = [new OracleCriterion("_sort", "-_lastUpdated", "_sort")] },
        "pages" => Alone(type, criterion) with { Count = 2 },
        "_include" => Alone(type, criterion) with { Controls = [new OracleCriterion("_include", $"{type}:*", "_include *")] },
        "_revinclude" => Alone(type, criterion) with
        {
            Controls = [new OracleCriterion("_revinclude", $"Observation:{Referring(type)}", "_revinclude")],
        },
        _ => Alone(type, criterion) with { Contained = "both", ReturnsContained = true },
    };

    /// <summary>
    /// Several values make no sense of what is true or false or has its own "or"; contained resources have no words.
    /// </summary>
    static bool Fits(string kind, string place) => place switch
    {
        "or" => kind != "_filter" && !kind.EndsWith(":missing", StringComparison.Ordinal),
        "contained" => kind is not ("_text" or "_content" or "_filter" or "chain" or "_has"),
        _ => true,
    };

    static OracleQuery Alone(string type, OracleCriterion criterion) => new(type, [criterion]);

    /// <summary>By what an observation can refer to the type; the focus is anything.</summary>
    static string Referring(string type) =>
        OracleParameters.Find("Observation", "subject")!.Targets.Contains(type) ? "subject" : "focus";

    /// <summary>A parameter by which resources of the one type refer to the other.</summary>
    (string Source, SearchParameterSchema Link)? Link(string source, string target)
    {
        var links = OracleParameters.Of(source).Values.Where(parameter => parameter.Type == SearchParameterType.Reference
            && parameter.Targets.Contains(target)).ToList();
        return links.Count > 0 ? (source, Pool.Of(_random, links)) : null;
    }

    Compartment? Focus(string type) =>
        FhirSchema.R4.Compartments.Where(compartment => compartment.Members.ContainsKey(type)
            && OracleData.Types.Contains(compartment.Type)).ToList() is { Count: > 0 } known
            ? new Compartment(Pool.Of(_random, known).Type, Pool.Of(_random, Pool.Ids))
            : null;
}
