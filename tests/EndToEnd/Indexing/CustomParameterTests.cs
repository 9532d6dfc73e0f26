using System.Net;
using FhirHub.EndToEnd.Hub;

namespace FhirHub.EndToEnd.Indexing;

/// <summary>Search parameters of one's own, from the POST to the search that finds by them.</summary>
[TestClass]
public sealed class CustomParameterTests
{
    const string Url = "http://example.org/fhir/SearchParameter/ethnic";

    [TestMethod]
    public async Task A_parameter_is_built_used_changed_and_removed()
    {
        await using var hub = await HubProcess.StartAsync();
        for (var i = 0; i < 30; i++)
        {
            await PutPatientAsync(hub.Fhir, i, i % 3 == 0 ? "han" : "hui");
        }

        await Refuses(hub.Fhir, "has no search parameter 'ethnic'");
        var made = await hub.Fhir.PostAsync("SearchParameter", Definition("ethnic"));
        made.Expect(HttpStatusCode.Created);
        await PutPatientAsync(hub.Fhir, 30, "han");
        await Indexed.CompleteAsync(hub.Fhir);
        Assert.HasCount(11, (await FindAsync(hub.Fhir, "han")).Ids);
        Assert.Contains(Url, (await hub.Fhir.GetAsync("metadata")).Text);

        // Changed: what is found is by the new expression only, and pages of before end with a word rather than empty.
        var page = (await hub.Fhir.GetAsync("Patient?ethnic=han&_count=5")).Expect(HttpStatusCode.OK).Link("next");
        Assert.IsNotNull(page);
        (await hub.Fhir.PutAsync($"SearchParameter/{made.Id}", Definition("origin", made.Id)))
            .Expect(HttpStatusCode.OK);
        await Indexed.CompleteAsync(hub.Fhir);
        Assert.IsEmpty((await FindAsync(hub.Fhir, "han")).Ids);
        (await hub.Fhir.GetAsync(page)).ExpectProblem(HttpStatusCode.BadRequest, "_page");
        (await hub.Fhir.PutAsync($"SearchParameter/{made.Id}", Definition("ethnic", made.Id)))
            .Expect(HttpStatusCode.OK);
        await Indexed.CompleteAsync(hub.Fhir);
        Assert.HasCount(11, (await FindAsync(hub.Fhir, "han")).Ids);

        (await hub.Fhir.DeleteAsync($"SearchParameter/{made.Id}")).Expect(HttpStatusCode.NoContent);
        await Refuses(hub.Fhir, "has no search parameter 'ethnic'");
        await Indexed.CompleteAsync(hub.Fhir);
        Assert.DoesNotContain(Url, (await hub.Fhir.GetAsync("metadata")).Text);
    }

    [TestMethod]
    public async Task Building_goes_on_after_kill_9_and_nothing_is_found_before_its_end()
    {
        const int Count = 1500;
        var folder = Directory.CreateTempSubdirectory("fhirhub-index-").FullName;
        await using (var hub = await HubProcess.StartAsync(folder))
        {
            for (var i = 0; i < Count; i += 500)
            {
                (await hub.Fhir.PostAsync("", Patients(i, 500))).Expect(HttpStatusCode.OK);
            }

            (await hub.Fhir.PostAsync("SearchParameter", Definition("ethnic"))).Expect(HttpStatusCode.Created);
            await hub.KillAsync();
        }

        await using (var hub = await HubProcess.StartAsync(folder))
        {
            // Refused or whole, at every moment.
            var whole = await Patience.UntilAsync(
                async () =>
                {
                    var answer = await hub.Fhir.GetAsync("Patient?ethnic=han&_summary=count");
                    if (answer.Status == HttpStatusCode.OK)
                    {
                        return answer;
                    }

                    answer.ExpectProblem(HttpStatusCode.BadRequest, "still being built");
                    return null;
                },
                () => "its index is not built");
            Assert.AreEqual($"{Count}", whole.Json["total"]?.ToString());
        }

        Directory.Delete(folder, recursive: true);
    }

    [TestMethod]
    public async Task Reindex_says_how_far_it_is_and_ends()
    {
        await using var hub = await HubProcess.StartAsync();
        await PutPatientAsync(hub.Fhir, 1, "han");
        foreach (var address in new[] { "$reindex", "Patient/$reindex" })
        {
            var begun = await hub.Fhir.PostAsync(address, """{"resourceType":"Parameters"}""");
            begun.Expect(HttpStatusCode.Accepted);
            Assert.IsNotNull(begun.Header("Content-Location"));
        }

        var all = await Indexed.CompleteAsync(hub.Fhir);
        foreach (var walk in Indexed.Parameters(all, "walk"))
        {
            Assert.AreEqual("finished", Indexed.Value(walk, "state"));
            Assert.AreEqual("1", Indexed.Value(walk, "done"));
            Assert.AreEqual("1", Indexed.Value(walk, "total"));
            Assert.AreEqual("0", Indexed.Value(walk, "problems"));
        }

        Assert.HasCount(2, Indexed.Parameters(all, "walk"));
        (await hub.Fhir.GetAsync("$reindex?walk=99")).ExpectProblem(HttpStatusCode.NotFound);
    }

    [TestMethod]
    [DataRow("\"code\":\"ethnic\"", "\"code\":\"gender\"", "choose another code")]
    [DataRow("\"code\":\"ethnic\"", "\"code\":\"a.b\"", "SearchParameter.code")]
    [DataRow("Patient.extension(", "Patient.extensions(", "FHIRPath")]
    [DataRow("[\"Patient\"]", "[\"Patient\",\"Group\"]", "makes no sense on Group")]
    [DataRow("\"type\":\"token\"", "\"type\":\"special\"", "SearchParameter.type")]
    [DataRow("Patient.extension('http://example.org/ethnic').value", "Patient.nobody", "no element 'nobody'")]
    [DataRow("Patient.extension('http://example.org/ethnic').value", "Patient.birthDate", "cannot index")]
    public async Task A_definition_that_makes_no_sense_is_refused(string from, string to, string why)
    {
        var fhir = SharedHub.Fhir;
        var wrong = Definition("ethnic").Replace(from, to, StringComparison.Ordinal);
        (await fhir.PostAsync("SearchParameter", wrong)).ExpectProblem(HttpStatusCode.UnprocessableEntity, why);
        var bundle = $$"""
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"resource":{{wrong}}, "request":{"method":"POST","url":"SearchParameter"} } ]}
            """;
        (await fhir.PostAsync("", bundle)).ExpectProblem(HttpStatusCode.UnprocessableEntity, why, "Bundle.entry[0]");
    }

    static string Definition(string extension, string? id = null) => $$"""
        {"resourceType":"SearchParameter",{{(id is null ? "" : $"\"id\":\"{id}\",")}}"url":"{{Url}}","name":"Ethnic",
         "status":"active","description":"By ethnic group","code":"ethnic","base":["Patient"],"type":"token",
         "expression":"Patient.extension('http://example.org/{{extension}}').value"}
        """;

    static string Patient(int i, string group) => $$"""
        {"resourceType":"Patient","id":"p{{i}}","extension":[{"url":"http://example.org/ethnic",
         "valueCoding":{"system":"http://example.org/groups","code":"{{group}}"} } ]}
        """;

    static string Patients(int first, int count)
    {
        var entries = Enumerable.Range(first, count).Select(i =>
            $$"""{"resource":{{Patient(i, "han")}}, "request":{"method":"PUT","url":"Patient/p{{i}}"} }""");
        return $$"""{"resourceType":"Bundle","type":"transaction","entry":[{{string.Join(',', entries)}}]}""";
    }

    static async Task PutPatientAsync(FhirClient fhir, int i, string group) =>
        (await fhir.PutAsync($"Patient/p{i}", Patient(i, group))).Expect(HttpStatusCode.Created);

    static async Task<Answer> FindAsync(FhirClient fhir, string group) =>
        (await fhir.GetAsync($"Patient?ethnic=http://example.org/groups|{group}&_count=100"))
            .Expect(HttpStatusCode.OK);

    static async Task Refuses(FhirClient fhir, string why) =>
        (await fhir.GetAsync("Patient?ethnic=han")).ExpectProblem(HttpStatusCode.BadRequest, why);
}
