using FhirHub.Fhir.Definitions;

namespace FhirHub.Stores.Oracle;

/// <summary>Makes criteria that follow references, forwards and backwards, several steps deep.</summary>
sealed class JoinGenerator(OracleWorld world, CriterionGenerator single, Random random)
{
    const int StepsMax = 3;

    /// <summary>A chained criterion on a type; null when the type refers to nothing known.</summary>
    internal OracleCriterion? Chain(string type, int steps = 1)
    {
        var links = References(type).Where(link => Known(link).Any()).ToList();
        if (links.Count == 0)
        {
            return null;
        }

        var parameter = Pool.Of(random, links);
        var targets = Known(parameter).ToList();
        var target = Pool.Of(random, targets);
        var rest = Rest(target, steps);
        if (rest is null)
        {
            return null;
        }

        // Without the type a chain is plain only where the rest means the same on everything it may lead to.
        var isPlain = targets.Count == 1 || (random.Next(2) == 0 && MeansOne(rest.Name, parameter.Targets));
        var name = isPlain ? parameter.Code : $"{parameter.Code}:{target}";
        return new OracleCriterion($"{name}.{rest.Name}", rest.Value, $"chain {rest.Class}");
    }

    /// <summary>A criterion on what refers to a type; null when nothing does.</summary>
    internal OracleCriterion? Has(string type, int steps = 1)
    {
        var source = Pool.Of(random, OracleData.Types);
        var fitting = References(source).Where(parameter => Known(parameter).Contains(type)).ToList();
        if (fitting.Count == 0 || Rest(source, steps) is not { } rest)
        {
            return null;
        }

        return new OracleCriterion(
            $"_has:{source}:{Pool.Of(random, fitting).Code}:{rest.Name}", rest.Value, $"_has {rest.Class}");
    }

    OracleCriterion? Rest(string type, int steps) => (steps < StepsMax ? random.Next(5) : 4) switch
    {
        0 => Chain(type, steps + 1),
        1 => Has(type, steps + 1),
        _ => single.Any(type),
    };

    IEnumerable<string> Known(SearchParameterSchema parameter) =>
        parameter.Targets.Where(target => world.Of(target).Count > 0);

    static bool MeansOne(string name, IReadOnlyList<string> targets)
    {
        var code = name.Split('.', ':')[0];
        var types = targets.Select(target => OracleParameters.Find(target, code)).OfType<SearchParameterSchema>()
            .Select(parameter => parameter.Type).Distinct();
        return !name.StartsWith('_') && !name.Contains('.', StringComparison.Ordinal) && types.Count() == 1;
    }

    static List<SearchParameterSchema> References(string type) =>
        [.. OracleParameters.Of(type).Values.Where(parameter => parameter.Type == SearchParameterType.Reference)];
}
