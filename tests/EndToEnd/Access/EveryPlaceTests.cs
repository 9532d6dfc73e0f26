using System.Net;
using FhirHub.Core.Search;

namespace FhirHub.EndToEnd.Access;

/// <summary>
/// Every place where a caller could come by what he may not see, one request each. What is generated in
/// <see cref="TwoWorldsTests"/> comes by some of them seldom. Here each request is shown to tell who sees all that
/// there is something, so that it would tell the caller as well if its place forgot to ask the rule.
/// </summary>
[TestClass]
public sealed class EveryPlaceTests
{
    const string Owner = "http://a.example/owner";
    const string Form = "application/x-www-form-urlencoded";

    /// <summary>What both servers have, and the caller sees.</summary>
    static readonly (string Key, string Body)[] Seen =
    [
        ("Patient/s", """ "name":[{"family":"Seen"}] """),
        ("Patient/other", """ "name":[{"family":"Another"}] """),
        ("Encounter/s", """ "status":"finished","class":{"code":"AMB"},"subject":{"reference":"Patient/s"} """),
        ("Observation/s", """
            "status":"final","code":{"coding":[{"system":"http://a.example/cs","code":"a"}]},
            "subject":{"reference":"Patient/h"},"performer":[{"reference":"Practitioner/h"}]
            """),
        ("Observation/own", """
            "status":"final","code":{"text":"own"},"subject":{"reference":"Patient/s"},
            "performer":[{"reference":"Practitioner/h"}]
            """),
        ("Location/top", """ "name":"top" """),
        ("Location/low", """ "name":"low","partOf":{"reference":"Location/h"} """),
        ("Composition/s", """
            "status":"final","type":{"text":"x"},"date":"2026","author":[{"display":"x"}],"title":"x",
            "subject":{"reference":"Patient/s"},"section":[{"entry":[{"reference":"Observation/h"}]}]
            """),
        ("ValueSet/s", """
            "url":"http://a.example/vs","status":"active","compose":{"include":[{"system":"http://a.example/cs"}]}
            """),
        ("PlanDefinition/s", """ "status":"active","action":[{"title":"seen"}] """),
        ("Measure/s", """
            "status":"active","url":"http://a.example/measure","scoring":{"coding":[{"code":"ratio"}]},
            "group":[{"population":[{"code":{"coding":[{"code":"numerator"}]},"criteria":{
            "language":"application/x-fhir-query","expression":"Patient?name=hidden"}},
            {"code":{"coding":[{"code":"denominator"}]},"criteria":{
            "language":"application/x-fhir-query","expression":"Patient"}}]}]
            """),
    ];

    /// <summary>What one of them has besides.</summary>
    static readonly (string Key, string Body)[] Hidden =
    [
        ("Patient/h", """
            "name":[{"family":"Hidden"}],"identifier":[{"system":"http://a.example/ids","value":"hidden"}],
            "managingOrganization":{"reference":"Organization/h"}
            """),
        ("Organization/h", """ "name":"Hidden" """),
        ("Observation/h", """
            "status":"final","code":{"text":"hidden"},"subject":{"reference":"Patient/s"},
            "encounter":{"reference":"Encounter/s"}
            """),
        ("Practitioner/h", """ "name":[{"family":"Hidden"}] """),
        ("List/h", """ "status":"current","mode":"working","entry":[{"item":{"reference":"Patient/s"}}] """),
        ("Location/h", """ "name":"middle","partOf":{"reference":"Location/top"} """),
        ("MedicationRequest/h", """
            "status":"active","intent":"order","subject":{"reference":"Patient/s"},
            "contained":[{"resourceType":"Medication","id":"m","code":{"text":"hidden"}}],
            "medicationReference":{"reference":"#m"}
            """),
        ("CodeSystem/h", """
            "url":"http://a.example/cs","status":"active","content":"complete","hierarchyMeaning":"is-a",
            "concept":[{"code":"a","concept":[{"code":"b"}]}]
            """),
        ("ValueSet/h", """
            "url":"http://a.example/vs-h","status":"active",
            "compose":{"include":[{"system":"http://a.example/cs","concept":[{"code":"a"}]}]}
            """),
        ("ConceptMap/h", """
            "url":"http://a.example/cm","status":"active","group":[{"source":"http://a.example/cs",
            "target":"http://b.example/cs","element":[{"code":"a","target":[{"code":"x","equivalence":"equal"}]}]}]
            """),
        ("NamingSystem/h", """
            "name":"x","status":"active","kind":"identifier","date":"2026","uniqueId":[
            {"type":"oid","value":"1.2.3.4"},{"type":"uri","value":"http://a.example/ns","preferred":true}]
            """),
        ("StructureDefinition/h", """
            "url":"http://a.example/profile","name":"P","status":"active","kind":"resource","abstract":false,
            "type":"Patient","baseDefinition":"http://hl7.org/fhir/StructureDefinition/Patient",
            "derivation":"constraint","differential":{"element":[{"id":"Patient","path":"Patient"},
            {"id":"Patient.birthDate","path":"Patient.birthDate","min":1}]}
            """),
        ("PlanDefinition/h", """
            "url":"http://a.example/plan","status":"active","action":[{"title":"hidden"}]
            """),
    ];

    /// <summary>What changes nothing.</summary>
    static readonly string[] Asked =
    [
        "Patient/h", "Patient/h/_history/1", "Patient/h/_history", "Patient/_history", "_history",
        "Patient", "Patient?_summary=count", "Patient?_total=accurate&_count=1", "Patient?_total=estimate&_count=1",
        "?_type=Patient,Organization", "Patient?name=hidden", "Patient?_sort=-name",
        "Patient?_content=hidden", "Observation?subject:Patient.name=hidden", "Observation?patient.name=hidden",
        "Patient?_has:Observation:subject:code:text=hidden", "Patient?_has:List:item:status=current", "Patient?_list=h",
        "Observation?_filter=subject.name eq \"Hidden\"", "Observation?subject:Patient.organization.name=hidden",
        "Observation?_include=Observation:subject", "Observation?_include=Observation:performer",
        "Patient?_revinclude=Observation:subject", "Patient?_revinclude:iterate=Observation:subject",
        "Location?partof:below=top", "Location?partof:above=low",
        "Patient/s/Observation", "Patient/s/*", "Medication?_contained=true",
        "Medication?_contained=both&code:text=hidden",
        "Patient/s/$everything", "Patient/s/$everything?_type=Practitioner", "Patient/$everything",
        "Encounter/s/$everything", "Patient/h/$everything", "$meta", "Patient/$meta", "Patient/h/$meta",
        "Composition/s/$document", "ValueSet/h/$expand", "ValueSet/s/$expand",
        "ValueSet/$expand?url=http://a.example/vs-h", "ValueSet/$expand?url=http://a.example/vs",
        "ValueSet/$validate-code?url=http://a.example/vs&code=a&system=http://a.example/cs",
        "CodeSystem/$lookup?system=http://a.example/cs&code=a", "CodeSystem/h/$validate-code?code=a",
        "CodeSystem/$validate-code?url=http://a.example/cs&code=a",
        "CodeSystem/$subsumes?system=http://a.example/cs&codeA=a&codeB=b",
        "ConceptMap/$translate?url=http://a.example/cm&system=http://a.example/cs&code=a",
        "ConceptMap/$translate?system=http://a.example/cs&code=a", "ConceptMap/h/$translate?code=a",
        "NamingSystem/$preferred-id?id=1.2.3.4&type=uri", "metadata?mode=terminology",
        "Observation?code:in=ValueSet/h", "Observation?code:in=http://a.example/vs-h",
        "Observation?code:below=http://a.example/cs|a", "Observation?code:not-in=http://a.example/vs-h",
        "PlanDefinition/h/$apply?subject=Patient/s", "PlanDefinition/s/$apply?subject=Patient/h",
        "PlanDefinition/$apply?url=http://a.example/plan&subject=Patient/s",
        "Measure/s/$evaluate-measure?periodStart=2026&periodEnd=2026", "Patient/gone", "Patient/gone/_history/2",
    ];

    const string Anybody = """
        {"resourceType":"Patient","meta":{"profile":["http://a.example/profile"]},"active":true}
        """;

    [TestMethod]
    public async Task What_tells_the_operator_of_something_hidden_tells_its_caller_nothing()
    {
        await using var whole = await StartAsync([.. Seen, .. Hidden]);
        await using var part = await StartAsync(Seen);
        var wrong = new List<string>();
        foreach (var request in Asked.Select(path => new WorldRequest(HttpMethod.Get, Escaped(path)))
            .Append(new WorldRequest(HttpMethod.Post, "Patient/$validate?profile=http://a.example/profile", Anybody))
            .Append(new WorldRequest(HttpMethod.Post, "Patient/$validate", Anybody)))
        {
            if (await whole.OperatorAsync(request) == await part.OperatorAsync(request))
            {
                wrong.Add($"{request} tells nobody anything: {await whole.OperatorAsync(request)}");
            }

            await CompareAsync(wrong, request, whole, part);
        }

        Assert.AreEqual("", string.Join("\n\n", wrong));
    }

    [TestMethod]
    public async Task What_is_written_tells_nothing_and_changes_nothing_hidden()
    {
        await using var whole = await StartAsync([.. Seen, .. Hidden]);
        await using var part = await StartAsync(Seen);
        var states = new Dictionary<string, string>();
        foreach (var (key, _) in Hidden)
        {
            states.Add(key, await whole.StateAsync(key));
        }

        var wrong = new List<string>();
        foreach (var request in Writes())
        {
            await CompareAsync(wrong, request, whole, part);
        }

        foreach (var (key, state) in states)
        {
            Assert.AreEqual(state, await whole.StateAsync(key));
        }

        Assert.AreEqual("", string.Join("\n\n", wrong));
    }

    /// <summary>What is about all data, or is another's, is refused in so many words.</summary>
    [TestMethod]
    public async Task What_is_about_all_data_is_refused()
    {
        await using var hub = await RuledHub.StartAsync(Rule);
        using var ours = hub.As("ours");
        foreach (var path in (string[])["Patient?_explain=true", "$reindex", "ConceptMap/$unmapped"])
        {
            (await ours.GetAsync(path)).Expect(HttpStatusCode.Forbidden);
        }

        using var all = hub.As(RuledHub.Operator);
        var job = (await all.GetAsync("Patient", ("Prefer", "respond-async"))).Header("Content-Location");
        Assert.IsNotNull(job);
        (await ours.GetAsync(job)).Expect(HttpStatusCode.NotFound);
        (await ours.GetAsync($"{job}/response")).Expect(HttpStatusCode.NotFound);
        (await ours.DeleteAsync(job)).Expect(HttpStatusCode.NotFound);
        foreach (var i in Enumerable.Range(0, 3))
        {
            (await all.PutAsync($"Patient/p{i}", Resource($"Patient/p{i}", "ours", "\"active\":true"))).ExpectSuccess();
        }

        var next = (await all.GetAsync("Patient?_count=1")).Link("next");
        Assert.IsNotNull(next);
        (await ours.GetAsync(next)).Expect(HttpStatusCode.BadRequest);
    }

    static IEnumerable<WorldRequest> Writes()
    {
        var patch = ("Content-Type", "application/json-patch+json");
        const string Language = """[{"op":"add","path":"/language","value":"zh"}]""";
        const string Hidden = "Patient?identifier=http://a.example/ids|hidden";
        var mine = Resource("Patient/x", "ours", "\"active\":true")
            .Replace("\"id\":\"x\",", "", StringComparison.Ordinal);
        WorldRequest Write(string method, string path, string? body = null, params (string, string)[] headers) =>
            new(new HttpMethod(method), Escaped(path), body, headers);
        yield return Write("PUT", "Patient/h", Resource("Patient/h", "ours", "\"active\":true"));
        yield return Write("PUT", "Patient/new", Resource("Patient/new", "ours", "\"active\":true"));
        yield return Write("PATCH", "Patient/h", Language, patch);
        yield return Write("DELETE", "Patient/h");
        yield return Write("DELETE", "Patient/h", null, ("If-Match", "W/\"1\""));
        yield return Write("POST", "Patient", mine, ("If-None-Exist", Hidden[8..]));
        yield return Write("PUT", Hidden, mine);
        yield return Write("PUT", "Patient?identifier=none", Resource("Patient/h", "ours", "\"active\":true"));
        yield return Write("PATCH", Hidden, Language, patch);
        yield return Write("DELETE", Hidden);
        yield return Write("POST", "Patient", Resource("Patient/x", "theirs", "\"active\":true"));
        yield return Write("PATCH", "Patient/other", """[{"op":"remove","path":"/meta/tag"}]""", patch);
        yield return Write("POST", "Observation", Resource(
            "Observation/x", "ours", """ "status":"final","code":{"text":"x"},"subject":{"reference":"Patient/h"} """));
        yield return Write("POST", "Patient/h/$meta-add", """
            {"resourceType":"Parameters","parameter":[{"name":"meta","valueMeta":{"tag":[{"code":"x"}]}}]}
            """);
        yield return Write("POST", "Patient/h/$expunge", """
            {"resourceType":"Parameters","parameter":[{"name":"expungeDeletedResources","valueBoolean":true},
             {"name":"expungePreviousVersions","valueBoolean":true}]}
            """);
        yield return Write("DELETE", "Patient/h/_history");
        yield return Write("DELETE", "Patient/h/_history/1");
        yield return Write("POST", "Patient/h/$validate", "");
        yield return Write("POST", "Patient/$validate?profile=http://a.example/profile", mine);
        yield return Write("POST", "$closure", """
            {"resourceType":"Parameters","parameter":[{"name":"name","valueString":"h"},
             {"name":"concept","valueCoding":{"system":"http://a.example/cs","code":"a"}}]}
            """);
        yield return Write("POST", "Patient/_search", "name=hidden&_total=accurate", ("Content-Type", Form));
        yield return Write("GET", "Patient?_sort=-name&_total=accurate", null, ("Prefer", "respond-async"));
        yield return Write("GET", "Patient?_count=1") with { IsOfTwo = true };
        // It is referred to by what is hidden alone.
        yield return Write("DELETE", "Patient/s");
    }

    static async Task CompareAsync(List<string> wrong, WorldRequest request, World whole, World part)
    {
        var (one, other) = (await whole.AskAsync(request), await part.AskAsync(request));
        if (one != other)
        {
            wrong.Add($"{request}\n{one}\n{other}");
        }
    }

    static async Task<World> StartAsync(IEnumerable<(string Key, string Body)> resources)
    {
        var (world, hides) = (await World.StartAsync(Rule), false);
        foreach (var (key, body) in resources)
        {
            hides |= !Seen.Contains((key, body));
            await PutAsync(key, hides ? "theirs" : "ours", body);
        }

        if (hides)
        {
            await PutAsync("Patient/gone", "ours", "\"active\":true");
            await world.Target.DeleteAsync("Patient", "gone");
        }

        return world;

        Task PutAsync(string key, string owner, string body) =>
            world.Target.PutAsync(key.Split('/')[0], key.Split('/')[1], Resource(key, owner, body));
    }

    static string Resource(string key, string owner, string body)
    {
        var parts = key.Split('/');
        return $$"""
            {"resourceType":"{{parts[0]}}","id":"{{parts[1]}}",
             "meta":{"tag":[{"system":"{{Owner}}","code":"{{owner}}"}]},{{body}} }
            """;
    }

    /// <summary>Whoever calls sees what carries his name.</summary>
    static AccessRule Rule(string caller) => new(
        new Dictionary<string, SearchExpression>(),
        new SearchExpression.Token(Tag, Owner, caller));

    static FhirHub.Fhir.Definitions.SearchParameterSchema Tag =>
        ParameterCatalog.R4.TryGet("Patient", "_tag", out var tag)
            ? tag
            : throw new InvalidOperationException("R4 has no _tag.");

    static string Escaped(string path) => path.Replace("|", "%7C", StringComparison.Ordinal)
        .Replace(" ", "%20", StringComparison.Ordinal).Replace("\"", "%22", StringComparison.Ordinal);
}
