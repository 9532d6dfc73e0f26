using System.Text.Json.Nodes;
using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Terminology;

/// <summary>$subsumes, $find-matches, $closure and $translate: how codes stand to each other.</summary>
[TestClass]
public sealed class RelationTests
{
    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    [DataRow("part", "valve", "subsumes")]
    [DataRow("valve", "part", "subsumed-by")]
    [DataRow("eye", "eye", "equivalent")]
    [DataRow("eye", "valve", "not-subsumed")]
    public async Task Subsumption_is_one_of_four(string a, string b, string outcome)
    {
        var body = await Terms.OfBodyAsync();
        var byUrl = await Terms.AskedAsync($"CodeSystem/$subsumes?system={body.System}&codeA={a}&codeB={b}");
        var byAddress = await Terms.AskedAsync($"{body.SystemAddress}/$subsumes?codeA={a}&codeB={b}");
        var byCodings = await Terms.PostedAsync(
            "CodeSystem/$subsumes",
            Terms.Parameter("codingA", "valueCoding", $$"""{"system":"{{body.System}}","code":"{{a}}"}"""),
            Terms.Parameter("codingB", "valueCoding", $$"""{"system":"{{body.System}}","code":"{{b}}"}"""));
        foreach (var found in new[] { byUrl, byAddress, byCodings })
        {
            Assert.AreEqual(outcome, Terms.Text(found["outcome"].Single()));
        }
    }

    [TestMethod]
    public async Task Subsumption_needs_two_codes_of_one_system()
    {
        var body = await Terms.OfBodyAsync();
        var question = $"CodeSystem/$subsumes?system={body.System}";
        (await Fhir.GetAsync($"{question}&codeA=eye")).ExpectProblem(BadRequest, "'codeB'");
        (await Fhir.GetAsync($"{question}&codeA=eye&codeB=nose")).ExpectProblem(NotFound, "'nose'");
        (await Fhir.GetAsync("CodeSystem/$subsumes?codeA=a&codeB=b")).ExpectProblem(BadRequest, "'system'");
        (await Fhir.PostAsync("CodeSystem/$subsumes", Terms.Parameters(
            Terms.Parameter("codingA", "valueCoding", """{"system":"urn:a","code":"a"}"""),
            Terms.Parameter("codingB", "valueCoding", """{"system":"urn:b","code":"b"}"""))))
            .ExpectProblem(BadRequest, "urn:a", "urn:b");
    }

    [TestMethod]
    public async Task Codes_are_found_by_their_properties()
    {
        var body = await Terms.OfBodyAsync();
        async Task<string> Found(bool exact, params string[] properties) => string.Join(' ', (await Terms.PostedAsync(
            "CodeSystem/$find-matches",
            [
                Terms.Parameter("system", "valueUri", $"\"{body.System}\""),
                Terms.Parameter("exact", "valueBoolean", exact ? "true" : "false"),
                .. properties,
            ]))["match"].Select(match => JsonNode.Parse(Terms.Part(match, "code")!)!["code"]));
        var four = Property("count", "valueInteger", "4");
        Assert.AreEqual("valve", await Found(true, four));
        Assert.AreEqual("valve", await Found(true, four, Property("parent", "valueCode", "\"heart\"")));
        Assert.AreEqual("", await Found(true, four, Property("parent", "valueCode", "\"part\"")));
        Assert.AreEqual("heart valve tail eye", await Found(false, four, Property("parent", "valueCode", "\"part\"")));
        Assert.AreEqual("heart", await Found(
            true, Property("side", "valueCoding", """{"system":"http://example.org/side","code":"left"}""")));

        (await Fhir.GetAsync($"CodeSystem/$find-matches?system={body.System}&exact=true")).ExpectProblem(BadRequest, "'property'");
        (await Fhir.GetAsync($"CodeSystem/$find-matches?system={body.System}")).ExpectProblem(BadRequest, "'exact'");
        (await Fhir.PostAsync($"{body.SystemAddress}/$find-matches", Terms.Parameters(
            Terms.Parameter("exact", "valueBoolean", "true"), Property("colour", "valueCode", "\"red\""))))
            .ExpectProblem(UnprocessableEntity, "'colour'");
    }

    [TestMethod]
    public async Task A_closure_table_grows_and_can_be_caught_up_with()
    {
        var body = await Terms.OfBodyAsync();
        var name = Terms.Parameter("name", "valueString", $"\"{body.System}\"");
        (await Fhir.PostAsync("$closure", Terms.Parameters(name, Concept(body, "valve")))).ExpectProblem(NotFound, "start one");
        Assert.AreEqual("0: ", Table(await Fhir.PostAsync("$closure", Terms.Parameters(name))));
        Assert.AreEqual("1: ", Table(await Fhir.PostAsync("$closure", Terms.Parameters(name, Concept(body, "valve")))));
        Assert.AreEqual("2: valve<part", Table(await Fhir.PostAsync(
            "$closure", Terms.Parameters(name, Concept(body, "part"), Concept(body, "valve")))));
        Assert.AreEqual("3: heart<part valve<heart eye<part", Table(await Fhir.PostAsync(
            "$closure", Terms.Parameters(name, Concept(body, "heart"), Concept(body, "eye")))).Replace("heart<part eye<part valve<heart", "heart<part valve<heart eye<part", StringComparison.Ordinal));
        var caughtUp = Table(await Fhir.PostAsync(
            "$closure", Terms.Parameters(name, Terms.Parameter("version", "valueString", "\"1\""))));
        Assert.StartsWith("3: valve<part ", caughtUp);
        Assert.Contains("valve<heart", caughtUp);
        (await Fhir.PostAsync("$closure", Terms.Parameters(name, Terms.Parameter("version", "valueString", "\"7\""))))
            .ExpectProblem(BadRequest, "'version'");
        (await Fhir.GetAsync("$closure?name=x")).Expect(MethodNotAllowed);
    }

    [TestMethod]
    public async Task A_code_is_translated_in_both_directions()
    {
        var body = await Terms.OfBodyAsync();
        var url = body.System + ":map";
        var address = await Terms.PutAsync("ConceptMap", $$"""
            {"resourceType":"ConceptMap","url":"{{url}}","status":"active","group":[{"source":"{{body.System}}","target":"urn:organs",
             "targetVersion":"7","element":[
              {"code":"heart","target":[{"code":"H","display":"Organ H","equivalence":"wider","product":[
                {"property":"urn:side","system":"urn:sides","value":"L"}]}]},
              {"code":"eye","target":[{"code":"EL","equivalence":"narrower","dependsOn":[{"property":"urn:side","value":"left"}]},
                {"code":"ER","equivalence":"narrower","dependsOn":[{"property":"urn:side","value":"right"}]}]},
              {"code":"tail","target":[{"equivalence":"unmatched"}]}],
             "unmapped":{"mode":"fixed","code":"?"} }]}
            """);
        var question = $"system={body.System}&code=heart";
        foreach (var where in (string[])[$"ConceptMap/$translate?url={url}&", $"{address}/$translate?", "ConceptMap/$translate?"])
        {
            var found = await Terms.AskedAsync(where + question);
            Assert.AreEqual("true", Terms.Text(found["result"].Single()), where);
            var match = found["match"].Single();
            Assert.AreEqual("wider", Terms.Part(match, "equivalence"));
            Assert.AreEqual(url, Terms.Part(match, "source"));
            Assert.Contains("\"H\"", match.ToJsonString());
            Assert.Contains("\"version\":\"7\"", match.ToJsonString());
            Assert.Contains("urn:sides", match.ToJsonString());
        }

        var back = await Terms.AskedAsync($"ConceptMap/$translate?url={url}&system=urn:organs&code=H&reverse=true");
        Assert.AreEqual("narrower", Terms.Part(back["match"].Single(), "equivalence"));
        Assert.Contains("\"heart\"", back["match"].Single().ToJsonString());
        var none = await Terms.AskedAsync($"{address}/$translate?system={body.System}&code=tail");
        Assert.AreEqual("false", Terms.Text(none["result"].Single()));
        Assert.HasCount(1, none["message"].ToList());
        Assert.Contains("\"?\"", (await Fhir.GetAsync($"{address}/$translate?system={body.System}&code=part")).Text);

        var left = await Terms.PostedAsync(
            $"{address}/$translate",
            Terms.Parameter("coding", "valueCoding", $$"""{"system":"{{body.System}}","code":"eye"}"""),
            """
            {"name":"dependency","part":[{"name":"element","valueUri":"urn:side"},
             {"name":"concept","valueCodeableConcept":{"coding":[{"code":"left"}]}}]}
            """);
        Assert.Contains("\"EL\"", left["match"].Single().ToJsonString());
        Assert.AreEqual("false", Terms.Text((await Terms.AskedAsync(
            $"{address}/$translate?{question}&targetsystem=urn:others"))["result"].Single()));
        (await Fhir.GetAsync($"{address}/$translate?code=heart")).ExpectProblem(BadRequest, "'system'");
        (await Fhir.GetAsync("ConceptMap/$translate?system=urn:none&code=a")).ExpectProblem(NotFound, "urn:none");
        (await Fhir.GetAsync("ConceptMap/$translate?url=urn:none&system=urn:none&code=a")).ExpectProblem(NotFound, "urn:none");
    }

    [TestMethod]
    public async Task The_server_tells_what_it_can_be_asked()
    {
        var body = await Terms.OfBodyAsync();
        var terminology = (await Fhir.GetAsync("metadata?mode=terminology")).Expect(OK);
        Assert.Contains($"\"{body.System}\"", terminology.Text);
        Assert.Contains("http://hl7.org/fhir/administrative-gender", terminology.Text);
        Assert.DoesNotContain("\"http://snomed.info/sct\"", terminology.Text);
        Assert.Contains("\"check-system-version\"", terminology.Text);

        var statement = (await Fhir.GetAsync("metadata")).Expect(OK).Text;
        foreach (var definition in (string[])
        [
            "CodeSystem-lookup", "CodeSystem-validate-code", "ValueSet-validate-code", "CodeSystem-subsumes",
            "CodeSystem-find-matches", "ValueSet-expand", "ConceptMap-translate", "ConceptMap-closure",
        ])
        {
            Assert.Contains($"http://hl7.org/fhir/OperationDefinition/{definition}\"", statement);
        }
    }

    static string Property(string code, string type, string json) => $$"""
        {"name":"property","part":[{"name":"code","valueCode":"{{code}}"},{"name":"value","{{type}}":{{json}}}]}
        """;

    static string Concept(Terms terms, string code) =>
        Terms.Parameter("concept", "valueCoding", $$"""{"system":"{{terms.System}}","code":"{{code}}"}""");

    /// <summary>The version, and each pair of a code and one above it.</summary>
    static string Table(Answer answer)
    {
        var map = answer.Expect(OK).Json;
        var pairs = from step in map["group"] as JsonArray ?? []
                    from element in step!["element"]!.AsArray()
                    from target in element!["target"]!.AsArray()
                    select $"{element["code"]}<{target!["code"]}";
        return $"{map["version"]}: {string.Join(' ', pairs)}";
    }
}
