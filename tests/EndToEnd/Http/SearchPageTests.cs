using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Http;

/// <summary>Pages of a search: https://hl7.org/fhir/R4/http.html#paging</summary>
[TestClass]
public sealed class SearchPageTests
{
    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    [DataRow("")]
    [DataRow("&_sort=family")]
    [DataRow("&_sort=-birthdate,family")]
    public async Task Pages_show_the_store_as_of_the_first_one_whatever_is_written(string sort)
    {
        // 1. Six patients, and the first page of two.
        var tag = Sample.Tag();
        var ids = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            var json = Sample.Patient(tag, $"Name{i}", more: $", \"birthDate\":\"200{i}-01-01\"");
            ids.Add((await Fhir.PostAsync("Patient", json)).Expect(Created).Json["id"]?.ToString() ?? "");
        }

        var page = (await Fhir.GetAsync($"Patient?{Sample.ByTag(tag)}{sort}&_count=2")).Expect(OK);
        Assert.AreEqual("6", page.Json["total"]?.ToString());

        // 2. One is changed out of the search, one is deleted, one changes its place, a new one comes.
        await Fhir.PutAsync($"Patient/{ids[1]}", $$"""{"resourceType":"Patient","id":"{{ids[1]}}"}""");
        await Fhir.DeleteAsync($"Patient/{ids[2]}");
        var moved = Sample.Patient(tag, "Zzz", ids[4], ", \"birthDate\":\"1900-01-01\"");
        (await Fhir.PutAsync($"Patient/{ids[4]}", moved)).Expect(OK);
        await Fhir.PostAsync("Patient", Sample.Patient(tag, "Name3"));

        // 3. All six are on the pages as they were, each once; and back again.
        var seen = new List<string>();
        var pages = new List<string>();
        while (true)
        {
            seen.AddRange(page.Entries.Select(e => e["resource"]?["name"]?[0]?["family"]?.ToString() ?? ""));
            pages.Add(string.Join(' ', page.Entries.Select(e => e["resource"]?["id"]?.ToString())));
            Assert.AreEqual("6", page.Json["total"]?.ToString());
            if (page.Link("next") is not { } next)
            {
                break;
            }

            page = (await Fhir.GetAsync(next)).Expect(OK);
        }

        Assert.AreEqual("Name0 Name1 Name2 Name3 Name4 Name5", string.Join(' ', seen.Order(StringComparer.Ordinal)));
        for (var i = pages.Count - 2; i >= 0; i--)
        {
            page = (await Fhir.GetAsync(page.Link("previous") ?? "")).Expect(OK);
            Assert.AreEqual(pages[i], string.Join(' ', page.Entries.Select(e => e["resource"]?["id"]?.ToString())));
        }

        Assert.IsNull(page.Link("previous"));
    }

    [TestMethod]
    public async Task A_link_that_was_changed_or_put_into_another_search_is_refused()
    {
        var tag = Sample.Tag();
        for (var i = 0; i < 3; i++)
        {
            (await Fhir.PostAsync("Patient", Sample.Patient(tag))).Expect(Created);
        }

        var first = (await Fhir.GetAsync($"Patient?{Sample.ByTag(tag)}&_count=1")).Expect(OK);
        var next = first.Link("next") ?? "";
        (await Fhir.GetAsync(next)).Expect(OK);
        (await Fhir.GetAsync(next.Replace("_count=1", "_count=2", StringComparison.Ordinal))).Expect(BadRequest);
        (await Fhir.GetAsync(next.Replace("/Patient?", "/Practitioner?", StringComparison.Ordinal))).Expect(BadRequest);
        (await Fhir.GetAsync(next[..^4] + "AAAA")).Expect(BadRequest);
    }

    [TestMethod]
    public async Task A_plan_is_told_to_whoever_asks_and_holds_no_values()
    {
        var tag = Sample.Tag();
        (await Fhir.PostAsync("Patient", Sample.Patient(tag))).Expect(Created);
        var found = (await Fhir.GetAsync($"Patient?{Sample.ByTag(tag)}&name=Zhang&_explain=true")).Expect(OK);
        var outcome = found.Json["entry"]?[1]?["resource"]?["issue"]?.ToJsonString() ?? "";
        Assert.Contains("1. identifier: collected and sorted, about 1 of them; it gave 1 resources", outcome);
        Assert.Contains("; asked of 1 resources, true of 1", outcome);
        Assert.DoesNotContain(tag, outcome);
    }

    [TestMethod]
    public async Task A_plan_is_told_where_there_is_nothing_to_search_too()
    {
        var found = (await Fhir.GetAsync("SubstanceNucleicAcid?_explain=true")).Expect(OK);
        Assert.Contains("There is no resource of the types searched", found.Text);
    }
}
