using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Http;

/// <summary>Pages and errors of a search: https://hl7.org/fhir/R4/http.html#paging</summary>
[TestClass]
public sealed class PagingTests
{
    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    public async Task Paging_while_others_write_shows_everything_once()
    {
        var tag = Sample.Tag();
        var before = new List<string>();
        for (var i = 0; i < 25; i++)
        {
            before.Add((await Fhir.PostAsync("Patient", Sample.Patient(tag))).Expect(Created).Id);
        }

        using var stop = new CancellationTokenSource();
        var writing = WriteUntilAsync(tag, before, stop.Token);
        var seen = new List<string>();
        for (var next = (string?)$"Patient?{Sample.ByTag(tag)}&_count=4"; next is not null;)
        {
            var page = (await Fhir.GetAsync(next)).Expect(OK);
            Assert.IsLessThanOrEqualTo(4, page.Entries.Count);
            seen.AddRange(page.Ids);
            next = page.Link("next");
        }

        await stop.CancelAsync();
        await writing;
        Assert.HasCount(seen.Count, seen.ToHashSet());
        CollectionAssert.IsSubsetOf(before, seen);
    }

    [TestMethod]
    public async Task Every_page_is_as_long_as_it_may_be_and_tells_the_same_total()
    {
        var tag = Sample.Tag();
        for (var i = 0; i < 6; i++)
        {
            await Fhir.PostAsync("Patient", Sample.Patient(tag));
        }

        var first = (await Fhir.GetAsync($"Patient?{Sample.ByTag(tag)}&_count=3")).Expect(OK);
        var second = (await Fhir.GetAsync(first.Link("next") ?? "")).Expect(OK);
        Assert.HasCount(3, first.Entries);
        Assert.HasCount(3, second.Entries);
        Assert.IsNull(second.Link("next"));
        Assert.AreEqual("6", first.Json["total"]?.ToString());
        Assert.AreEqual("6", second.Json["total"]?.ToString());
        Assert.AreEqual(first.Link("next"), second.Link("self"));
    }

    [TestMethod]
    [DataRow("nickname=Xiao", "nickname")]
    [DataRow("birthdate=soon", "birthdate")]
    [DataRow("birthdate=xx2020", "birthdate")]
    [DataRow("name:exactly=Wei", "exactly")]
    [DataRow("identifier=", "identifier")]
    [DataRow("identifier=a|b|c", "identifier")]
    [DataRow("_count=-1", "_count")]
    [DataRow("_count=ten", "_count")]
    [DataRow("_total=roughly", "_total")]
    [DataRow("_summary=short", "_summary")]
    [DataRow("_elements=colour", "_elements")]
    [DataRow("_page=2", "_page")]
    public async Task What_is_not_understood_is_refused(string query, string named) =>
        (await Fhir.GetAsync($"Patient?{query}")).ExpectProblem(BadRequest, named);

    [TestMethod]
    public async Task An_unknown_parameter_is_refused_with_those_there_are() =>
        (await Fhir.GetAsync("Patient?nickname=Xiao"))
            .ExpectProblem(BadRequest, "birthdate", "family", "identifier", "_id");

    [TestMethod]
    public async Task A_lenient_search_says_what_it_left_out_and_its_self_link_does_too()
    {
        var tag = Sample.Tag();
        var made = (await Fhir.PostAsync("Patient", Sample.Patient(tag))).Expect(Created);
        var found = await Fhir.GetAsync(
            $"Patient?nickname=Xiao&{Sample.ByTag(tag)}&birthdate=soon", ("Prefer", "handling=lenient"));
        found.Expect(OK);
        CollectionAssert.AreEqual(new[] { made.Id }, found.Ids.ToList());
        Assert.AreEqual("1", found.Json["total"]?.ToString());
        var outcome = (found.Json["entry"]?.AsArray() ?? [])
            .Single(e => e?["search"]?["mode"]?.ToString() == "outcome");
        var text = outcome?.ToJsonString() ?? "";
        Assert.Contains("nickname", text);
        Assert.Contains("birthdate", text);
        Assert.AreEqual("warning", outcome?["resource"]?["issue"]?[0]?["severity"]?.ToString());
        Assert.DoesNotContain("nickname", found.Link("self") ?? "");
        Assert.DoesNotContain("birthdate", found.Link("self") ?? "");
        Assert.Contains(tag, found.Link("self") ?? "");
    }

    [TestMethod]
    public async Task A_client_may_ask_a_lenient_deployment_for_strictness()
    {
        await using var hub = await HubProcess.StartAsync(null, "--Hub:IsLenient=true");
        (await hub.Fhir.GetAsync("Patient?nickname=Xiao")).Expect(OK);
        (await hub.Fhir.GetAsync("Patient?nickname=Xiao", ("Prefer", "handling=strict"))).ExpectProblem(BadRequest);
    }

    /// <summary>New matches, and updates that move old ones, while somebody pages.</summary>
    static async Task WriteUntilAsync(string tag, List<string> ids, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            await Fhir.PostAsync("Patient", Sample.Patient(tag));
            var id = ids[i % ids.Count];
            await Fhir.PutAsync($"Patient/{id}", Sample.Patient(tag, $"Round{i}", id));
        }
    }
}
