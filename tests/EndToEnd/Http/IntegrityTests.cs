using System.Text.Json.Nodes;
using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Http;

/// <summary>Referential integrity, which a deployment may ask for: https://hl7.org/fhir/R4/http.html#delete</summary>
[TestClass]
public sealed class IntegrityTests
{
    const int Clients = 32;
    const string Effective = "2026-03-04";

    static HubProcess? _strict;
    static HubProcess? _warning;

    static FhirClient Strict => _strict?.Fhir ?? throw new InvalidOperationException("The hub is not started.");

    static FhirClient Warning => _warning?.Fhir ?? throw new InvalidOperationException("The hub is not started.");

    [ClassInitialize]
    public static async Task StartAsync(TestContext _)
    {
        _strict = await HubProcess.StartAsync(null, "--Hub:ReferentialIntegrity=enforce");
        _warning = await HubProcess.StartAsync(null, "--Hub:ReferentialIntegrity=warn");
    }

    [ClassCleanup]
    public static async Task StopAsync()
    {
        foreach (var hub in new[] { _strict, _warning }.OfType<HubProcess>())
        {
            await hub.DisposeAsync();
        }
    }

    [TestMethod]
    public async Task A_reference_that_leads_nowhere_is_refused_on_every_way_of_writing()
    {
        var nowhere = Observation("Patient/nobody");
        foreach (var refused in new[]
        {
            await Strict.PostAsync("Observation", nowhere),
            await Strict.PutAsync("Observation/o-1", Observation("Patient/nobody", "o-1")),
            await Strict.PutAsync($"Observation?{Sample.ByTag(Sample.Tag())}", nowhere),
            await Strict.PostAsync("Observation", nowhere, ("If-None-Exist", Sample.ByTag(Sample.Tag()))),
            await Strict.PostAsync("Observation", Observation($"{Strict.BaseUrl}/Patient/nobody")),
            await Strict.PostAsync("Observation", Observation("Nothing/1")),
        })
        {
            refused.ExpectProblem(UnprocessableEntity, "Observation.subject.reference");
            Assert.AreEqual("Observation.subject.reference", refused.Json["issue"]?[0]?["expression"]?[0]?.ToString());
            Assert.AreEqual("not-found", refused.Json["issue"]?[0]?["code"]?.ToString());
        }

        var patient = await PatientAsync(Strict);
        var made = (await Strict.PostAsync("Observation", Observation($"Patient/{patient}"))).Expect(Created);
        (await Strict.PatchAsync(
            $"Observation/{made.Id}",
            """[{"op":"replace","path":"/subject/reference","value":"Patient/nobody"}]""",
            "application/json-patch+json")).ExpectProblem(UnprocessableEntity, "Observation.subject.reference");
    }

    [TestMethod]
    [DataRow("http://elsewhere.example/fhir/Patient/1")]
    [DataRow("urn:uuid:c757873d-ec9a-4326-a141-556f43239520")]
    public async Task References_to_elsewhere_are_not_looked_at(string reference)
    {
        (await Strict.PostAsync("Observation", Observation(reference))).Expect(Created);
        (await Strict.PostAsync("Patient", Sample.Patient(Sample.Tag(), more: """
            ,"contained":[{"resourceType":"Organization","id":"o"}],"managingOrganization":{"reference":"#o"},
            "generalPractitioner":[{"identifier":{"value":"1"}}]
            """))).Expect(Created);
    }

    [TestMethod]
    public async Task A_referred_resource_cannot_be_deleted_before_its_referrers()
    {
        var patient = await PatientAsync(Strict);
        var made = (await Strict.PostAsync("Observation", Observation($"Patient/{patient}"))).Expect(Created);
        var refused = (await Strict.DeleteAsync($"Patient/{patient}"))
            .ExpectProblem(Conflict, $"Observation/{made.Id}", "referred to by 1 ");
        Assert.AreEqual("conflict", refused.Json["issue"]?[0]?["code"]?.ToString());
        (await Strict.DeleteAsync($"Patient?_id={patient}")).ExpectProblem(Conflict, $"Observation/{made.Id}");
        (await Strict.GetAsync($"Patient/{patient}")).Expect(OK);
        (await Strict.DeleteAsync($"Observation/{made.Id}")).Expect(NoContent);
        (await Strict.DeleteAsync($"Patient/{patient}")).Expect(NoContent);
        (await Strict.PostAsync("Observation", Observation($"Patient/{patient}"))).ExpectProblem(UnprocessableEntity);
    }

    [TestMethod]
    public async Task A_transaction_that_is_consistent_in_itself_passes()
    {
        var patient = await PatientAsync(Strict);
        var made = (await Strict.PostAsync("Observation", Observation($"Patient/{patient}"))).Expect(Created);
        var answer = (await Strict.PostAsync("", Bundle(
            "transaction",
            Entry("DELETE", $"Patient/{patient}"),
            Entry("PUT", $"Observation/{made.Id}", Observation("urn:uuid:0a", made.Id)),
            Entry("POST", "Observation", Observation("urn:uuid:0a")),
            Entry("POST", "Patient", Sample.Patient(Sample.Tag()), "urn:uuid:0a")))).Expect(OK);
        Assert.HasCount(4, answer.Entries);
        (await Strict.GetAsync($"Patient/{patient}")).Expect(Gone);
    }

    [TestMethod]
    public async Task A_transaction_that_leaves_a_reference_to_nowhere_does_nothing()
    {
        var patient = await PatientAsync(Strict);
        var tag = Sample.Tag();
        var refused = (await Strict.PostAsync("", Bundle(
            "transaction",
            Entry("POST", "Patient", Sample.Patient(tag)),
            Entry("DELETE", $"Patient/{patient}"),
            Entry("POST", "Observation", Observation($"Patient/{patient}")),
            Entry("POST", "Observation", Observation($"Patient/nobody"))))).ExpectProblem(UnprocessableEntity);
        Assert.AreEqual(
            "Bundle.entry[2].resource.subject.reference", refused.Json["issue"]?[0]?["expression"]?[0]?.ToString());
        Assert.IsEmpty((await Strict.GetAsync($"Patient?{Sample.ByTag(tag)}")).Entries);
        (await Strict.GetAsync($"Patient/{patient}")).Expect(OK);
    }

    [TestMethod]
    public async Task The_entries_of_a_batch_are_refused_each_for_itself()
    {
        var answer = (await Strict.PostAsync("", Bundle(
            "batch",
            Entry("POST", "Observation", Observation("Patient/nobody")),
            Entry("POST", "Patient", Sample.Patient(Sample.Tag()))))).Expect(OK);
        Assert.AreEqual("422 Unprocessable Entity", Response(answer, 0)?["status"]?.ToString());
        Assert.AreEqual("201 Created", Response(answer, 1)?["status"]?.ToString());
    }

    [TestMethod]
    public async Task A_warning_is_in_the_header_and_in_the_outcome_for_those_who_prefer_it()
    {
        var nowhere = Observation("Patient/nobody");
        var made = (await Warning.PostAsync("Observation", nowhere)).Expect(Created);
        Assert.AreEqual("299 FhirHub \"references that lead nowhere: 1\"", made.Header("Warning"));
        Assert.AreEqual("Observation", made.Json["resourceType"]?.ToString());
        var told = (await Warning.PostAsync("Observation", nowhere, ("Prefer", "return=OperationOutcome"))).Expect(Created);
        IsWarning(told.Json, "Observation.subject.reference", "Patient/nobody");
        _ = await (_warning?.SaysAsync("1 references that lead nowhere") ?? throw new InvalidOperationException());
    }

    [TestMethod]
    public async Task A_deletion_with_a_warning_deletes()
    {
        foreach (var prefers in new[] { "return=minimal", "return=OperationOutcome" })
        {
            var patient = await PatientAsync(Warning);
            (await Warning.PostAsync("Observation", Observation($"Patient/{patient}"))).Expect(Created);
            var answer = await Warning.DeleteAsync($"Patient/{patient}", ("Prefer", prefers));
            answer.Expect(prefers == "return=minimal" ? NoContent : OK);
            Assert.IsNotNull(answer.Header("Warning"));
            if (prefers != "return=minimal")
            {
                IsWarning(answer.Json, null, "referred to by 1 ");
            }

            (await Warning.GetAsync($"Patient/{patient}")).Expect(Gone);
        }
    }

    [TestMethod]
    [DataRow("batch", "Observation")]
    [DataRow("transaction", "Bundle.entry[1].resource")]
    public async Task A_warning_stands_in_the_outcome_of_its_entry(string type, string place)
    {
        var answer = (await Warning.PostAsync("", Bundle(
            type,
            Entry("POST", "Patient", Sample.Patient(Sample.Tag())),
            Entry("POST", "Observation", Observation("Patient/nobody"))))).Expect(OK);
        Assert.IsNull(Response(answer, 0)?["outcome"]);
        Assert.AreEqual("201 Created", Response(answer, 1)?["status"]?.ToString());
        IsWarning(Response(answer, 1)?["outcome"], $"{place}.subject.reference", "Patient/nobody");
        Assert.AreEqual("Observation", answer.Json["entry"]?[1]?["resource"]?["resourceType"]?.ToString());
    }

    [TestMethod]
    public async Task By_default_nothing_is_looked_at()
    {
        var made = (await SharedHub.Fhir.PostAsync("Observation", Observation("Patient/nobody"))).Expect(Created);
        Assert.IsNull(made.Header("Warning"));
    }

    [TestMethod]
    public async Task References_that_race_with_deletions_never_lead_nowhere()
    {
        for (var round = 0; round < 5; round++)
        {
            var patients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => PatientAsync(Strict)));
            var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var made = Enumerable.Range(0, Clients).Select(i => RacingAsync(start.Task, () =>
                Strict.PostAsync("Observation", Observation($"Patient/{patients[i]}")))).ToList();
            var deleted = Enumerable.Range(0, Clients).Select(i => RacingAsync(start.Task, () =>
                Strict.DeleteAsync($"Patient/{patients[i]}"))).ToList();
            start.SetResult();
            await Task.WhenAll(made.Concat(deleted));
            for (var i = 0; i < Clients; i++)
            {
                var (create, delete) = ((await made[i]).Status, (await deleted[i]).Status);
                Assert.IsTrue(
                    (create, delete) is (Created, Conflict) or (UnprocessableEntity, NoContent), $"{create} {delete}");
                (await Strict.GetAsync($"Patient/{patients[i]}")).Expect(create == Created ? OK : Gone);
            }
        }
    }

    static async Task<Answer> RacingAsync(Task start, Func<Task<Answer>> request)
    {
        await start;
        return await request();
    }

    static async Task<string> PatientAsync(FhirClient fhir) =>
        (await fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()))).Expect(Created).Id;

    static string Observation(string subject, string? id = null) =>
        Sample.Observation(Sample.Tag(), Effective, subject, id);

    static string Bundle(string type, params string[] entries) =>
        $$"""{"resourceType":"Bundle","type":"{{type}}","entry":[{{string.Join(',', entries)}}]}""";

    static string Entry(string method, string url, string? resource = null, string? fullUrl = null) =>
        "{" + (fullUrl is null ? "" : $"\"fullUrl\":\"{fullUrl}\",") + (resource is null ? "" : $"\"resource\":{resource},")
        + $"\"request\":{{\"method\":\"{method}\",\"url\":\"{url}\"}}}}";

    static JsonNode? Response(Answer answer, int entry) => answer.Json["entry"]?[entry]?["response"];

    static void IsWarning(JsonNode? outcome, string? expression, string words)
    {
        var issue = outcome?["issue"]?[0];
        Assert.AreEqual("warning", issue?["severity"]?.ToString(), outcome?.ToString());
        Assert.AreEqual(expression, issue?["expression"]?[0]?.ToString());
        StringAssert.Contains(issue?["diagnostics"]?.ToString(), words);
    }
}
