using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Terminology;

/// <summary>
/// https://hl7.org/fhir/R4/valueset-operation-validate-code.html and the one of the same name for code systems.
/// </summary>
[TestClass]
public sealed class ValidateCodeTests
{
    const string Gender = "http://hl7.org/fhir/ValueSet/administrative-gender";

    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    [DataRow("code=heart", "true", null)]
    [DataRow("code=heart&display=heart", "true", null)]
    [DataRow("code=heart&display=心脏", "true", null)]
    [DataRow("code=heart&display=Lung", "false", "'Heart'")]
    [DataRow("code=tail", "true", "inactive")]
    [DataRow("code=part", "false", "only groups")]
    [DataRow("code=part&abstract=true", "true", null)]
    [DataRow("code=nose", "false", "not in")]
    public async Task A_code_is_judged_in_its_system_and_in_a_value_set(string code, string result, string? message)
    {
        var body = await Terms.OfBodyAsync();
        foreach (var question in (string[])
        [
            $"CodeSystem/$validate-code?url={body.System}&{code}",
            $"{body.SystemAddress}/$validate-code?{code}",
            $"ValueSet/$validate-code?url={Uri.EscapeDataString(body.System + "?fhir_vs")}&system={body.System}&{code}",
            $"ValueSet/$validate-code?url={Uri.EscapeDataString(body.System + "?fhir_vs")}&{code}",
        ])
        {
            var found = await Terms.AskedAsync(question);
            Assert.AreEqual(result, Terms.Text(found["result"].Single()), question);
            if (message is not null)
            {
                Assert.Contains(message, Terms.Text(found["message"].Single()) ?? "");
            }
        }
    }

    [TestMethod]
    public async Task Definitions_come_by_address_in_the_body_or_bare()
    {
        var body = await Terms.OfBodyAsync();
        var compose = $$"""{"include":[{"system":"{{body.System}}","filter":[{"property":"concept","op":"is-a","value":"heart"}]}]}""";
        var (_, address) = await body.ComposeAsync(compose);
        var sent = $$"""{"resourceType":"ValueSet","status":"draft","compose":{{compose}}}""";
        var coding = $$"""{"system":"{{body.System}}","code":"valve"}""";

        var byAddress = await Terms.AskedAsync($"{address}/$validate-code?system={body.System}&code=valve");
        var inBody = await Terms.PostedAsync(
            "ValueSet/$validate-code",
            $$"""{"name":"valueSet","resource":{{sent}}}""",
            Terms.Parameter("coding", "valueCoding", coding));
        var concept = await Terms.PostedAsync(
            $"{address}/$validate-code",
            Terms.Parameter("codeableConcept", "valueCodeableConcept", $$"""{"coding":[{"system":"urn:x","code":"1"},{{coding}}]}"""));
        foreach (var found in new[] { byAddress, inBody, concept })
        {
            Assert.AreEqual("true", Terms.Text(found["result"].Single()));
            Assert.AreEqual("Heart valve", Terms.Text(found["display"].Single()));
        }

        var bare = (await Fhir.PostAsync($"ValueSet/$validate-code?system={body.System}&code=eye", sent)).Expect(OK);
        Assert.Contains("\"valueBoolean\":false", bare.Text);
        var system = $$"""{"resourceType":"CodeSystem","url":"urn:y","status":"draft","content":"complete","concept":[{"code":"y"}]}""";
        var own = await Terms.PostedAsync(
            "CodeSystem/$validate-code",
            $$"""{"name":"codeSystem","resource":{{system}}}""",
            Terms.Parameter("code", "valueCode", "\"y\""));
        Assert.AreEqual("true", Terms.Text(own["result"].Single()));
    }

    [TestMethod]
    public async Task The_version_of_a_coding_counts_where_the_value_set_leaves_it_open()
    {
        var body = await Terms.OfBodyAsync();
        await Terms.PutAsync("CodeSystem", $$"""
            {"resourceType":"CodeSystem","url":"{{body.System}}","version":"2","status":"retired","caseSensitive":true,
             "content":"complete","concept":[{"code":"gill","display":"Gill"}]}
            """);
        var (url, _) = await body.ComposeAsync($$"""{"include":[{"system":"{{body.System}}"}]}""");
        var question = $"ValueSet/$validate-code?url={url}&system={body.System}";
        Assert.AreEqual("false", await ResultAsync($"{question}&code=gill"));
        Assert.AreEqual("true", await ResultAsync($"{question}&code=gill&systemVersion=2"));
        Assert.AreEqual("true", await ResultAsync($"{question}&code=gill&system-version={body.System}|2"));
        Assert.AreEqual("true", await ResultAsync($"{question}&code=gill&force-system-version={body.System}|2"));
        (await Fhir.GetAsync($"{question}&code=gill&systemVersion=9")).ExpectProblem(NotFound, $"{body.System}|9");

        var (pinned, _) = await body.ComposeAsync($$"""{"include":[{"system":"{{body.System}}","version":"3"}]}""", "pinned");
        var strict = $"ValueSet/$validate-code?url={pinned}&system={body.System}&code=gill";
        Assert.AreEqual("true", await ResultAsync($"{strict}&force-system-version={body.System}|2"));
        (await Fhir.GetAsync($"{strict}&check-system-version={body.System}|2"))
            .ExpectProblem(UnprocessableEntity, "check-system-version");
    }

    [TestMethod]
    public async Task A_code_outside_of_a_fragment_is_neither_right_nor_wrong()
    {
        var body = await Terms.OfBodyAsync();
        var system = body.System + ":part";
        await Terms.PutAsync("CodeSystem", $$"""
            {"resourceType":"CodeSystem","url":"{{system}}","status":"active","content":"fragment","concept":[{"code":"a"}]}
            """);
        Assert.AreEqual("true", await ResultAsync($"CodeSystem/$validate-code?url={system}&code=a"));
        (await Fhir.GetAsync($"CodeSystem/$validate-code?url={system}&code=b"))
            .ExpectProblem(UnprocessableEntity, "incomplete", "a part of");
    }

    [TestMethod]
    public async Task What_is_not_asked_right_is_refused()
    {
        (await Fhir.GetAsync($"ValueSet/$validate-code?url={Gender}&code=male")).Expect(OK);
        (await Fhir.GetAsync($"ValueSet/$validate-code?url={Gender}")).ExpectProblem(BadRequest, "'code'", "'coding'");
        (await Fhir.GetAsync("ValueSet/$validate-code?code=male")).ExpectProblem(BadRequest, "'url'");
        (await Fhir.GetAsync($"ValueSet/$validate-code?url={Gender}&code=male&context=x")).ExpectProblem(BadRequest, "'context'");
        (await Fhir.GetAsync("ValueSet/$validate-code?url=urn:none&code=a")).ExpectProblem(NotFound, "urn:none");
        (await Fhir.GetAsync("CodeSystem/$validate-code?url=urn:none&code=a")).ExpectProblem(NotFound, "urn:none");
        (await Fhir.GetAsync("CodeSystem/$validate-code?code=a")).ExpectProblem(BadRequest, "'url'");
        (await Fhir.GetAsync($"ValueSet/none/$validate-code?url={Gender}&code=a")).ExpectProblem(BadRequest, "once");
        (await Fhir.GetAsync("ValueSet/none/$validate-code?code=a")).ExpectProblem(NotFound, "ValueSet/none");
        (await Fhir.GetAsync($"ValueSet/$validate-code?url={Gender}&code=male&abstract=maybe")).ExpectProblem(BadRequest, "'abstract'");
        (await Fhir.PostAsync("ValueSet/$validate-code?code=a", Sample.Patient("x"))).ExpectProblem(BadRequest, "Patient");
    }

    static async Task<string?> ResultAsync(string question) =>
        Terms.Text((await Terms.AskedAsync(question))["result"].Single());
}
