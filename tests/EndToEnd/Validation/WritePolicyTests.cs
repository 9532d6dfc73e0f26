using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Validation;

/// <summary>Validation on the way in, by type: off, reported, enforced.</summary>
[TestClass]
public sealed class WritePolicyTests
{
    const string BadPatient = """{"resourceType":"Patient","id":"p-bad","gender":"unheard-of"}""";
    const string GoodPatient = """{"resourceType":"Patient","id":"p-bad","gender":"male"}""";
    const string BadObservation =
        """{"resourceType":"Observation","status":"unheard-of","code":{"text":"x"}}""";

    static HubProcess? _hub;

    static FhirClient Fhir => _hub?.Fhir ?? throw new InvalidOperationException("The hub is not started.");

    [ClassInitialize]
    public static async Task StartAsync(TestContext _) => _hub = await HubProcess.StartAsync(
        null,
        "--Hub:Validation=report",
        "--Hub:ValidationRules:0=Observation=enforce",
        "--Hub:ValidationRules:1=Basic=off");

    [ClassCleanup]
    public static async Task StopAsync()
    {
        if (_hub is not null)
        {
            await _hub.DisposeAsync();
        }
    }

    [TestMethod]
    public async Task What_is_enforced_is_refused_on_every_way_of_writing()
    {
        (await Fhir.PostAsync("Observation", BadObservation))
            .ExpectProblem(UnprocessableEntity, "Observation.status", "observation-status");
        var bundle = """{"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"POST","url":"Observation"},"resource":"""
            + BadObservation + "}]}";
        (await Fhir.PostAsync("", bundle)).ExpectProblem(UnprocessableEntity, "Bundle.entry[0].resource.status");
        var made = (await Fhir.PostAsync(
            "Observation", """{"resourceType":"Observation","status":"final","code":{"text":"x"}}""")).Expect(Created);
        (await Fhir.PatchAsync(
            $"Observation/{made.Id}",
            """[{"op":"replace","path":"/status","value":"unheard-of"}]""",
            "application/json-patch+json")).ExpectProblem(UnprocessableEntity, "Observation.status");
    }

    [TestMethod]
    public async Task What_is_reported_is_written_and_the_report_is_kept_until_it_is_mended()
    {
        var made = await Fhir.PutAsync("Patient/p-bad", BadPatient);
        Assert.AreEqual(Created, made.Status, made.Text);
        Assert.AreEqual("299 FhirHub \"validation errors: 1\"", made.Header("Warning"));

        var report = (await Fhir.GetAsync("OperationOutcome/Patient.p-bad")).Expect(OK);
        Assert.AreEqual("Patient.gender", report.Json["issue"]?[0]?["expression"]?[0]?.ToString());
        Assert.AreEqual("Patient/p-bad", report.Json["extension"]?[0]?["valueReference"]?["reference"]?.ToString());

        (await Fhir.PutAsync("Patient/p-bad", GoodPatient)).Expect(OK);
        (await Fhir.GetAsync("OperationOutcome/Patient.p-bad")).Expect(Gone);
    }

    [TestMethod]
    public async Task A_report_goes_with_its_resource_and_does_not_keep_it_from_going()
    {
        await using var hub = await HubProcess.StartAsync(
            null, "--Hub:Validation=report", "--Hub:ReferentialIntegrity=enforce");
        (await hub.Fhir.PutAsync("Patient/p-bad", BadPatient)).Expect(Created);
        (await hub.Fhir.GetAsync("OperationOutcome/Patient.p-bad")).Expect(OK);
        (await hub.Fhir.DeleteAsync("Patient/p-bad")).ExpectSuccess();
        (await hub.Fhir.GetAsync("OperationOutcome/Patient.p-bad")).Expect(Gone);
    }

    [TestMethod]
    public async Task What_is_off_is_written_without_a_word()
    {
        var made = (await Fhir.PostAsync(
            "Basic", """{"resourceType":"Basic","code":{"coding":[{"code":"x"}]},"subject":{"reference":"Nothing/1"}}"""))
            .Expect(Created);
        Assert.IsNull(made.Header("Warning"));
        (await Fhir.GetAsync($"OperationOutcome/Basic.{made.Id}")).Expect(NotFound);
    }

    [TestMethod]
    public async Task A_profile_in_the_same_store_counts_from_the_write_after_it()
    {
        const string Url = "http://example.org/StructureDefinition/policy";
        (await Fhir.PutAsync("StructureDefinition/policy", ValidateTests.Profile("policy", Url, "Patient.name")))
            .ExpectSuccess();
        var made = await Fhir.PostAsync(
            "Patient", $$"""{"resourceType":"Patient","meta":{"profile":["{{Url}}"]} }""");
        Assert.AreEqual("299 FhirHub \"validation errors: 1\"", made.Header("Warning"), made.Text);
    }
}
