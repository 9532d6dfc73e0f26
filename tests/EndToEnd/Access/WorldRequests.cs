using System.Text.Json.Nodes;
using FhirHub.Stores.Oracle;

namespace FhirHub.EndToEnd.Access;

/// <summary>
/// Makes requests of a seed: every interaction and operation, about what is seen, hidden and not there.
/// </summary>
sealed class WorldRequests
{
    static readonly string[] Operations =
    [
        "Patient/{0}/$everything?_count=4", "Patient/$everything?_count=7", "Encounter/{0}/$everything",
        "{1}/{0}/$meta", "{1}/$meta", "$meta", "ValueSet/{0}/$expand", "CodeSystem/$lookup?code=abc&system={2}",
        "CodeSystem/$validate-code?code=abc&url={2}", "CodeSystem/{0}/$validate-code?code=abc",
        "ValueSet/$expand?url={3}",
        "ValueSet/$validate-code?url={3}&code=abc&system={2}", "ConceptMap/$translate?code=abc&system={2}",
        "ConceptMap/$unmapped", "$reindex", "metadata?mode=terminology", "metadata", "EpisodeOfCare/{0}/$evaluate-risk",
        "PlanDefinition/$apply?subject=Patient/{0}", "Composition/{0}/$document",
        "CodeSystem/{0}/$compare?with=a1", "ValueSet/{0}/$compare?with=a1",
        "CodeSystem/$subsumes?codeA=abc&codeB=abcd&system={2}",
        "Patient/{0}/Observation", "Patient/{0}/*?_count=3", "Encounter/{0}/Observation?_sort=date",
    ];

    readonly Random _random;
    readonly QueryGenerator _queries;
    readonly ResourceFiller _filler;
    readonly IReadOnlyList<string> _seen;

    internal WorldRequests(OracleWorld data, IReadOnlyList<string> seen, Random random)
    {
        (_random, _seen) = (random, seen);
        _queries = new QueryGenerator(data, random);
        _filler = new ResourceFiller(random, OracleData.Types, WorldRequest.Base);
    }

    internal WorldRequest Next()
    {
        var request = _random.Next(20) switch
        {
            0 or 1 => Read(),
            2 => History(),
            3 => Operation(),
            4 => Validate(),
            5 => Bundle(),
            6 or 7 or 8 => Write(),
            9 => Conditional(),
            10 => Expunge(),
            _ => Search(),
        };
        return request with { IsOfTwo = _random.Next(4) == 0 };
    }

    string Id() => Of(Of(Pool.Ids), $"n{_random.Next(12, 30)}", "nowhere");

    /// <summary>The address of something seen, hidden, deleted, made or never there.</summary>
    string Address() => _random.Next(5) switch
    {
        0 => $"made:{_random.Next(100)}:",
        1 or 2 => Of([.. _seen]),
        _ => $"{Of(OracleData.Types)}/{Id()}",
    };

    WorldRequest Read()
    {
        var address = Address() + Of("", "", "/_history/1", "/_history/2");
        var method = _random.Next(6) == 0 ? HttpMethod.Head : HttpMethod.Get;
        var query = Of("", "", "?_summary=true", "?_format=xml", "?_elements=status");
        var condition = Of(
            ("X-None", "0"), ("If-None-Match", "W/\"1\""), ("If-Modified-Since", "Sat, 01 Jan 2050 00:00:00 GMT"));
        return new WorldRequest(method, address + query, null, condition);
    }

    WorldRequest History() => new(
        HttpMethod.Get,
        Of($"{Address()}/_history", $"{Of(OracleData.Types)}/_history", "_history") + $"?_count={_random.Next(1, 40)}");

    WorldRequest Search()
    {
        OracleQuery query;
        do
        {
            query = _random.Next(5) == 0 ? _queries.NextContained() : _queries.Next();
        }
        while (query.ToString().Contains("_lastUpdated", StringComparison.Ordinal)); // the times are others
        query = query with { Count = Of(query.Count, 0, 2, 5) };
        List<KeyValuePair<string, string>> pairs =
        [
            .. query.Pairs,
            .. Of<KeyValuePair<string, string>[]>(
                [], [], [new("_total", Of("accurate", "estimate", "none"))],
                [new("_summary", Of("true", "count", "data", "text"))],
                [new("_elements", "identifier,status")], [new("_explain", "true")]),
        ];
        var text = string.Join('&', pairs.Select(pair =>
            $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        var prefer = ("Prefer", Of("handling=strict", "handling=lenient", "handling=strict", "respond-async"));
        return _random.Next(4) == 0 && query.Within is null
            ? new WorldRequest(
                HttpMethod.Post,
                query.Type.Length == 0 ? "_search" : $"{query.Path}/_search",
                text,
                ("Content-Type", "application/x-www-form-urlencoded"),
                prefer)
            : new WorldRequest(HttpMethod.Get, $"{query.Path}?{text}", null, prefer);
    }

    WorldRequest Operation() => new(HttpMethod.Get, string.Format(
        System.Globalization.CultureInfo.InvariantCulture,
        Of(Operations),
        Id(),
        Of(OracleData.Types),
        Uri.EscapeDataString(Of(Of(Pool.Systems), $"http://a.example/fhir/CodeSystem/{Id()}")),
        Uri.EscapeDataString($"http://a.example/fhir/ValueSet/{Id()}")));

    WorldRequest Validate()
    {
        var type = Of(OracleData.Types);
        return _random.Next(2) == 0
            ? new WorldRequest(HttpMethod.Post, $"{Address()}/$validate", "")
            : new WorldRequest(HttpMethod.Post, $"{type}/$validate", Resource(type, null));
    }

    WorldRequest Expunge() => _random.Next(3) switch
    {
        0 => new WorldRequest(
            HttpMethod.Post,
            $"{Address()}/$expunge",
            """{"resourceType":"Parameters","parameter":[{"name":"expungePreviousVersions","valueBoolean":true}]}"""),
        1 => new WorldRequest(HttpMethod.Delete, $"{Address()}/_history"),
        _ => new WorldRequest(HttpMethod.Delete, $"{Address()}/_history/1"),
    };

    WorldRequest Write()
    {
        var (type, address) = (Of(OracleData.Types), Address());
        var prefer = ("Prefer", Of("return=minimal", "return=representation", "return=OperationOutcome"));
        var match = Of(("X-None", "0"), ("X-None", "0"), ("If-Match", "W/\"1\""), ("If-None-Match", "*"));
        var meta = """
            {"resourceType":"Parameters","parameter":[{"name":"meta","valueMeta":{"tag":[{"code":"seen"}]}}]}
            """;
        return _random.Next(6) switch
        {
            0 or 1 => new WorldRequest(HttpMethod.Post, type, Resource(type, null), prefer),
            2 when address.Split('/') is [var of, var id] =>
                new WorldRequest(HttpMethod.Put, address, Resource(of, id), prefer, match),
            3 => new WorldRequest(
                HttpMethod.Patch, address, Patch(), ("Content-Type", "application/json-patch+json"), prefer, match),
            4 => new WorldRequest(HttpMethod.Post, $"{address}/{Of("$meta-add", "$meta-delete")}", meta),
            _ => new WorldRequest(HttpMethod.Delete, address, null, match),
        };
    }

    WorldRequest Conditional()
    {
        var (type, search) = Condition();
        return _random.Next(4) switch
        {
            0 => new WorldRequest(HttpMethod.Post, type, Resource(type, null), ("If-None-Exist", search)),
            1 => new WorldRequest(
                HttpMethod.Put, $"{type}?{search}", Resource(type, _random.Next(2) == 0 ? null : Id())),
            2 => new WorldRequest(
                HttpMethod.Patch, $"{type}?{search}", Patch(), ("Content-Type", "application/json-patch+json")),
            _ => new WorldRequest(HttpMethod.Delete, $"{type}?{search}"),
        };
    }

    WorldRequest Bundle()
    {
        var (entries, writes) = (new JsonArray(), 0);
        for (var i = _random.Next(1, 6); i > 0; i--)
        {
            var type = Of(OracleData.Types);
            var (conditional, search) = Condition();
            var address = $"{Of(OracleData.Types)}/{Id()}";
            if (_random.Next(2) == 0)
            {
                address = Of([.. _seen]);
            }

            var (method, url) = _random.Next(7) switch
            {
                0 or 1 => ("POST", type),
                2 => ("PUT", address),
                3 => ("DELETE", address),
                4 => ("PUT", $"{conditional}?{search}"),
                5 => ("GET", $"{conditional}?{search}&_count=3"),
                _ => ("GET", address),
            };
            writes += method == "GET" ? 0 : 1;
            var entry = new JsonObject { ["request"] = new JsonObject { ["method"] = method, ["url"] = url } };
            if (method is "POST" or "PUT")
            {
                var id = url.Contains('?', StringComparison.Ordinal) || method == "POST" ? null : url.Split('/')[1];
                entry["resource"] = JsonNode.Parse(Resource(url.Split('/', '?')[0], id));
            }

            entries.Add(entry);
        }

        var bundle = new JsonObject
        {
            ["resourceType"] = "Bundle",
            // The writes of a batch are made at once, in whatever order.
            ["type"] = writes > 1 ? "transaction" : Of("batch", "transaction"),
            ["entry"] = entries,
        };
        var prefer = Of("respond-async", "return=minimal");
        return new WorldRequest(HttpMethod.Post, "", bundle.ToJsonString(), ("Prefer", prefer));
    }

    (string Type, string Search) Condition()
    {
        OracleQuery query;
        do
        {
            query = _queries.Next();
        }
        while (query.Type.Length == 0 || query.ToString().Contains("_lastUpdated", StringComparison.Ordinal));
        return (query.Type, string.Join('&', query.Criteria.Select(part =>
            $"{Uri.EscapeDataString(part.Name)}={Uri.EscapeDataString(part.Value)}")));
    }

    string Resource(string type, string? id)
    {
        if (!OracleData.Types.Contains(type))
        {
            return "{}";
        }

        var json = _filler.Make(type, id ?? "x");
        if (id is null)
        {
            json.Remove("id");
        }

        return json.ToJsonString();
    }

    string Patch() => Of(
        """[{"op":"add","path":"/language","value":"zh"}]""",
        """[{"op":"add","path":"/gender","value":"female"}]""",
        """[{"op":"add","path":"/status","value":"final"}]""");

    T Of<T>(params T[] values) => values[_random.Next(values.Length)];
}
