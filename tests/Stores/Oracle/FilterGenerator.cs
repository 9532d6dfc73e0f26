using System.Text.Encodings.Web;
using System.Text.Json;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Stores.Oracle;

/// <summary>Makes filter expressions: tests, joined, negated, in parentheses, along references.</summary>
sealed class FilterGenerator(OracleWorld world, Random random)
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly ValueText _values = new(random);

    internal OracleCriterion Make(string type)
    {
        var (filter, label) = Filter(type, 0);
        return new OracleCriterion("_filter", filter, label);
    }

    (string Filter, string Class) Filter(string type, int depth)
    {
        switch (depth < 3 ? random.Next(6) : 5)
        {
            case 0 or 1:
                var (left, right) = (Filter(type, depth + 1), Filter(type, depth + 1));
                return (
                    $"{left.Filter} {Pool.Of(random, ["and", "or"])} {right.Filter}",
                    Labelled("_filter logic", left.Class, right.Class));
            case 2 or 3:
                var inner = Filter(type, depth + 1);
                var negation = Pool.Of(random, ["", "", "not ", "not"]);
                return ($"{negation}({inner.Filter})", Labelled("_filter logic", inner.Class));
            default:
                return random.Next(5) == 0 && Chain(type) is { } chain ? chain : Test(type);
        }
    }

    (string Filter, string Class)? Chain(string type)
    {
        var links = OracleParameters.Of(type).Values.Where(parameter => parameter.Type == SearchParameterType.Reference
            && parameter.Targets.Count == 1 && world.Of(parameter.Targets[0]).Count > 0).ToList();
        if (links.Count == 0)
        {
            return null;
        }

        var link = Pool.Of(random, links);
        var test = Test(link.Targets[0]);
        if (random.Next(3) != 0)
        {
            return ($"{link.Code}.{test.Filter}", Labelled("_filter chain", test.Class));
        }

        var within = Test(link.Targets[0]);
        return ($"{link.Code}[{within.Filter}].{test.Filter}", Labelled("_filter inner", within.Class, test.Class));
    }

    /// <summary>What asks a terminology is called so, whatever is around it.</summary>
    static string Labelled(string label, params string[] parts) =>
        Array.Find(parts, part => part[^3..] is "/in" or "/ni" or "/ss" or "/sb") ?? label;

    (string Filter, string Class) Test(string type)
    {
        var parameter = Pool.Of(random, [.. OracleParameters.Of(type).Values.Where(parameter =>
            parameter.Type is not (SearchParameterType.Composite or SearchParameterType.Special))]);
        var operation = Pool.Of(random, Operations(parameter));
        if (operation == "pr")
        {
            return ($"{parameter.Code} pr {Pool.Of(random, ["true", "false"])}", "_filter pr");
        }

        var drawn = parameter.Code == "_id" ? Pool.Of(random, Pool.Ids)
            : operation is "in" or "ni" ? Pool.Of(random, Pool.ValueSets)
            : _values.Of(
                parameter, operation switch { "ss" => "below", "sb" => "above", _ => null }, Drawn(type, parameter));
        var bare = Prefix.Take(drawn).Value;
        var value = parameter.Type is SearchParameterType.Token or SearchParameterType.Quantity
            ? bare // "the format is the same as the existing search parameter"
            : SearchText.Unescape(bare);
        var quoted = random.Next(2) == 0 || parameter.Type == SearchParameterType.String
            || value.AsSpan().IndexOfAny(" )]\"") >= 0;
        return (
            $"{parameter.Code} {operation} {(quoted ? JsonSerializer.Serialize(value, Plain) : value)}",
            $"_filter {parameter.Type.ToString().ToLowerInvariant()}/{operation}");
    }

    string[] Operations(SearchParameterSchema parameter) => parameter.Type switch
    {
        SearchParameterType.String => ["eq", "ne", "co", "sw", "ew", "gt", "lt", "ge", "le", "pr"],
        SearchParameterType.Token when parameter.Code is "code" or "category" => ["eq", "ne", "pr", "in", "ni", "ss", "sb"],
        SearchParameterType.Token => ["eq", "ne", "pr"],
        // Nothing asked for lies inside a point in time.
        SearchParameterType.Date when parameter.Code == "_lastUpdated" =>
            ["eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap", "po", "pr"],
        SearchParameterType.Date => ["eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap", "po", "co", "pr"],
        SearchParameterType.Number or SearchParameterType.Quantity =>
            ["eq", "ne", "co", "gt", "lt", "ge", "le", "sa", "eb", "ap", "pr"],
        SearchParameterType.Uri => ["eq", "ne", "pr"],
        _ => random.Next(3) == 0 ? ["pr"] : ["re"],
    };

    Element? Drawn(string type, SearchParameterSchema parameter) =>
        world.Of(type).SelectMany(resource => OracleWorld.Elements(resource, parameter)).ToList() is { Count: > 0 } found
            ? Pool.Of(random, found)
            : null;
}
