using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Http;

/// <summary>https://hl7.org/fhir/R4/http.html#patch</summary>
[TestClass]
public sealed class PatchTests
{
    const string JsonPatch = "application/json-patch+json";

    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    public async Task A_JSON_Patch_makes_the_next_version()
    {
        var made = await MadeAsync(Sample.Tag());
        var body =
            """[{"op":"replace","path":"/name/0/family","value":"Li"},{"op":"add","path":"/active","value":true}]""";
        var patched = (await Fhir.PatchAsync($"Patient/{made.Id}", body, JsonPatch)).Expect(OK);
        Assert.AreEqual("W/\"2\"", patched.Header("ETag"));
        Assert.AreEqual("Li", patched.Json["name"]?[0]?["family"]?.ToString());
        Assert.AreEqual("true", patched.Json["active"]?.ToString());
        Assert.AreEqual(patched.Text, (await Fhir.GetAsync($"Patient/{made.Id}")).Text);
    }

    [TestMethod]
    public async Task An_XML_Patch_makes_the_next_version()
    {
        var made = await MadeAsync(Sample.Tag());
        var body = """
            <diff xmlns:f="http://hl7.org/fhir"><replace sel="f:Patient/f:name/f:family/@value">Li</replace></diff>
            """;
        var patched = (await Fhir.PatchAsync($"Patient/{made.Id}", body, "application/xml-patch+xml")).Expect(OK);
        Assert.AreEqual("Li", patched.Json["name"]?[0]?["family"]?.ToString());
        Assert.AreEqual("2", patched.VersionId);
    }

    [TestMethod]
    public async Task A_FHIRPath_Patch_makes_the_next_version_in_both_formats()
    {
        var made = await MadeAsync(Sample.Tag());
        var json = """
            {"resourceType":"Parameters","parameter":[{"name":"operation","part":[
            {"name":"type","valueCode":"replace"},{"name":"path","valueString":"Patient.name[0].family"},
            {"name":"value","valueString":"Li"}]}]}
            """;
        var first = (await Fhir.PatchAsync($"Patient/{made.Id}", json, FhirClient.Json)).Expect(OK);
        Assert.AreEqual("Li", first.Json["name"]?[0]?["family"]?.ToString());
        var xml = """
            <Parameters xmlns="http://hl7.org/fhir"><parameter><name value="operation"/>
            <part><name value="type"/><valueCode value="add"/></part>
            <part><name value="path"/><valueString value="Patient"/></part>
            <part><name value="name"/><valueString value="birthDate"/></part>
            <part><name value="value"/><valueDate value="2001-02-03"/></part></parameter></Parameters>
            """;
        var second = (await Fhir.PatchAsync($"Patient/{made.Id}", xml, "application/fhir+xml")).Expect(OK);
        Assert.AreEqual("2001-02-03", second.Json["birthDate"]?.ToString());
        Assert.AreEqual("3", second.VersionId);
    }

    [TestMethod]
    public async Task A_media_type_that_is_no_patch_is_refused_with_415()
    {
        var made = await MadeAsync(Sample.Tag());
        (await Fhir.PatchAsync($"Patient/{made.Id}", "[]", "text/plain"))
            .ExpectProblem(UnsupportedMediaType, JsonPatch);
        (await Fhir.PatchAsync($"Patient/{made.Id}", "[]", "")).ExpectProblem(UnsupportedMediaType, JsonPatch);
    }

    [TestMethod]
    public async Task A_JSON_Patch_with_half_a_surrogate_pair_or_no_UTF8_is_refused()
    {
        var made = await MadeAsync(Sample.Tag());
        byte[][] bodies =
        [
            """[{"op":"remove","path":"/\ud800"}]"""u8.ToArray(),
            [.. """[{"op":"remove","path":"/"""u8, 0xEE, .. "\"}]"u8],
        ];
        foreach (var body in bodies)
        {
            var patched = await Fhir.SendAsync(
                HttpMethod.Patch, $"Patient/{made.Id}", body, ("Content-Type", JsonPatch));
            Assert.IsTrue(patched.Status is BadRequest or UnprocessableEntity, patched.Text);
        }
    }

    [TestMethod]
    public async Task A_failed_test_is_refused_with_422_and_changes_nothing()
    {
        var made = await MadeAsync(Sample.Tag());
        var body = """
            [{"op":"replace","path":"/name/0/family","value":"Li"},{"op":"test","path":"/active","value":true}]
            """;
        (await Fhir.PatchAsync($"Patient/{made.Id}", body, JsonPatch)).ExpectProblem(UnprocessableEntity);
        Assert.AreEqual(made.Text, (await Fhir.GetAsync($"Patient/{made.Id}")).Text);
    }

    [TestMethod]
    public async Task A_patch_that_leads_to_no_valid_resource_or_another_id_is_refused_with_422()
    {
        var made = await MadeAsync(Sample.Tag());
        string[] bodies =
        [
            """[{"op":"add","path":"/colour","value":"red"}]""",
            """[{"op":"replace","path":"/id","value":"other"}]""",
        ];
        foreach (var body in bodies)
        {
            (await Fhir.PatchAsync($"Patient/{made.Id}", body, JsonPatch)).ExpectProblem(UnprocessableEntity);
        }
    }

    [TestMethod]
    public async Task A_malformed_patch_is_refused_with_400()
    {
        var made = await MadeAsync(Sample.Tag());
        (await Fhir.PatchAsync($"Patient/{made.Id}", """[{"op":"replace","path":"/name""", JsonPatch))
            .ExpectProblem(BadRequest);
        (await Fhir.PatchAsync($"Patient/{made.Id}", """[{"op":"leap","path":"/name"}]""", JsonPatch))
            .ExpectProblem(BadRequest);
        (await Fhir.PatchAsync($"Patient/{made.Id}", "", JsonPatch)).ExpectProblem(BadRequest);
    }

    [TestMethod]
    public async Task A_patch_minds_If_Match()
    {
        var made = await MadeAsync(Sample.Tag());
        var body = """[{"op":"add","path":"/active","value":true}]""";
        (await Fhir.PatchAsync($"Patient/{made.Id}", body, JsonPatch, ("If-Match", "W/\"2\"")))
            .ExpectProblem(PreconditionFailed);
        (await Fhir.PatchAsync($"Patient/{made.Id}", body, JsonPatch, ("If-Match", "W/\"1\""))).Expect(OK);
    }

    [TestMethod]
    public async Task A_patch_of_what_is_not_there_is_404_or_410()
    {
        var body = """[{"op":"add","path":"/active","value":true}]""";
        (await Fhir.PatchAsync("Patient/never-was", body, JsonPatch)).ExpectProblem(NotFound);
        var made = await MadeAsync(Sample.Tag());
        await Fhir.DeleteAsync($"Patient/{made.Id}");
        (await Fhir.PatchAsync($"Patient/{made.Id}", body, JsonPatch)).ExpectProblem(Gone);
    }

    [TestMethod]
    public async Task A_conditional_patch_changes_the_one_it_finds_and_nothing_else()
    {
        var tag = Sample.Tag();
        var body = """[{"op":"add","path":"/active","value":true}]""";
        var path = $"Patient?{Sample.ByTag(tag)}";
        (await Fhir.PatchAsync(path, body, JsonPatch)).ExpectProblem(NotFound);
        var made = await MadeAsync(tag);
        Assert.AreEqual(made.Id, (await Fhir.PatchAsync(path, body, JsonPatch)).Expect(OK).Id);
        await MadeAsync(tag);
        (await Fhir.PatchAsync(path, body, JsonPatch)).ExpectProblem(PreconditionFailed, "multiple-matches");
    }

    static async Task<Answer> MadeAsync(string tag) =>
        (await Fhir.PostAsync("Patient", Sample.Patient(tag))).Expect(Created);
}
