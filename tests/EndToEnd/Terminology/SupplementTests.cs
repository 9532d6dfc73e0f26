using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Terminology;

/// <summary>
/// Supplements (https://hl7.org/fhir/R4/codesystem.html#supplements), and value sets by what is bound to them.
/// </summary>
[TestClass]
public sealed class SupplementTests
{
    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    public async Task A_supplement_adds_names_and_properties_where_it_is_asked_for()
    {
        var (body, supplement) = await SupplementedAsync();
        var lookup = $"CodeSystem/$lookup?system={body.System}&code=eye";
        Assert.DoesNotContain("眼", (await Fhir.GetAsync(lookup)).Expect(OK).Text);
        var found = await Terms.AskedAsync($"{lookup}&useSupplement={supplement}&displayLanguage=zh");
        Assert.AreEqual("眼", Terms.Text(found["display"].Single()));
        Assert.AreEqual("true", found["property"]
            .Where(one => Terms.Part(one, "code") == "paired").Select(one => Terms.Part(one, "value")).Single());

        // A display is right only where the supplement is used.
        var validate = $"CodeSystem/$validate-code?url={body.System}&code=eye&display=%E7%9C%BC";
        Assert.AreEqual("false", Terms.Text((await Terms.AskedAsync(validate))["result"].Single()));
        Assert.AreEqual("true", Terms.Text((await Terms.AskedAsync($"{validate}&useSupplement={supplement}"))["result"].Single()));

        // Expansions find by the names, give them and the properties, and say what they used.
        var expand = $"ValueSet/$expand?url={body.System}%3Ffhir_vs&filter=%E7%9C%BC&property=paired&count=5";
        Assert.AreEqual("", Terms.Codes(await Fhir.GetAsync(expand)));
        var expanded = await Fhir.GetAsync($"{expand}&useSupplement={supplement}&displayLanguage=zh");
        Assert.AreEqual("eye", Terms.Codes(expanded));
        Assert.AreEqual("眼", Terms.Contains(expanded).Single()["display"]?.ToString());
        Assert.Contains("paired", Terms.Contains(expanded).Single().ToJsonString());
        Assert.Contains("\"used-supplement\"", expanded.Text);
    }

    [TestMethod]
    public async Task A_value_set_names_the_supplement_it_needs_and_may_filter_by_its_properties()
    {
        var (body, supplement) = await SupplementedAsync();
        var url = $"{body.System}:paired";
        await Terms.PutAsync("ValueSet", $$"""
            {"resourceType":"ValueSet","url":"{{url}}","status":"active",
             "extension":[{"url":"http://hl7.org/fhir/StructureDefinition/valueset-supplement","valueCanonical":"{{supplement}}"}],
             "compose":{"include":[{"system":"{{body.System}}","filter":[{"property":"paired","op":"=","value":"true"}]}]} }
            """);
        Assert.AreEqual("eye", Terms.Codes(await Fhir.GetAsync($"ValueSet/$expand?url={url}")));
        var validated = await Terms.AskedAsync($"ValueSet/$validate-code?url={url}&system={body.System}&code=eye&display=%E7%9C%BC");
        Assert.AreEqual("true", Terms.Text(validated["result"].Single()));
    }

    [TestMethod]
    public async Task A_supplement_that_is_not_there_or_not_to_the_code_system_is_refused()
    {
        var (body, supplement) = await SupplementedAsync();
        var lookup = $"CodeSystem/$lookup?system={body.System}&code=eye&useSupplement=";
        (await Fhir.GetAsync($"{lookup}urn:nowhere")).ExpectProblem(NotFound, "urn:nowhere");
        (await Fhir.GetAsync(lookup + body.System)).ExpectProblem(UnprocessableEntity, "no supplement");
        (await Fhir.GetAsync($"CodeSystem/$lookup?system=http://hl7.org/fhir/administrative-gender&code=male&useSupplement={supplement}"))
            .ExpectProblem(UnprocessableEntity, "not to http://hl7.org/fhir/administrative-gender");
        (await Fhir.GetAsync($"CodeSystem/$lookup?system={supplement}&code=eye")).ExpectProblem(UnprocessableEntity, "is a supplement");
    }

    [TestMethod]
    [DataRow("Patient.gender")]
    [DataRow("http://hl7.org/fhir/StructureDefinition/Patient%23Patient.gender")]
    public async Task A_context_stands_for_the_value_set_an_element_is_bound_to(string context)
    {
        Assert.AreEqual("male female other unknown", Terms.Codes(await Fhir.GetAsync(
            $"ValueSet/$expand?context={context}&contextDirection=incoming")));
        var validated = await Terms.AskedAsync($"ValueSet/$validate-code?context={context}&code=female");
        Assert.AreEqual("true", Terms.Text(validated["result"].Single()));
    }

    [TestMethod]
    public async Task A_profile_that_is_stored_counts_before_what_it_is_derived_from()
    {
        var body = await Terms.OfBodyAsync();
        var profile = $"{body.System}:profile";
        var (set, _) = await body.ComposeAsync($$"""{"include":[{"system":"{{body.System}}","concept":[{"code":"eye"}]}]}""");
        await Terms.PutAsync("StructureDefinition", $$"""
            {"resourceType":"StructureDefinition","url":"{{profile}}","name":"P","status":"active","kind":"resource","abstract":false,
             "type":"Observation","baseDefinition":"http://hl7.org/fhir/StructureDefinition/Observation","derivation":"constraint",
             "differential":{"element":[{"id":"Observation.bodySite","path":"Observation.bodySite",
              "binding":{"strength":"required","valueSet":"{{set}}"} }]} }
            """);
        Assert.AreEqual("eye", Terms.Codes(await Fhir.GetAsync($"ValueSet/$expand?context={profile}%23Observation.bodySite")));
        Assert.Contains("final", Terms.Codes(await Fhir.GetAsync($"ValueSet/$expand?context={profile}%23Observation.status")));
    }

    [TestMethod]
    public async Task A_context_that_leads_nowhere_is_told_why()
    {
        async Task RefusedAsync(string query, System.Net.HttpStatusCode status, string why) =>
            (await Fhir.GetAsync($"ValueSet/$expand?{query}")).ExpectProblem(status, why);
        await RefusedAsync("context=Patient.name", UnprocessableEntity, "not bound");
        await RefusedAsync("context=Patient.nose", UnprocessableEntity, "no element");
        await RefusedAsync("context=urn:x%23y", NotFound, "urn:x");
        await RefusedAsync("context=http://x/y", BadRequest, "'context'");
        await RefusedAsync("context=Patient.gender&contextDirection=up", BadRequest, "incoming or outgoing");
        await RefusedAsync("contextDirection=incoming", BadRequest, "belongs to 'context'");
        await RefusedAsync("context=Patient.gender&url=urn:x", BadRequest, "Say once");
    }

    static async Task<(Terms Body, string Supplement)> SupplementedAsync()
    {
        var body = await Terms.OfBodyAsync();
        var supplement = $"{body.System}:zh";
        await Terms.PutAsync("CodeSystem", $$"""
            {"resourceType":"CodeSystem","url":"{{supplement}}","status":"active","content":"supplement","supplements":"{{body.System}}",
             "property":[{"code":"paired","type":"boolean"}],"concept":[
              {"code":"eye","designation":[{"language":"zh-CN","value":"眼"}],"property":[{"code":"paired","valueBoolean":true}]},
              {"code":"heart","property":[{"code":"paired","valueBoolean":false}]},{"code":"nobody","designation":[{"value":"x"}]}]}
            """);
        return (body, supplement);
    }
}
