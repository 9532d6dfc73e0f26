using FhirHub.Core.Model;
using FhirHub.Core.Terminology;
using FhirHub.Terminology.ConceptMaps;
using FhirHub.Terminology.Operations;

namespace FhirHub.Stores.Terminology;

/// <summary>What the terminology operations compute: https://hl7.org/fhir/R4/terminology-service.html</summary>
[TestClass]
public sealed class OperationTests
{
    const string Body = "http://example.org/body";
    const string ActMood = "http://terminology.hl7.org/CodeSystem/v3-ActMood";

    const string BodyJson = """
        {"resourceType":"CodeSystem","id":"body","url":"http://example.org/body","version":"3","status":"active",
         "caseSensitive":true,"content":"complete","concept":[
          {"code":"part","display":"Body part","property":[{"code":"notSelectable","valueBoolean":true}],"concept":[
           {"code":"heart","display":"Heart","definition":"The pump.","designation":[
             {"language":"zh-CN","value":"心脏"},{"language":"de","use":{"system":"http://example.org/use","code":"short"},"value":"Herz"}],
            "property":[{"code":"count","valueInteger":1}]},
           {"code":"tail","display":"Tail","property":[{"code":"inactive","valueBoolean":true}]}]}]}
        """;

    [TestMethod]
    public async Task Details_are_all_that_the_code_system_says()
    {
        await using var terms = new TerminologyPair();
        await terms.PutAsync(BodyJson);
        var details = (await terms.Hub.DetailsAsync(
            DefinitionChoice.Of(Body, "3"), "heart", EditionRules.None, TerminologyPair.Caller, default)).OrThrow();
        Assert.AreEqual(("Heart", "3", "The pump."), (details.Entry.Display, details.Entry.Version, details.Definition));
        Assert.AreEqual(new Designation("de", new Coding("http://example.org/use", "short"), "Herz"), details.Designations[1]);
        CollectionAssert.AreEqual(
            new[] { new PropertyValue("count", "integer", "1"), new PropertyValue("parent", "code", "part") },
            details.Properties.ToArray());
        Assert.AreEqual("心脏", details.DisplayIn("zh"));
        Assert.AreEqual("心脏", details.DisplayIn("zh-CN"));
        Assert.AreEqual("Heart", details.DisplayIn("fr"));
        var refused = await terms.Hub.DetailsAsync(
            DefinitionChoice.Of(Body, "4"), "heart", EditionRules.None, TerminologyPair.Caller, default);
        Assert.AreEqual(ProblemKind.NotFound, refused.Problem?.Kind);
    }

    [TestMethod]
    [DataRow("EXPEC", "GOL", Subsumption.Subsumes)]
    [DataRow("GOL", "EXPEC", Subsumption.SubsumedBy)]
    [DataRow("GOL", "GOL", Subsumption.Equivalent)]
    [DataRow("GOL", "RSK", Subsumption.NotSubsumed)]
    public async Task Subsumption_is_one_of_four(string a, string b, Subsumption outcome)
    {
        await using var terms = new TerminologyPair();
        var answer = await terms.Hub.SubsumesAsync(DefinitionChoice.Of(ActMood), a, b, TerminologyPair.Caller, default);
        Assert.AreEqual(outcome, answer.OrThrow());
    }

    [TestMethod]
    [DataRow("heart", null, true, null)]
    [DataRow("heart", "heart", true, null)]
    [DataRow("heart", " HEART ", true, null)]
    [DataRow("heart", "心脏", true, null)]
    [DataRow("heart", "Kidney", false, "'Heart'")]
    [DataRow("tail", null, true, "inactive")]
    [DataRow("part", null, false, "only groups")]
    [DataRow("liver", null, false, "not in http://example.org/body|3")]
    public async Task A_code_is_judged_with_its_display(string code, string? display, bool result, string? message)
    {
        await using var terms = new TerminologyPair();
        await terms.PutAsync(BodyJson);
        var question = new CodeQuestion(new Coding(Body, code)) { Display = display };
        var inSystem = (await terms.Hub.ValidateInSystemAsync(
            DefinitionChoice.Of(Body), [question], EditionRules.None, TerminologyPair.Caller, default)).OrThrow();
        var inSet = (await terms.Hub.ValidateInSetAsync(
            DefinitionChoice.Of($"{Body}?fhir_vs"), [question], EditionRules.None, TerminologyPair.Caller, default)).OrThrow();
        foreach (var verdict in new[] { inSystem, inSet })
        {
            Assert.AreEqual(result, verdict.Result, verdict.Message);
            StringAssert.Contains(verdict.Message ?? "", message == null ? "" : message.Split('|')[0]);
        }
    }

    [TestMethod]
    public async Task One_right_coding_of_several_is_enough_and_a_missing_system_is_found()
    {
        await using var terms = new TerminologyPair();
        await terms.PutAsync(BodyJson);
        async Task<CodeVerdict> Verdict(params CodeQuestion[] codings) => (await terms.Hub.ValidateInSetAsync(
            DefinitionChoice.Of($"{Body}?fhir_vs"), codings, EditionRules.None, TerminologyPair.Caller, default)).OrThrow();
        var right = new CodeQuestion(new Coding(Body, "heart"));
        var wrong = new CodeQuestion(new Coding(ActMood, "GOL"));
        Assert.AreEqual(right.Coding, (await Verdict(wrong, right)).Coding);
        Assert.IsFalse((await Verdict(wrong)).Result);
        Assert.AreEqual(right.Coding, (await Verdict(new CodeQuestion(new Coding(null, "heart")))).Coding);
        Assert.IsTrue((await Verdict(new CodeQuestion(new Coding(Body, "part")) { AllowsAbstract = true })).Result);
    }

    [TestMethod]
    public async Task Pages_of_an_expansion_make_up_the_whole()
    {
        await using var terms = new TerminologyPair();
        var codes = string.Join(' ', Enumerable.Range(0, 95).Select(i => $"c{i}"));
        await terms.PutAsync(TerminologyPair.CodeSystem("s", codes));
        var found = new List<string>();
        for (var offset = 0; offset < 95; offset += 10)
        {
            var request = new ExpansionRequest { Offset = offset, Count = 10 };
            var page = (await terms.Hub.ExpandPageAsync(
                DefinitionChoice.Of($"{Urls.Shades}?fhir_vs"), request, TerminologyPair.Caller, default)).OrThrow();
            Assert.AreEqual((95, offset), (page.Total, page.Offset));
            found.AddRange(page.Codes.Select(code => code.Entry.Code));
        }

        Assert.AreEqual(codes, string.Join(' ', found));
        var filtered = (await terms.Hub.ExpandPageAsync(
            DefinitionChoice.Of($"{Urls.Shades}?fhir_vs"), new ExpansionRequest { Filter = "c9", Count = 3 }, TerminologyPair.Caller, default)).OrThrow();
        Assert.AreEqual(6, filtered.Total);
        Assert.AreEqual("c9 c90 c91", string.Join(' ', filtered.Codes.Select(code => code.Entry.Code)));
    }

    [TestMethod]
    public async Task A_translation_goes_on_in_another_map_and_not_in_circles()
    {
        await using var terms = new TerminologyPair();
        await terms.PutAsync(Map("one", "a", "two"));
        await terms.PutAsync(Map("two", "b", "one"));
        async Task<Answer<Translation>> Translated(string code) => await terms.Hub.TranslateAsync(
            DefinitionChoice.Of("http://example.org/map/one"), new TranslationRequest(new Coding(Urls.Shades, code)), TerminologyPair.Caller, default);
        Assert.AreEqual("A", (await Translated("a")).OrThrow().Matches.Single().Concept?.Code);
        Assert.AreEqual("http://example.org/map/two", (await Translated("b")).OrThrow().Matches.Single().Map);
        StringAssert.Contains((await Translated("c")).Problem?.Text, "circle");
    }

    static string Map(string name, string code, string next) => $$"""
        {"resourceType":"ConceptMap","id":"{{name}}","url":"http://example.org/map/{{name}}","status":"active","group":[
          {"source":"{{Urls.Shades}}","target":"http://example.org/standard","element":[
            {"code":"{{code}}","target":[{"code":"{{code.ToUpperInvariant()}}","equivalence":"equal"}]}],
           "unmapped":{"mode":"other-map","url":"http://example.org/map/{{next}}"} }]}
        """;
}
