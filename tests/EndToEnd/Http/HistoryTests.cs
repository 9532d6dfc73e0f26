using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Http;

/// <summary>https://hl7.org/fhir/R4/http.html#history</summary>
[TestClass]
public sealed class HistoryTests
{
    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    public async Task The_history_of_a_resource_has_every_version_newest_first()
    {
        var id = await LivedAsync();
        var history = (await Fhir.GetAsync($"Patient/{id}/_history")).Expect(OK);
        Assert.AreEqual("history", history.Json["type"]?.ToString());
        string[] expected =
        [
            "3 DELETE Patient/{id} 204",
            "2 PUT Patient/{id} 200",
            "1 POST Patient 201",
        ];
        var entries = history.Entries.Select(e => string.Join(
            ' ',
            e["response"]?["etag"]?.ToString().Trim('W', '/', '"'),
            e["request"]?["method"],
            e["request"]?["url"],
            e["response"]?["status"]?.ToString()[..3]));
        CollectionAssert.AreEqual(expected.Select(e => e.Replace("{id}", id)).ToList(), entries.ToList());
        Assert.IsNull(history.Entries[0]["resource"]);
        Assert.AreEqual("2", history.Entries[1]["resource"]?["meta"]?["versionId"]?.ToString());
        Assert.AreEqual($"{Fhir.BaseUrl}/Patient/{id}", history.Entries[1]["fullUrl"]?.ToString());
        Assert.AreEqual(
            history.Entries[1]["resource"]?["meta"]?["lastUpdated"]?.ToString(),
            history.Entries[1]["response"]?["lastModified"]?.ToString());
        Assert.AreEqual($"{Fhir.BaseUrl}/Patient/{id}/_history", history.Link("self"));
    }

    [TestMethod]
    public async Task The_history_of_what_never_was_is_404()
    {
        (await Fhir.GetAsync("Patient/never-was/_history")).ExpectProblem(NotFound);
        (await Fhir.GetAsync("Unicorn/_history")).ExpectProblem(NotFound, "Unicorn");
    }

    [TestMethod]
    public async Task A_history_pages_to_its_end_without_a_gap_or_a_repeat()
    {
        var id = await LivedAsync();
        var seen = new List<string>();
        var next = (string?)$"Patient/{id}/_history?_count=2";
        while (next is not null)
        {
            var page = (await Fhir.GetAsync(next)).Expect(OK);
            Assert.IsLessThanOrEqualTo(2, page.Entries.Count);
            seen.AddRange(page.Entries.Select(e => e["response"]?["etag"]?.ToString() ?? ""));
            next = page.Link("next");
        }

        CollectionAssert.AreEqual(new[] { "W/\"3\"", "W/\"2\"", "W/\"1\"" }, seen);
    }

    [TestMethod]
    public async Task Type_and_system_history_page_over_all_that_happened()
    {
        await using var hub = await HubProcess.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            (await hub.Fhir.PostAsync("Patient", Sample.Patient($"p{i}"))).Expect(Created);
            (await hub.Fhir.PostAsync("Observation", Sample.Observation($"o{i}", "2026", "Patient/x"))).Expect(Created);
        }

        Assert.HasCount(5, await AllAsync(hub.Fhir, "Patient/_history?_count=2"));
        var all = await AllAsync(hub.Fhir, "_history?_count=3");
        Assert.HasCount(10, all);
        Assert.HasCount(10, all.ToHashSet());
    }

    [TestMethod]
    public async Task Since_keeps_what_happened_at_or_after_the_instant()
    {
        var id = await LivedAsync();
        var second = (await Fhir.GetAsync($"Patient/{id}/_history/2")).Json["meta"]?["lastUpdated"]?.ToString() ?? "";
        var since = await Fhir.GetAsync($"Patient/{id}/_history?_since={Uri.EscapeDataString(second)}");
        Assert.HasCount(2, since.Expect(OK).Entries);
        var future = await Fhir.GetAsync($"Patient/{id}/_history?_since=2999-01-01T00:00:00Z");
        Assert.IsEmpty(future.Expect(OK).Entries);
    }

    [TestMethod]
    [DataRow("_since=yesterday", "_since")]
    [DataRow("_since=03/04/2026", "_since")]
    [DataRow("_at=12:00", "_at")]
    [DataRow("_at=ge2026", "_at")]
    [DataRow("_at=2026&_at=2027", "_at")]
    [DataRow("_count=many", "_count")]
    [DataRow("colour=red", "colour")]
    [DataRow("_page=1", "_page")]
    public async Task A_parameter_that_is_not_understood_is_refused(string query, string named)
    {
        var id = await LivedAsync();
        (await Fhir.GetAsync($"Patient/{id}/_history?{query}")).ExpectProblem(BadRequest, named);
    }

    [TestMethod]
    public async Task A_history_comes_in_XML_too()
    {
        var id = await LivedAsync();
        var history = (await Fhir.GetAsync($"Patient/{id}/_history?_format=xml")).Expect(OK);
        Assert.Contains("<Bundle xmlns=\"http://hl7.org/fhir\">", history.Text);
        Assert.Contains("<method value=\"DELETE\"/>", history.Text);
    }

    /// <summary>A patient that was created, updated and deleted.</summary>
    static async Task<string> LivedAsync()
    {
        var id = (await Fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()))).Expect(Created).Id;
        await Task.Delay(5); // so that the versions have different times
        (await Fhir.PutAsync($"Patient/{id}", Sample.Patient("x", "Neu", id))).Expect(OK);
        await Task.Delay(5);
        (await Fhir.DeleteAsync($"Patient/{id}")).Expect(NoContent);
        return id;
    }

    static async Task<List<string>> AllAsync(FhirClient fhir, string path)
    {
        var seen = new List<string>();
        for (var next = (string?)path; next is not null;)
        {
            var page = (await fhir.GetAsync(next)).Expect(OK);
            seen.AddRange(page.Ids);
            next = page.Link("next");
        }

        return seen;
    }
}
