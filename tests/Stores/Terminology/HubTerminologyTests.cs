using System.Globalization;
using System.Text;
using FhirHub.Core.Model;

namespace FhirHub.Stores.Terminology;

/// <summary>What search and validation ask, on a real store.</summary>
[TestClass]
public sealed class HubTerminologyTests
{
    const string ActMood = "http://terminology.hl7.org/CodeSystem/v3-ActMood";
    const string Large = "http://example.org/large";

    [TestMethod]
    public async Task Below_and_above_include_the_code_itself()
    {
        await using var terms = new TerminologyPair();
        var below = (await terms.BelowAsync(ActMood, "EXPEC")).OrThrow();
        CollectionAssert.AreEquivalent(new[] { "EXPEC", "GOL", "RSK" }, below.Select(coding => coding.Code).ToArray());
        Assert.AreEqual(ActMood, below[0].System);
        var above = (await terms.AboveAsync(ActMood, "GOL")).OrThrow();
        CollectionAssert.AreEquivalent(
            new[] { "GOL", "EXPEC", "_ActMoodPredicate" }, above.Select(coding => coding.Code).ToArray());
    }

    [TestMethod]
    public async Task What_cannot_be_known_is_a_problem()
    {
        await using var terms = new TerminologyPair();
        Assert.AreEqual("code-invalid", (await terms.BelowAsync(ActMood, "nonsense")).Problem?.IssueCode);
        Assert.AreEqual("not-found", (await terms.BelowAsync("http://example.org/gone", "a")).Problem?.IssueCode);
        Assert.AreEqual("required", (await terms.AboveAsync(null, "a")).Problem?.IssueCode);
        Assert.AreEqual("incomplete", (await terms.BelowAsync("http://snomed.info/sct", "404684003")).Problem?.IssueCode);
        Assert.AreEqual("too-costly", (await terms.BelowAsync(ActMood, "EXPEC", max: 2)).Problem?.IssueCode);
        Assert.AreEqual("not-found", (await terms.ExpandAsync("http://example.org/ValueSet/gone")).Problem?.IssueCode);
        var refused = (await terms.LookupAsync(ActMood, "nonsense")).Problem;
        Assert.AreEqual(ProblemKind.Unprocessable, refused?.Kind);
    }

    [TestMethod]
    [DataRow("http://unitsofmeasure.org", "http://hl7.org/fhir/ValueSet/ucum-units", "mm[Hg]", "mmHg")]
    [DataRow("urn:ietf:bcp:13", "http://hl7.org/fhir/ValueSet/mimetypes", "application/pdf", "pdf")]
    [DataRow("urn:ietf:bcp:47", "http://hl7.org/fhir/ValueSet/all-languages", "zh-Hans-CN", "zh_CN")]
    public async Task Codes_that_are_written_by_a_grammar_are_known_by_it(
        string system, string valueSet, string code, string wrong)
    {
        await using var terms = new TerminologyPair();
        Assert.AreEqual(code, (await terms.LookupAsync(system, code)).OrThrow().Code);
        Assert.AreEqual("code-invalid", (await terms.LookupAsync(system, wrong)).Problem?.IssueCode);
        Assert.AreEqual(code, (await terms.BelowAsync(system, code)).OrThrow().Single().Code);
        Assert.IsTrue((await terms.ContainsAsync(valueSet, system, code)).OrThrow());
        Assert.IsFalse((await terms.ContainsAsync(valueSet, system, wrong)).OrThrow());
    }

    [TestMethod]
    public async Task A_lookup_gives_display_and_version()
    {
        await using var terms = new TerminologyPair();
        var found = (await terms.LookupAsync("http://hl7.org/fhir/administrative-gender", "female")).OrThrow();
        Assert.AreEqual("Female", found.Display);
        Assert.AreEqual("4.0.1", found.Version);
        Assert.IsFalse(found.IsInactive || found.IsAbstract);
    }

    [TestMethod]
    public async Task Membership_is_asked_with_and_without_a_system()
    {
        await using var terms = new TerminologyPair();
        const string Gender = "http://hl7.org/fhir/ValueSet/administrative-gender";
        Assert.IsTrue((await terms.ContainsAsync(Gender, null, "female")).OrThrow());
        Assert.IsTrue((await terms.ContainsAsync(Gender, "http://hl7.org/fhir/administrative-gender", "female")).OrThrow());
        Assert.IsFalse((await terms.ContainsAsync(Gender, ActMood, "female")).OrThrow());
        Assert.IsFalse((await terms.ContainsAsync(Gender, null, "woman")).OrThrow());
    }

    [TestMethod]
    public async Task An_implicit_value_set_is_what_its_URL_says()
    {
        await using var terms = new TerminologyPair();
        Assert.AreEqual("EXPEC GOL RSK", await terms.CodesAsync($"{ActMood}?fhir_vs=isa/EXPEC"));
        Assert.AreEqual(ProblemKind.NotFound, (await terms.ExpandAsync($"{ActMood}?fhir_vs=magic")).Problem?.Kind);
    }

    [TestMethod]
    public async Task A_hundred_thousand_codes_in_ten_levels_are_all_found()
    {
        await using var terms = new TerminologyPair();
        await terms.PutAsync(LargeSystem(100_000));
        Assert.AreEqual("Concept 77777", (await terms.LookupAsync(Large, "c77777")).OrThrow().Display);
        // Each concept c has the children 3c+1 to 3c+3, so below c5 there are 3, 9, 27 … of them.
        Assert.HasCount(1 + 3 + 9 + 27 + 81 + 243 + 729 + 2187 + 6561 + 19683, (await terms.BelowAsync(Large, "c2")).OrThrow());
        Assert.IsTrue((await terms.ContainsAsync($"{Large}?fhir_vs=isa/c2", Large, "c7")).OrThrow());
        Assert.IsFalse((await terms.ContainsAsync($"{Large}?fhir_vs=isa/c2", Large, "c4")).OrThrow());
        Assert.AreEqual("too-costly", (await terms.ExpandAsync($"{Large}?fhir_vs")).Problem?.IssueCode);
        Assert.HasCount(11, (await terms.AboveAsync(Large, "c50000")).OrThrow());
    }

    static string LargeSystem(int count)
    {
        var json = new StringBuilder();
        json.Append(CultureInfo.InvariantCulture, $$"""
            {"resourceType":"CodeSystem","id":"large","url":"{{Large}}","status":"active","caseSensitive":true,"content":"complete","concept":[
            """);
        for (var i = 0; i < count; i++)
        {
            json.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $$"""{"code":"c{{i}}","display":"Concept {{i}}" """);
            json.Append(i == 0 ? "}" : $$"""
                ,"property":[{"code":"parent","valueCode":"c{{(i - 1) / 3}}"}]}
                """);
        }

        return json.Append("]}").ToString();
    }
}
