using System.Text.Json.Nodes;
using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Terminology;

/// <summary>A hospital's own dictionary, from its first code to a published map and back, over HTTP.</summary>
[TestClass]
public sealed class DictionaryTests
{
    readonly string _tag = Sample.Tag();

    static FhirClient Fhir => SharedHub.Fhir;

    string Local => $"urn:hospital:{_tag}:diagnosis";

    string Standard => $"urn:standard:{_tag}";

    string MapUrl => $"urn:hospital:{_tag}:map";

    [TestMethod]
    public async Task Local_codes_are_proposed_decided_reviewed_published_compared_and_rolled_back()
    {
        // 1. The dictionary, with its owner, and the standard.
        await StoreAsync();
        var owned = await Fhir.GetAsync($"CodeSystem?context=urn:orgs|{_tag}");
        Assert.HasCount(1, owned.Expect(OK).Entries);

        // 2. What partners ask for and nobody has mapped is counted.
        (await Fhir.GetAsync(Translate("GXY"))).ExpectProblem(NotFound, Local);
        (await Fhir.GetAsync(Translate("X9"))).ExpectProblem(NotFound);
        (await Fhir.GetAsync(Translate("X9"))).ExpectProblem(NotFound);
        var met = await Terms.AskedAsync($"ConceptMap/$unmapped?system={Local}");
        Assert.AreEqual("X9 GXY", string.Join(' ', met["code"].Select(code => JsonNode.Parse(Terms.Part(code, "coding")!)!["code"])));
        Assert.AreEqual("2", Terms.Part(met["code"].First(), "met"));

        // 3. A draft, what its codes may mean, and what a person says to that.
        var map = (await Fhir.PostAsync("ConceptMap", $$"""
            {"resourceType":"ConceptMap","url":"{{MapUrl}}","version":"1","status":"draft"}
            """)).Expect(Created).Id;
        var systems = $"source={Local}&target={Standard}";
        var proposed = await Terms.AskedAsync($"ConceptMap/{map}/$propose?{systems}");
        Assert.AreEqual("3", Terms.Text(proposed["total"].Single()));
        Assert.AreEqual("X9 GXY PF", string.Join(' ', proposed["proposal"].Select(one => Terms.Part(one, "code"))));
        var caesarean = Candidates(proposed["proposal"].Last());
        Assert.AreEqual(("O82", "1", "same-name"), (
            Terms.Part(caesarean[0], "code"), Terms.Part(caesarean[0], "score"), Terms.Part(caesarean[0], "reason")));
        (await DecideAsync(map, systems, ("PF", "confirm", "O82"), ("GXY", "refuse", "I10"), ("X9", "none", null))).Expect(OK);
        (await Fhir.GetAsync(Translate("PF"))).ExpectProblem(NotFound); // a draft that is worked on translates nothing
        (await DecideAsync(map, "", ("GXY", "confirm", "Z00"))).ExpectProblem(UnprocessableEntity, "Z00", "GXY");
        proposed = await Terms.AskedAsync($"ConceptMap/{map}/$propose");
        Assert.AreEqual("GXY", Terms.Part(proposed["proposal"].Single(), "code"));
        Assert.DoesNotContain("I10", Candidates(proposed["proposal"].Single()).Select(one => Terms.Part(one, "code")).ToList());
        (await DecideAsync(map, "", ("GXY", "confirm", "O10"))).Expect(OK);

        // 4. 送审, 审核, 发布.
        await StepAsync($"ConceptMap/{map}/$submit", "author");
        (await DecideAsync(map, "", ("GXY", "clear", null))).ExpectProblem(UnprocessableEntity, "'submitted'");
        (await Fhir.PostAsync($"ConceptMap/{map}/$review?by=author&approved=true", "")).ExpectProblem(UnprocessableEntity, "somebody else");
        await StepAsync($"ConceptMap/{map}/$review", "reviewer", "&approved=true");
        (await Fhir.GetAsync(Translate("PF"))).ExpectProblem(NotFound);
        await StepAsync($"ConceptMap/{map}/$publish", "author");
        Assert.AreEqual("O82", await TranslatedAsync("PF"));
        Assert.AreEqual("false", Terms.Text((await Terms.AskedAsync(Translate("X9")))["result"].Single()));
        met = await Terms.AskedAsync($"ConceptMap/$unmapped?system={Local}");
        Assert.IsEmpty(met["code"], "what is published does not wait to be mapped any more");

        // 5. The next version, compared with this one, published and rolled back; each moment keeps its meaning.
        var instant = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null);
        await Task.Delay(20);
        var next = (await Fhir.PostAsync($"ConceptMap/{map}/$draft?by=author", "")).Expect(Created).Id;
        (await DecideAsync(next, "", ("PF", "confirm", "O10"))).Expect(OK);
        var compared = await Terms.AskedAsync($"ConceptMap/{next}/$compare?with={map}");
        Assert.AreEqual("1", Terms.Text(compared["changed"].Single()));
        Assert.AreEqual($"{Local}|PF", Terms.Part(compared["change"].Single(), "code"));
        await StepAsync($"ConceptMap/{next}/$submit", "author");
        await StepAsync($"ConceptMap/{next}/$review", "reviewer", "&approved=true");
        await StepAsync($"ConceptMap/{next}/$publish", "author");
        Assert.AreEqual("O10", await TranslatedAsync("PF"));
        Assert.AreEqual("O82", await TranslatedAsync("PF", $"&date={instant}"));
        Assert.AreEqual("O82", await TranslatedAsync("PF", $"&url={MapUrl}&conceptMapVersion=1"));
        await StepAsync($"ConceptMap/{map}/$roll-back", "author");
        Assert.AreEqual("O82", await TranslatedAsync("PF"));
    }

    [TestMethod]
    public async Task What_a_decision_does_not_have_is_refused_by_name()
    {
        await StoreAsync();
        var map = (await Fhir.PostAsync("ConceptMap", """{"resourceType":"ConceptMap","url":"urn:x","status":"draft"}""")).Id;
        (await DecideAsync(map, "", ("PF", "confirm", "O82"))).ExpectProblem(BadRequest, "'source'");
        (await DecideAsync(map, "", ("PF", "agree", "O82"))).ExpectProblem(BadRequest, "'action'");
        (await DecideAsync(map, "", ("PF", "confirm", null))).ExpectProblem(BadRequest, "needs a 'target'");
        (await DecideAsync(map, "", ("PF", "none", "O82"))).ExpectProblem(BadRequest, "takes no 'target'");
        (await Fhir.PostAsync($"ConceptMap/{map}/$decide?source=urn:a&target=urn:b", "")).ExpectProblem(BadRequest, "'decision'");
        (await Fhir.PostAsync($"ConceptMap/{map}/$submit", "")).ExpectProblem(UnprocessableEntity, "maps nothing");
        var wrong = await Terms.PutAsync("ConceptMap", $$"""
            {"resourceType":"ConceptMap","url":"urn:x:{{_tag}}","version":"1","status":"draft","group":[
             {"source":"{{Local}}","target":"{{Standard}}","element":[{"code":"PF","target":[{"code":"O83","equivalence":"equal"}]}]}]}
            """);
        (await Fhir.PostAsync($"{wrong}/$submit", "")).ExpectProblem(UnprocessableEntity, $"{Standard}|O83");
        (await Fhir.PostAsync($"ConceptMap/{map}/$review", "")).ExpectProblem(BadRequest, "'approved'");
        (await Fhir.GetAsync($"ConceptMap/{map}/$propose?least=2")).ExpectProblem(BadRequest, "'least'");
        (await Fhir.GetAsync($"ConceptMap/{map}/$compare")).ExpectProblem(BadRequest, "'with'");
        (await Fhir.PostAsync("ConceptMap/nobody/$publish", "")).ExpectProblem(NotFound);
    }

    [TestMethod]
    public async Task A_code_system_has_the_same_way_into_force()
    {
        await StoreAsync();
        var first = (await Fhir.GetAsync($"CodeSystem?url={Local}")).Ids.Single();
        var next = (await Fhir.PostAsync($"CodeSystem/{first}/$draft", "")).Expect(Created);
        Assert.AreEqual("2", next.Json["version"]?.ToString());
        var edited = next.Text.Replace("剖腹产", "剖宫产", StringComparison.Ordinal);
        (await Fhir.PutAsync($"CodeSystem/{next.Id}", edited)).Expect(OK);
        Assert.Contains("剖腹产", (await Fhir.GetAsync($"CodeSystem/$lookup?system={Local}&code=PF")).Text);
        Assert.Contains("display: 剖宫产", (await Fhir.GetAsync($"CodeSystem/{next.Id}/$compare?with={first}")).Text);
        await StepAsync($"CodeSystem/{next.Id}/$submit", "author");
        await StepAsync($"CodeSystem/{next.Id}/$review", "reviewer", "&approved=true");
        await StepAsync($"CodeSystem/{next.Id}/$publish", "author");
        Assert.Contains("剖宫产", (await Fhir.GetAsync($"CodeSystem/$lookup?system={Local}&code=PF")).Text);
        Assert.Contains("剖腹产", (await Fhir.GetAsync($"CodeSystem/$lookup?system={Local}&code=PF&version=1")).Text);
    }

    async Task StoreAsync()
    {
        (await Fhir.PostAsync("CodeSystem", $$"""
            {"resourceType":"CodeSystem","url":"{{Local}}","version":"1","status":"active","caseSensitive":true,"content":"complete",
             "useContext":[{"code":{"system":"http://terminology.hl7.org/CodeSystem/usage-context-type","code":"venue"},
              "valueCodeableConcept":{"coding":[{"system":"urn:orgs","code":"{{_tag}}"}],"text":"县医院"} }],
             "concept":[{"code":"PF","display":"剖腹产"},{"code":"GXY","display":"妊高症"}]}
            """)).Expect(Created);
        (await Fhir.PostAsync("CodeSystem", $$"""
            {"resourceType":"CodeSystem","url":"{{Standard}}","status":"active","caseSensitive":true,"content":"complete",
             "concept":[{"code":"O82","display":"剖宫产分娩","designation":[{"value":"剖腹产"}]},{"code":"I10","display":"高血压病"},
              {"code":"O10","display":"妊娠期高血压疾病","designation":[{"value":"妊高症"}]}]}
            """)).Expect(Created);
    }

    string Translate(string code) => $"ConceptMap/$translate?system={Local}&code={code}";

    async Task<string?> TranslatedAsync(string code, string more = "")
    {
        var match = (await Terms.AskedAsync(Translate(code) + more))["match"].Single();
        return JsonNode.Parse(Terms.Part(match, "concept")!)!["code"]?.ToString();
    }

    static Task<Answer> DecideAsync(
        string map, string query, params (string Code, string Action, string? Target)[] decisions)
    {
        var parameters = decisions.Select(one => $$"""
            {"name":"decision","part":[{"name":"code","valueCode":"{{one.Code}}"},{"name":"action","valueCode":"{{one.Action}}"}
             {{(one.Target is null ? "" : $",{{\"name\":\"target\",\"valueCode\":\"{one.Target}\"}}")}}]}
            """);
        return Fhir.PostAsync($"ConceptMap/{map}/$decide?{query}", Terms.Parameters([.. parameters]));
    }

    static async Task StepAsync(string operation, string by, string more = "") =>
        (await Fhir.PostAsync($"{operation}?by={by}{more}", "")).Expect(OK);

    static IReadOnlyList<JsonNode> Candidates(JsonNode proposal) =>
        [.. (proposal["part"] as JsonArray ?? []).OfType<JsonNode>().Where(part => part["name"]?.ToString() == "candidate")];
}
