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
        var tag = Sample.Tag();
        var system = $"urn:fhirhub:e2e:{tag}";
        await MadeAsync("CodeSystem", $$"""
            {"resourceType":"CodeSystem","url":"{{system}}","status":"active","content":"complete","caseSensitive":true,
             "hierarchyMeaning":"is-a","concept":[
              {"code":"a","concept":[{"code":"ab","concept":[{"code":"abc"}]}]},{"code":"x"}]}
            """);
        var valueSet = await MadeAsync("ValueSet", $$"""
            {"resourceType":"ValueSet","url":"{{system}}:branch","status":"active","compose":{"include":[{"system":"{{system}}",
             "filter":[{"property":"concept","op":"is-a","value":"ab"}]}]} }
            """);
        foreach (var code in (string[])["a", "ab", "abc", "x"])
        {
            var coding = $$"""{"system":"{{system}}","code":"{{code}}"}""";
            await MadeAsync("Condition", Condition(tag, $$""","code":{"coding":[{{coding}}]}"""));
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
    [DataRow("code:in=http://nowhere.example/vs")]
    [DataRow("code:not-in=http://nowhere.example/vs")]
    [DataRow("code:below=http://nowhere.example/cs|a")]
    [DataRow("code:below=a")]
    public async Task What_the_terminology_does_not_know_is_refused(string search)
    {
        var refused = (await Fhir.GetAsync($"Condition?{search}")).Expect(BadRequest);
        Assert.AreEqual("OperationOutcome", refused.Json["resourceType"]?.ToString());
    }

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
