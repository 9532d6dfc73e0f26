using System.Text.Json.Nodes;

namespace FhirHub.Stores.Oracle;

/// <summary>Gives value sets and code systems URLs of their own and content that the data's codes are in.</summary>
static class TerminologyFiller
{
    /// <summary>The systems of the pool that a stored code system defines, by the id of that resource.</summary>
    static readonly Dictionary<string, string> Defined = new()
    {
        ["a0"] = "http://a.example/cs",
        ["a1"] = "http://a.example/CS",
        ["A1"] = "urn:oid:1.2.3",
    };

    /// <summary>The systems whose codes have places in a hierarchy.</summary>
    internal static IReadOnlyList<string> Systems { get; } = [.. Defined.Values];

    /// <summary>Whether searches name it, and could not be answered without it.</summary>
    internal static bool IsAskedFor(string type, string id) =>
        type == "ValueSet" ? Pool.Ids.Contains(id) : type == "CodeSystem" && Defined.ContainsKey(id);

    internal static void Complete(JsonObject resource, Random random)
    {
        var id = (string)resource["id"]!; // every resource here has one
        switch ((string?)resource["resourceType"])
        {
            case "CodeSystem":
                resource["url"] = Defined.GetValueOrDefault(id, $"http://a.example/fhir/CodeSystem/{id}");
                resource["content"] = "complete";
                resource["caseSensitive"] = true;
                if (Defined.ContainsKey(id))
                {
                    resource["concept"] = Tree(Pool.Codes, random);
                }

                break;
            case "ValueSet":
                resource["url"] = $"http://a.example/fhir/ValueSet/{id}";
                resource["compose"] = Compose(random);
                break;
        }
    }

    /// <summary>All codes of the pool, each below one of those before it or at the top.</summary>
    static JsonArray Tree(string[] codes, Random random)
    {
        var top = new JsonArray();
        var lists = new List<JsonArray> { top };
        foreach (var code in codes)
        {
            var concept = new JsonObject { ["code"] = code };
            lists[random.Next(lists.Count)].Add(concept);
            var below = new JsonArray();
            concept["concept"] = below;
            lists.Add(below);
        }

        foreach (var concept in lists.SelectMany(list => list).OfType<JsonObject>().ToList())
        {
            if (concept["concept"] is JsonArray { Count: 0 })
            {
                concept.Remove("concept");
            }
        }

        return top;
    }

    static JsonObject Compose(Random random)
    {
        var compose = new JsonObject
        {
            ["include"] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Part(random))]),
        };
        if (random.Next(3) == 0)
        {
            compose["exclude"] = new JsonArray(Part(random));
        }

        return compose;
    }

    static JsonObject Part(Random random)
    {
        var part = new JsonObject { ["system"] = Pool.Of(random, [.. Defined.Values]) };
        switch (random.Next(3))
        {
            case 0:
                part["filter"] = new JsonArray(new JsonObject
                {
                    ["property"] = "concept",
                    ["op"] = "is-a",
                    ["value"] = Pool.Of(random, Pool.Codes),
                });
                break;
            case 1:
                part["concept"] = new JsonArray([.. Pool.Codes.Where(_ => random.Next(3) == 0).Append(Pool.Codes[0])
                    .Distinct().Select(code => new JsonObject { ["code"] = code })]);
                break;
        }

        return part;
    }
}
