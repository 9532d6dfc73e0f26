using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Http;

/// <summary>Versions removed for good: https://hl7.org/fhir/R4/http.html#history</summary>
[TestClass]
public sealed class ExpungeTests
{
    const string Everything = """
        {"resourceType":"Parameters","parameter":[{"name":"expungePreviousVersions","valueBoolean":true},
        {"name":"expungeDeletedResources","valueBoolean":true}]}
        """;

    static HubProcess? _hub;

    static FhirClient Fhir => _hub?.Fhir ?? throw new InvalidOperationException("The hub is not started.");

    [ClassInitialize]
    public static async Task StartAsync(TestContext _) =>
        _hub = await HubProcess.StartAsync(null, "--Hub:AllowsExpunge=true");

    [ClassCleanup]
    public static async Task StopAsync()
    {
        if (_hub is not null)
        {
            await _hub.DisposeAsync();
        }
    }

    [TestMethod]
    public async Task By_default_nothing_is_removed_and_the_answer_names_the_option()
    {
        var id = await MadeAsync(SharedHub.Fhir);
        foreach (var refused in new[]
        {
            await SharedHub.Fhir.PostAsync($"Patient/{id}/$expunge", Everything),
            await SharedHub.Fhir.DeleteAsync($"Patient/{id}/_history"),
            await SharedHub.Fhir.DeleteAsync($"Patient/{id}/_history/1"),
        })
        {
            refused.ExpectProblem(Forbidden, "Hub:AllowsExpunge", "\"forbidden\"");
        }

        Assert.HasCount(3, (await SharedHub.Fhir.GetAsync($"Patient/{id}/_history")).Entries);
        Assert.DoesNotContain("expunge", (await SharedHub.Fhir.GetAsync("metadata")).Text);
        StringAssert.Contains((await Fhir.GetAsync("metadata")).Text, "expunge");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public async Task One_earlier_version_goes_and_the_others_stay(int version)
    {
        var id = await MadeAsync(Fhir);
        (await Fhir.DeleteAsync($"Patient/{id}/_history/{version}")).Expect(NoContent);
        (await Fhir.GetAsync($"Patient/{id}/_history/{version}")).ExpectProblem(NotFound);
        (await Fhir.GetAsync($"Patient/{id}/_history/{3 - version}")).Expect(OK);
        (await Fhir.GetAsync($"Patient/{id}")).Expect(OK);
        Assert.HasCount(2, (await Fhir.GetAsync($"Patient/{id}/_history")).Entries);
        // As with a resource, deleting what is gone already is no error.
        (await Fhir.DeleteAsync($"Patient/{id}/_history/{version}")).Expect(NoContent);
        var next = (await Fhir.PutAsync($"Patient/{id}", Sample.Patient(Sample.Tag(), id: id))).Expect(OK);
        Assert.AreEqual("W/\"4\"", next.Header("ETag"));
    }

    [TestMethod]
    public async Task The_current_version_cannot_go_alone()
    {
        var id = await MadeAsync(Fhir);
        (await Fhir.DeleteAsync($"Patient/{id}/_history/3")).ExpectProblem(Conflict, "current");
        (await Fhir.DeleteAsync($"Patient/{id}")).Expect(NoContent);
        (await Fhir.DeleteAsync($"Patient/{id}/_history/4")).ExpectProblem(Conflict, "current");
        (await Fhir.DeleteAsync($"Patient/{id}/_history/3")).Expect(NoContent);
        (await Fhir.GetAsync($"Patient/{id}")).Expect(Gone);
    }

    [TestMethod]
    [DataRow("9")]
    [DataRow("0")]
    [DataRow("x")]
    public async Task A_version_that_never_was_is_404(string version)
    {
        var id = await MadeAsync(Fhir);
        (await Fhir.DeleteAsync($"Patient/{id}/_history/{version}")).ExpectProblem(NotFound);
        (await Fhir.DeleteAsync($"Patient/never-was/_history/1")).ExpectProblem(NotFound);
    }

    [TestMethod]
    public async Task All_earlier_versions_go_with_the_history()
    {
        var id = await MadeAsync(Fhir);
        (await Fhir.DeleteAsync($"Patient/{id}/_history")).Expect(NoContent);
        Assert.HasCount(1, (await Fhir.GetAsync($"Patient/{id}/_history")).Entries);
        (await Fhir.GetAsync($"Patient/{id}")).Expect(OK);
    }

    [TestMethod]
    public async Task A_deleted_resource_goes_whole()
    {
        var id = await MadeAsync(Fhir);
        (await Fhir.DeleteAsync($"Patient/{id}")).Expect(NoContent);
        var answer = (await Fhir.PostAsync($"Patient/{id}/$expunge", Everything)).Expect(OK);
        Assert.AreEqual("4", answer.Json["parameter"]?[0]?["valueInteger"]?.ToString());
        (await Fhir.GetAsync($"Patient/{id}")).ExpectProblem(NotFound);
    }

    /// <summary>A patient of three versions.</summary>
    static async Task<string> MadeAsync(FhirClient fhir)
    {
        var id = (await fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()))).Expect(Created).Id;
        for (var i = 0; i < 2; i++)
        {
            (await fhir.PutAsync($"Patient/{id}", Sample.Patient(Sample.Tag(), $"F{i}", id))).Expect(OK);
        }

        return id;
    }
}
