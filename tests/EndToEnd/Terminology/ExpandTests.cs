using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Terminology;

/// <summary>https://hl7.org/fhir/R4/valueset-operation-expand.html</summary>
[TestClass]
public sealed class ExpandTests
{
    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    public async Task A_tree_stays_one_unless_a_list_is_asked_for()
    {
        var body = await Terms.OfBodyAsync();
        var whole = $"ValueSet/$expand?url={Uri.EscapeDataString(body.System + "?fhir_vs")}";
        var tree = await Fhir.GetAsync(whole);
        Assert.AreEqual("part", Terms.Codes(tree));
        Assert.AreEqual("5", tree.Json["expansion"]?["total"]?.ToString());
        var top = Terms.Contains(tree)[0];
        Assert.AreEqual("true", top["abstract"]?.ToString());
        Assert.AreEqual("heart tail eye", string.Join(' ', top["contains"]!.AsArray().Select(c => c!["code"])));
        Assert.AreEqual("valve", top["contains"]?[0]?["contains"]?[0]?["code"]?.ToString());
        Assert.AreEqual("true", top["contains"]?[1]?["inactive"]?.ToString());

        Assert.AreEqual("part heart valve tail eye", Terms.Codes(await Fhir.GetAsync($"{whole}&excludeNested=true")));
        Assert.AreEqual("heart valve eye", Terms.Codes(
            await Fhir.GetAsync($"{whole}&excludeNested=true&excludeNotForUI=true&activeOnly=true")));
    }

    [TestMethod]
    public async Task Pages_make_up_the_whole_and_a_count_of_zero_only_counts()
    {
        var body = await Terms.OfBodyAsync();
        var whole = $"ValueSet/$expand?url={Uri.EscapeDataString(body.System + "?fhir_vs")}";
        var pages = new List<string>();
        for (var offset = 0; offset < 5; offset += 2)
        {
            var page = await Fhir.GetAsync($"{whole}&count=2&offset={offset}");
            Assert.AreEqual("5", page.Json["expansion"]?["total"]?.ToString());
            pages.Add(Terms.Codes(page));
        }

        Assert.AreEqual("part heart valve tail eye", string.Join(' ', pages));
        var counted = await Fhir.GetAsync($"{whole}&count=0");
        Assert.AreEqual("5", counted.Json["expansion"]?["total"]?.ToString());
        Assert.IsEmpty(Terms.Contains(counted));
        (await Fhir.GetAsync($"{whole}&count=-1")).ExpectProblem(BadRequest, "'count'");
    }

    [TestMethod]
    public async Task Names_and_properties_come_along_when_asked_for()
    {
        var body = await Terms.OfBodyAsync();
        var (url, address) = await body.ComposeAsync(
            $$"""{"include":[{"system":"{{body.System}}","concept":[{"code":"heart","designation":[{"language":"fr","value":"Coeur"}]},{"code":"eye"}]}]}""");
        var plain = Terms.Contains(await Fhir.GetAsync($"{address}/$expand"));
        Assert.IsNull(plain[0]["designation"]);
        Assert.AreEqual("3", plain[0]["version"]?.ToString());

        var full = await Fhir.GetAsync(
            $"ValueSet/$expand?url={url}&includeDesignations=true&displayLanguage=zh-CN&property=count&includeDefinition=true");
        var heart = Terms.Contains(full)[0];
        Assert.AreEqual("心脏", heart["display"]?.ToString());
        Assert.AreEqual("Coeur 心脏 Herz", string.Join(' ', heart["designation"]!.AsArray().Select(d => d!["value"])));
        Assert.Contains("\"valueInteger\":1", heart.ToJsonString());
        Assert.IsNotNull(full.Json["compose"]);
        Assert.AreEqual(("Some", "draft"), ($"{full.Json["name"]}", $"{full.Json["status"]}"));
        Assert.Contains($"{body.System}|3", $"{full.Json["expansion"]?["parameter"]}");
        Assert.IsNull((await Fhir.GetAsync($"{address}/$expand")).Json["compose"]);

        foreach (var (name, result) in new[] { ("coeur", "true"), ("Herz", "true"), ("Lung", "false") })
        {
            var judged = await Terms.AskedAsync(
                $"ValueSet/$validate-code?url={url}&system={body.System}&code=heart&display={name}");
            Assert.AreEqual(result, Terms.Text(judged["result"].Single()), name);
        }

        var german = Terms.Contains(await Fhir.GetAsync($"{address}/$expand?designation=urn:ietf:bcp:47|de"))[0];
        Assert.AreEqual("Herz", german["designation"]!.AsArray().Single()!["value"]?.ToString());
        // What was written is FHIR: the server itself stores and converts it.
        (await Fhir.PostAsync("ValueSet", full.Text)).Expect(Created);
        Assert.Contains("<contains>", (await Fhir.GetAsync($"{address}/$expand?_format=xml")).Expect(OK).Text);
    }

    [TestMethod]
    public async Task A_filter_finds_words_Chinese_and_pinyin()
    {
        var body = await Terms.OfBodyAsync();
        var whole = $"ValueSet/$expand?url={Uri.EscapeDataString(body.System + "?fhir_vs")}&filter=";
        Assert.AreEqual("heart", Terms.Codes(await Fhir.GetAsync(whole + "心")));
        Assert.AreEqual("heart", Terms.Codes(await Fhir.GetAsync(whole + "xinzang")));
        Assert.AreEqual("heart valve", Terms.Codes(await Fhir.GetAsync(whole + "hea")));
        Assert.AreEqual("valve", Terms.Codes(await Fhir.GetAsync(whole + "val%20hea")));
        Assert.IsEmpty(Terms.Contains(await Fhir.GetAsync(whole + "nothing")));
    }

    [TestMethod]
    public async Task Systems_can_be_left_out_and_a_value_set_sent_along()
    {
        var body = await Terms.OfBodyAsync();
        var sent = $$"""
            {"resourceType":"ValueSet","status":"draft","compose":{"include":[{"system":"{{body.System}}","concept":[{"code":"eye"}]},
             {"system":"http://hl7.org/fhir/administrative-gender"}]} }
            """;
        var all = await Fhir.PostAsync("ValueSet/$expand", sent);
        Assert.AreEqual("eye male female other unknown", Terms.Codes(all));
        var some = await Fhir.PostAsync("ValueSet/$expand", Terms.Parameters(
            $$"""{"name":"valueSet","resource":{{sent}}}""",
            Terms.Parameter("exclude-system", "valueCanonical", "\"http://hl7.org/fhir/administrative-gender\"")));
        Assert.AreEqual("eye", Terms.Codes(some));
    }

    [TestMethod]
    public async Task A_fragment_says_that_there_is_more()
    {
        var body = await Terms.OfBodyAsync();
        var system = body.System + ":part";
        await Terms.PutAsync("CodeSystem", $$"""
            {"resourceType":"CodeSystem","url":"{{system}}","status":"active","content":"fragment","concept":[{"code":"a"}]}
            """);
        var found = await Fhir.GetAsync($"ValueSet/$expand?url={Uri.EscapeDataString(system + "?fhir_vs")}");
        Assert.AreEqual("a", Terms.Codes(found));
        Assert.Contains("valueset-unclosed", found.Text);
        Assert.Contains("Only a fragment", found.Text);
    }

    [TestMethod]
    public async Task What_cannot_be_expanded_says_why()
    {
        var body = await Terms.OfBodyAsync();
        (await Fhir.GetAsync("ValueSet/$expand?url=urn:none")).ExpectProblem(NotFound, "not-found", "urn:none");
        (await Fhir.GetAsync("ValueSet/$expand?url=urn:none&context=x")).ExpectProblem(BadRequest, "'context'");
        (await Fhir.GetAsync("ValueSet/$expand")).ExpectProblem(BadRequest, "'url'");
        (await Fhir.GetAsync("ValueSet/$expand?valueSet=x")).ExpectProblem(BadRequest, "'valueSet'", "POST");
        (await Fhir.GetAsync("ValueSet/$expand?url=urn:none&system-version=urn:x")).ExpectProblem(BadRequest, "'system-version'");
        var (unknown, _) = await body.ComposeAsync("""{"include":[{"system":"urn:no-such-system"}]}""");
        (await Fhir.GetAsync($"ValueSet/$expand?url={unknown}")).ExpectProblem(NotFound, "urn:no-such-system");
        var (a, _) = await body.ComposeAsync($$"""{"include":[{"valueSet":["{{body.System}}:b"]}]}""", "a");
        await body.ComposeAsync($$"""{"include":[{"valueSet":["{{body.System}}:a"]}]}""", "b");
        (await Fhir.GetAsync($"ValueSet/$expand?url={a}")).ExpectProblem(UnprocessableEntity, $"{body.System}:b");
    }

    [TestMethod]
    public async Task A_tree_that_is_too_deep_for_JSON_is_a_list()
    {
        var body = await Terms.OfBodyAsync();
        var system = body.System + ":deep";
        var codes = string.Join(',', Enumerable.Range(0, 3_000).Select(i =>
            $$"""{"code":"d{{i}}","property":[{"code":"parent","valueCode":"d{{i - 1}}"}]}"""));
        await Terms.PutAsync("CodeSystem", $$"""
            {"resourceType":"CodeSystem","url":"{{system}}","status":"active","content":"complete","concept":[{{codes}}]}
            """);
        var found = await Fhir.GetAsync($"ValueSet/$expand?url={Uri.EscapeDataString(system + "?fhir_vs")}");
        Assert.HasCount(3_000, Terms.Contains(found));
        var narrow = await Fhir.GetAsync($"ValueSet/$expand?url={Uri.EscapeDataString(system + "?fhir_vs=isa/d2990")}");
        Assert.AreEqual("d2990", Terms.Codes(narrow));
    }

    [TestMethod]
    public async Task What_is_too_large_to_give_as_a_whole_is_given_in_pages()
    {
        // Two systems of 30,000 codes, each of them small enough to be sent.
        var body = await Terms.OfBodyAsync();
        foreach (var part in (string[])["x", "y"])
        {
            var codes = string.Join(',', Enumerable.Range(0, 30_000).Select(i => $$"""{"code":"{{part}}{{i}}"}"""));
            await Terms.PutAsync("CodeSystem", $$"""
                {"resourceType":"CodeSystem","url":"{{body.System}}:{{part}}","status":"active","content":"complete","concept":[{{codes}}]}
                """);
        }

        var (url, _) = await body.ComposeAsync(
            $$"""{"include":[{"system":"{{body.System}}:x"},{"system":"{{body.System}}:y"}]}""");
        (await Fhir.GetAsync($"ValueSet/$expand?url={url}")).ExpectProblem(UnprocessableEntity, "too-costly");
        var page = await Fhir.GetAsync($"ValueSet/$expand?url={url}&count=2&offset=29999");
        Assert.AreEqual("x29999 y0", Terms.Codes(page));
        Assert.AreEqual("60000", page.Json["expansion"]?["total"]?.ToString());
    }
}
