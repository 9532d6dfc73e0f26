using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Http;

/// <summary>Tokens by value set and by place in a code system: https://hl7.org/fhir/R4/search.html#token</summary>
[TestClass]
public sealed class ValueSetSearchTests
{
    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    public async Task Value_sets_and_hierarchies_find_the_codes_they_hold()
    {
        // 1. A system of three levels, a value set of one branch, and conditions of each code and of none.
        var (tag, system) = await TreeAsync();
        var valueSet = (await Fhir.GetAsync($"ValueSet?url={system}:branch")).Expect(OK).Ids[0];
        foreach (var code in (string[])["a", "ab", "abc", "x"])
        {
            await MadeAsync("Condition", Coded(tag, system, code));
        }

        await MadeAsync("Condition", Condition(tag, ""));

        // 2. What finds which.
        await FindsAsync(tag, $"code:in={system}:branch", 2);
        await FindsAsync(tag, $"code:in=ValueSet/{valueSet}", 2);
        await FindsAsync(tag, $"code:not-in={system}:branch", 3);
        await FindsAsync(tag, $"code:below={system}|ab", 2);
        await FindsAsync(tag, $"code:below={system}|a", 3);
        await FindsAsync(tag, $"code:above={system}|ab", 2);
        await FindsAsync(tag, $"code:below={system}|ab,{system}|x", 3);
        await FindsAsync(tag, $"_filter=code in {system}:branch", 2);
        await FindsAsync(tag, $"_filter=code in ValueSet/{valueSet}", 2);
        await FindsAsync(tag, $"_filter=code ni {system}:branch", 3);
        await FindsAsync(tag, $"_filter=code ss {system}|ab", 2);
        await FindsAsync(tag, $"_filter=code sb {system}|ab", 2);
        await FindsAsync(tag, $"_filter=not (code in \"{system}:branch\" or code eq {system}|x)", 2);
    }

    [TestMethod]
    public async Task A_code_is_in_the_value_set_it_is_bound_to()
    {
        var tag = Sample.Tag();
        await MadeAsync("Patient", Sample.Patient(tag, more: ", \"gender\":\"male\""));
        var own = Sample.ByTag(tag);
        var found = await Fhir.GetAsync($"Patient?{own}&gender:in=http://hl7.org/fhir/ValueSet/administrative-gender");
        Assert.HasCount(1, found.Expect(OK).Entries);
        var other = await Fhir.GetAsync($"Patient?{own}&gender:in=http://hl7.org/fhir/ValueSet/name-use");
        Assert.IsEmpty(other.Expect(OK).Entries);
    }

    [TestMethod]
    public async Task Conditional_writes_find_by_value_set_and_hierarchy()
    {
        // 1. Two conditions of the branch, and one outside it.
        var (tag, system) = await TreeAsync();
        var first = await MadeAsync("Condition", Coded(tag, system, "abc"));
        await MadeAsync("Condition", Coded(tag, system, "x"));
        var own = Sample.ByTag(tag);

        // 2. A create that finds one makes none; one that finds nothing makes one.
        var there = await Fhir.PostAsync(
            "Condition", Coded(tag, system, "ab"), ("If-None-Exist", $"{own}&code:below={system}|ab"));
        Assert.AreEqual(first, there.Expect(OK).Id);
        var made = await Fhir.PostAsync(
            "Condition", Coded(tag, system, "a"), ("If-None-Exist", $"{own}&code={system}|a&code:not-in={system}:branch"));
        var second = made.Expect(Created).Id;

        // 3. An update, a patch and a delete change what their conditions find, and nothing else.
        var updated = await Fhir.PutAsync(
            $"Condition?{own}&code:in={system}:branch", Coded(tag, system, "ab"));
        Assert.AreEqual((first, "2"), (updated.Expect(OK).Id, updated.VersionId));
        var patched = await Fhir.PatchAsync(
            $"Condition?{own}&code:above={system}|a",
            """[{"op":"add","path":"/recordedDate","value":"2026-01-01"}]""",
            "application/json-patch+json");
        Assert.AreEqual((second, "2"), (patched.Expect(OK).Id, patched.VersionId));
        (await Fhir.DeleteAsync($"Condition?{own}&code:in={system}:branch")).Expect(NoContent);
        (await Fhir.GetAsync($"Condition/{first}")).Expect(Gone);
        await FindsAsync(tag, "", 2);
        (await Fhir.DeleteAsync($"Condition?{own}&code:in={system}:none")).ExpectProblem(BadRequest, "code:in");
        await FindsAsync(tag, "", 2);
    }

    [TestMethod]
    public async Task The_conditions_of_a_transaction_find_by_value_set_and_hierarchy()
    {
        var (tag, system) = await TreeAsync();
        var first = await MadeAsync("Condition", Coded(tag, system, "abc"));
        var other = await MadeAsync("Condition", Coded(tag, system, "x"));
        var own = Sample.ByTag(tag);
        var done = (await Fhir.PostAsync("", Transaction(
            $$$"""{"resource":{{{Coded(tag, system, "ab")}}},"request":{"method":"POST","url":"Condition","ifNoneExist":"{{{own}}}&code:below={{{system}}}|ab"}}""",
            $$$"""{"resource":{{{Coded(tag, system, "x", ",\"recordedDate\":\"2026\"")}}},"request":{"method":"PUT","url":"Condition?{{{own}}}&code:not-in={{{system}}}:branch"}}""",
            $$$"""
            {"resource":{"resourceType":"Observation","status":"final","code":{"text":"{{{tag}}}"},
             "focus":[{"reference":"Condition?{{{own}}}&code:in={{{system}}}:branch"}]},
             "request":{"method":"POST","url":"Observation"}}
            """))).Expect(OK);
        string[] status = [.. done.Entries.Select(e => e["response"]!["status"]!.ToString()[..3])];
        CollectionAssert.AreEqual(new[] { "200", "200", "201" }, status);
        StringAssert.EndsWith(done.Entries[1]["response"]!["location"]!.ToString(), $"Condition/{other}/_history/2");
        var observation = done.Entries[2]["response"]!["location"]!.ToString().Split("/_history")[0];
        var link = (await Fhir.GetAsync(observation[observation.IndexOf("Observation/", StringComparison.Ordinal)..]));
        Assert.AreEqual($"Condition/{first}", link.Expect(OK).Json["focus"]![0]!["reference"]!.ToString());
        await FindsAsync(tag, "", 2);

        // What the terminology does not know refuses the whole, and the entry is named.
        (await Fhir.PostAsync("", Transaction(
            $$$"""{"resource":{{{Coded(tag, system, "a")}}},"request":{"method":"POST","url":"Condition"}}""",
            $$$"""{"request":{"method":"DELETE","url":"Condition?{{{own}}}&code:in={{{system}}}:none"}}""")))
            .ExpectProblem(BadRequest, "code:in", "Bundle.entry[1]");
        await FindsAsync(tag, "", 2);
    }

    [TestMethod]
    [DataRow("code:in=http://nowhere.example/vs")]
    [DataRow("code:not-in=http://nowhere.example/vs")]
    [DataRow("code:below=http://nowhere.example/cs|a")]
    [DataRow("code:below=a")]
    public async Task What_the_terminology_does_not_know_is_refused(string search)
    {
        var refused = (await Fhir.GetAsync($"Condition?{search}")).Expect(BadRequest);
        Assert.AreEqual("OperationOutcome", refused.Json["resourceType"]?.ToString());
    }

    /// <summary>A system of three levels, and a value set of one branch.</summary>
    static async Task<(string Tag, string System)> TreeAsync()
    {
        var tag = Sample.Tag();
        var system = $"urn:fhirhub:e2e:{tag}";
        await MadeAsync("CodeSystem", $$"""
            {"resourceType":"CodeSystem","url":"{{system}}","status":"active","content":"complete","caseSensitive":true,
             "hierarchyMeaning":"is-a","concept":[
              {"code":"a","concept":[{"code":"ab","concept":[{"code":"abc"}]}]},{"code":"x"}]}
            """);
        await MadeAsync("ValueSet", $$"""
            {"resourceType":"ValueSet","url":"{{system}}:branch","status":"active","compose":{"include":[{"system":"{{system}}",
             "filter":[{"property":"concept","op":"is-a","value":"ab"}]}]} }
            """);
        return (tag, system);
    }

    static string Transaction(params string[] entries) =>
        $$"""{"resourceType":"Bundle","type":"transaction","entry":[{{string.Join(',', entries)}}]}""";

    static string Coded(string tag, string system, string code, string more = "") => Condition(
        tag, $$""","code":{"coding":[{"system":"{{system}}","code":"{{code}}"}]}{{more}}""");

    static string Condition(string tag, string more) => $$"""
        {"resourceType":"Condition","identifier":[{"system":"{{Sample.System}}","value":"{{tag}}"}],
         "subject":{"display":"somebody"}{{more}}}
        """;

    static async Task<string> MadeAsync(string type, string json) =>
        (await Fhir.PostAsync(type, json)).Expect(Created).Json["id"]?.ToString() ?? "";

    static async Task FindsAsync(string tag, string search, int count)
    {
        var found = (await Fhir.GetAsync($"Condition?{Sample.ByTag(tag)}&{search}")).Expect(OK);
        Assert.HasCount(count, found.Entries, search);
    }
}
