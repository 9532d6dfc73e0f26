using FhirHub.Fhir.Definitions;

namespace FhirHub.Stores.Oracle;

/// <summary>Makes what is asked of an answer: its order, and what comes with it.</summary>
sealed class ControlGenerator(OracleWorld world, Random random)
{
    internal List<OracleCriterion> Make(string type)
    {
        var controls = new List<OracleCriterion>();
        if (random.Next(3) == 0)
        {
            controls.Add(Sort(type));
        }

        while (random.Next(3) == 0 && controls.Count < 4)
        {
            controls.Add(random.Next(2) == 0 ? Include(type, controls) : Reverse(type));
        }

        return controls;
    }

    /// <summary>Only by what has one order for everybody, which codes of different systems have not.</summary>
    OracleCriterion Sort(string type)
    {
        var codes = OracleParameters.Of(type).Values
            .Where(parameter => parameter.Code is not ("address" or "name" or "phonetic")
                || Decisions.OnlyStatedTextIsSorted)
            .Where(parameter => parameter.Type is SearchParameterType.String
            or SearchParameterType.Date or SearchParameterType.Number
                || parameter.Code is "_id" or "status" or "gender")
            .Select(parameter => parameter.Code).ToList();
        var keys = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pool.Of(random, codes)).Distinct()
            .Select(code => random.Next(2) == 0 ? code : $"-{code}");
        return new OracleCriterion("_sort", string.Join(',', keys), "_sort");
    }

    OracleCriterion Include(string type, List<OracleCriterion> sofar)
    {
        // A second include may start at what the first one brought.
        var isNext = sofar.Count > 0 && random.Next(2) == 0;
        var source = isNext ? Pool.Of(random, OracleData.Types) : type;
        var links = References(source).ToList();
        if (links.Count == 0 || random.Next(6) == 0)
        {
            return Of("_include", $"{source}:*", isNext);
        }

        var link = Pool.Of(random, links);
        var known = link.Targets.Where(target => world.Of(target).Count > 0).ToList();
        var target = known.Count > 0 && random.Next(4) == 0 ? $":{Pool.Of(random, known)}" : "";
        return Of("_include", $"{source}:{link.Code}{target}", isNext || random.Next(4) == 0);
    }

    OracleCriterion Reverse(string type)
    {
        var links = (from source in OracleData.Types
                     from link in References(source)
                     where link.Targets.Contains(type)
                     select $"{source}:{link.Code}").ToList();
        var chosen = links.Count == 0 ? "Observation:subject" : Pool.Of(random, links);
        return Of("_revinclude", chosen, random.Next(4) == 0);
    }

    static OracleCriterion Of(string name, string value, bool isIterated) => isIterated
        ? new OracleCriterion($"{name}:iterate", value, $"{name}:iterate")
        : new OracleCriterion(name, value, value.EndsWith('*') ? $"{name} *" : name);

    static IEnumerable<SearchParameterSchema> References(string type) =>
        OracleParameters.Of(type).Values.Where(parameter => parameter.Type == SearchParameterType.Reference);
}
