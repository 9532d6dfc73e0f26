using System.Text.Encodings.Web;
using System.Text.Json;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Stores.Oracle;

/// <summary>Makes queries of words that are there and of others, and puts them where they may stand.</summary>
sealed class TextGenerator(OracleWorld world, Random random)
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal OracleCriterion Make(string type)
    {
        var name = random.Next(2) == 0 ? "_text" : "_content";
        switch (random.Next(8))
        {
            case 0:
                var query = JsonSerializer.Serialize(Query(type, name, 0), Plain);
                var test = $"{name} co {query}";
                return new OracleCriterion(
                    "_filter",
                    Pool.Of(random, [test, $"not ({test})", $"{test} or _id eq a1", $"_id pr true and {test}"]),
                    $"_filter {name}/co");
            case 1 when Link(type) is { } link:
                return Of($"{link.Code}:{link.Target}.{name}", link.Target, name, $"chain {name}");
            case 2 when Referrer(type) is { } source:
                return Of($"_has:{source.Type}:{source.Code}:{name}", source.Type, name, $"_has {name}");
            default:
                return Of(name, type, name, name);
        }
    }

    OracleCriterion Of(string name, string type, string code, string label)
    {
        var value = SearchText.Escape(Query(type, code, 0));
        return random.Next(6) == 0
            ? new OracleCriterion(name, $"{value},{SearchText.Escape(Query(type, code, 0))}", $"{label}+or")
            : new OracleCriterion(name, value, label);
    }

    /// <summary>Always with something to look for, because NOT alone is refused.</summary>
    string Query(string type, string name, int depth) => (depth < 3 ? random.Next(8) : 7) switch
    {
        0 => $"{Query(type, name, depth + 1)} {Pool.Of(random, ["OR", "or"])} {Query(type, name, depth + 1)}",
        1 => $"{Query(type, name, depth + 1)} {Pool.Of(random, ["", "AND", "and"])} {Query(type, name, depth + 1)}",
        2 => $"({Query(type, name, depth + 1)}) {Word(type, name)}",
        3 => $"{Word(type, name)} NOT {Word(type, name)}",
        4 => $"{Word(type, name)} NOT ({Word(type, name)} OR {Word(type, name)})",
        _ => Word(type, name),
    };

    string Word(string type, string name)
    {
        var phrase = random.Next(5) == 0 ? Pool.Of(random, Pool.Words) : Drawn(type, name);
        var plain = new string([.. phrase.Select(c => c is '"' or '(' or ')' or '*' ? ' ' : c)]);
        if (TextRule.Words(plain).Count == 0)
        {
            return "wang";
        }

        return random.Next(5) switch
        {
            0 or 1 => $"\"{plain}\"",
            2 when plain.AsSpan().Trim().IndexOf(' ') < 0 && char.IsAsciiLetterOrDigit(plain[0]) =>
                plain[..random.Next(1, plain.Length + 1)] + "*",
            _ when plain.Trim() is "NOT" or "AND" or "OR" or "and" or "or" => $"\"{plain}\"",
            _ => plain,
        };
    }

    /// <summary>Some words that stand together somewhere, or a few characters of Chinese.</summary>
    string Drawn(string type, string name)
    {
        if (world.Of(type).Count == 0)
        {
            return Pool.Of(random, Pool.Words);
        }

        var resource = Pool.Of(random, world.Of(type));
        var texts = TextRule.Texts(resource, name == "_text" || random.Next(4) == 0);
        if (texts.Count == 0)
        {
            return Pool.Of(random, Pool.Words);
        }

        var text = Pool.Of(random, texts);
        var start = random.Next(text.Count);
        var count = random.Next(1, Math.Min(4, text.Count - start + 1));
        return string.Concat(text.Skip(start).Take(count).Select((word, i) =>
            i == 0 || word.IsJoined ? word.Text : (word.IsChinese ? "-" : " ") + word.Text));
    }

    (string Code, string Target)? Link(string type)
    {
        var links = References(type).SelectMany(parameter => parameter.Targets
            .Where(target => world.Of(target).Count > 0).Select(target => (parameter.Code, target))).ToList();
        return links.Count == 0 ? null : Pool.Of(random, links);
    }

    (string Type, string Code)? Referrer(string type)
    {
        var links = (from source in OracleData.Types
                     from parameter in References(source)
                     where parameter.Targets.Contains(type)
                     select (source, parameter.Code)).ToList();
        return links.Count == 0 ? null : Pool.Of(random, links);
    }

    static IEnumerable<SearchParameterSchema> References(string type) =>
        OracleParameters.Of(type).Values.Where(parameter => parameter.Type == SearchParameterType.Reference);
}
