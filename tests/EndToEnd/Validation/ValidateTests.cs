using System.Text.Json.Nodes;
using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Validation;

/// <summary>https://hl7.org/fhir/R4/resource-operation-validate.html</summary>
[TestClass]
public sealed class ValidateTests
{
    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    public async Task A_sound_resource_has_no_problem()
    {
        var answer = (await Fhir.PostAsync("Patient/$validate", Sample.Patient(Sample.Tag()))).Expect(OK);
        Assert.IsFalse(Severities(answer).Contains("error"), answer.Text);
    }

    [TestMethod]
    public async Task What_is_wrong_is_told_in_two_languages_with_rule_place_and_line()
    {
        const string Patient = """
            {"resourceType":"Patient",
             "gender":"unheard-of"}
            """;
        var answer = (await Fhir.PostAsync("Patient/$validate", Patient)).Expect(OK);
        var issue = answer.Json["issue"]?.AsArray().Single(i => i?["severity"]?.ToString() == "error");
        Assert.AreEqual("code-invalid", issue?["code"]?.ToString());
        Assert.AreEqual("Patient.gender", issue?["expression"]?[0]?.ToString());
        Assert.AreEqual("binding-required", issue?["details"]?["coding"]?[0]?["code"]?.ToString());
        Assert.Contains("编码必须取自值集", issue?["details"]?["text"]?.ToString() ?? "");
        Assert.Contains("administrative-gender", issue?["diagnostics"]?.ToString() ?? "");
        Assert.AreEqual("line 2, column 12", issue?["location"]?[0]?.ToString());
        Assert.DoesNotContain("unheard-of", answer.Text, "what the resource says is not repeated");
    }

    [TestMethod]
    public async Task A_profile_that_is_stored_is_checked_when_it_is_asked_for_and_when_it_has_changed()
    {
        var profile = await StoreProfileAsync("Patient.name");
        var patient = """{"resourceType":"Patient","gender":"male"}""";
        var answer = await Fhir.PostAsync($"Patient/$validate?profile={profile}", patient);
        Assert.AreEqual("Patient.name", ErrorPlaces(answer).Single());

        await StoreProfileAsync("Patient.birthDate", profile);
        answer = await Fhir.PostAsync($"Patient/$validate?profile={profile}", patient);
        Assert.AreEqual("Patient.birthDate", ErrorPlaces(answer).Single());
    }

    [TestMethod]
    public async Task Parameters_hold_the_resource_its_profile_and_the_mode()
    {
        var profile = await StoreProfileAsync("Patient.name");
        var answer = await Fhir.PostAsync(
            "Patient/$validate",
            $$"""
            {"resourceType":"Parameters","parameter":[{"name":"profile","valueUri":"{{profile}}"},
            {"name":"mode","valueCode":"create"},{"name":"resource","resource":{"resourceType":"Patient"} }]}
            """);
        Assert.AreEqual("Patient.name", ErrorPlaces(answer).Single());
    }

    [TestMethod]
    public async Task What_is_stored_is_validated_where_nothing_is_sent()
    {
        var profile = await StoreProfileAsync("Patient.photo");
        var made = (await Fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()))).Expect(Created);
        var answer = await Fhir.PostAsync(
            $"Patient/{made.Id}/$validate",
            $$"""
            {"resourceType":"Parameters","parameter":[{"name":"profile","valueUri":"{{profile}}"}]}
            """);
        Assert.AreEqual("Patient.photo", ErrorPlaces(answer).Single());
    }

    [TestMethod]
    public async Task A_profile_that_is_not_here_is_an_error_that_names_it()
    {
        var answer = await Fhir.PostAsync(
            "Patient/$validate?profile=http://example.org/absent", """{"resourceType":"Patient"}""");
        answer.ExpectProblem(OK, "http://example.org/absent", "profile-unknown");
    }

    [TestMethod]
    public async Task References_to_here_lead_somewhere_and_their_profiles_are_checked()
    {
        const string Observation = """
            {"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/nobody-at-all"} }
            """;
        var answer = (await Fhir.PostAsync("Observation/$validate", Observation)).Expect(OK);
        Assert.Contains("reference-not-found", answer.Text);
    }

    [TestMethod]
    public async Task A_bundle_is_validated_with_its_entries()
    {
        var answer = await Fhir.PostAsync(
            "Bundle/$validate",
            """
            {"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","gender":"x"} }]}
            """);
        Assert.AreEqual("Bundle.entry[0].resource.gender", ErrorPlaces(answer).Single());
    }

    internal static async Task<string> StoreProfileAsync(string required, string? url = null)
    {
        var id = url?.Split('/')[^1] ?? Sample.Tag();
        url ??= $"http://example.org/StructureDefinition/{id}";
        (await Fhir.PutAsync($"StructureDefinition/{id}", Profile(id, url, required))).ExpectSuccess();
        return url;
    }

    internal static string Profile(string id, string url, string required) =>
        "{\"resourceType\":\"StructureDefinition\",\"id\":\"" + id + "\",\"url\":\"" + url + "\",\"name\":\"Own\","
        + "\"status\":\"active\",\"kind\":\"resource\",\"abstract\":false,\"type\":\"Patient\","
        + "\"baseDefinition\":\"http://hl7.org/fhir/StructureDefinition/Patient\",\"derivation\":\"constraint\","
        + "\"differential\":{\"element\":[{\"id\":\"" + required + "\",\"path\":\"" + required + "\",\"min\":1}]}}";

    static List<string?> Severities(Answer answer) =>
        [.. (answer.Json["issue"] as JsonArray ?? []).Select(issue => issue?["severity"]?.ToString())];

    static List<string?> ErrorPlaces(Answer answer) =>
    [
        .. (answer.Expect(OK).Json["issue"] as JsonArray ?? [])
            .Where(issue => issue?["severity"]?.ToString() == "error")
            .Select(issue => issue?["expression"]?[0]?.ToString()),
    ];
}
