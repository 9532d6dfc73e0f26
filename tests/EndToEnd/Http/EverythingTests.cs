using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Http;

/// <summary>Everything about all patients: https://hl7.org/fhir/R4/patient-operation-everything.html</summary>
[TestClass]
public sealed class EverythingTests
{
    const int Patients = 7;

    static HubProcess? _hub;

    static FhirClient Fhir => _hub?.Fhir ?? throw new InvalidOperationException("The hub is not started.");

    /// <summary>Patients with 0, 1, 2, … observations, a practitioner they share, and what belongs to nobody.</summary>
    [ClassInitialize]
    public static async Task StartAsync(TestContext _)
    {
        _hub = await HubProcess.StartAsync(null, "--empty");
        await Fhir.PutAsync("Practitioner/shared", """{"resourceType":"Practitioner","id":"shared"}""");
        await Fhir.PutAsync("Organization/alone", """{"resourceType":"Organization","id":"alone","name":"A"}""");
        for (var i = 0; i < Patients; i++)
        {
            const string More = ",\"generalPractitioner\":[{\"reference\":\"Practitioner/shared\"}]";
            (await Fhir.PutAsync($"Patient/p{i}", Sample.Patient($"p{i}", id: $"p{i}", more: More))).Expect(Created);
            for (var n = 0; n < i; n++)
            {
                (await Fhir.PutAsync(
                    $"Observation/o{i}-{n}",
                    Sample.Observation($"o{i}-{n}", $"202{n}-03-04", $"Patient/p{i}", $"o{i}-{n}"))).Expect(Created);
            }
        }
    }

    [ClassCleanup]
    public static async Task StopAsync()
    {
        if (_hub is not null)
        {
            await _hub.DisposeAsync();
        }
    }

    [TestMethod]
    public async Task All_patients_have_everything_that_each_of_them_has()
    {
        var expected = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Patients; i++)
        {
            expected.UnionWith(Urls(await Fhir.GetAsync($"Patient/p{i}/$everything")));
        }

        Assert.HasCount(Patients + (Patients * (Patients - 1) / 2) + 1, expected);
        var all = (await Fhir.GetAsync("Patient/$everything")).Expect(OK);
        CollectionAssert.AreEqual(expected.ToList(), Urls(all).Order(StringComparer.Ordinal).ToList());
        Assert.AreEqual(expected.Count.ToString(), all.Json["total"]?.ToString());
        Assert.IsNull(all.Link("next"));
        var posted = (await Fhir.SendAsync(HttpMethod.Post, "Patient/$everything", null)).Expect(OK);
        Assert.HasCount(expected.Count, posted.Entries);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(5)]
    [DataRow(30)]
    public async Task Page_by_page_nothing_is_lost_and_no_page_has_anything_twice(int count)
    {
        var whole = Urls((await Fhir.GetAsync("Patient/$everything")).Expect(OK)).ToHashSet();
        var seen = new List<string>();
        var pages = 0;
        for (var next = $"Patient/$everything?_count={count}"; next is not null; pages++)
        {
            var page = (await Fhir.GetAsync(next)).Expect(OK);
            Assert.IsLessThanOrEqualTo(count, page.Entries.Count);
            Assert.HasCount(page.Entries.Count, Urls(page).ToHashSet());
            seen.AddRange(Urls(page));
            next = page.Link("next");
            Assert.IsLessThan(100, pages);
        }

        Assert.IsTrue(whole.SetEquals(seen));
        // What belongs to one patient comes once; what they share comes with each page that has one of them.
        var once = seen.Where(url => !url.Contains("Practitioner", StringComparison.Ordinal)).ToList();
        Assert.HasCount(whole.Count - 1, once);
    }

    [TestMethod]
    public async Task The_parameters_are_those_of_one_patient()
    {
        var observations = Urls((await Fhir.GetAsync("Patient/$everything?_type=Observation")).Expect(OK));
        Assert.HasCount(Patients * (Patients - 1) / 2, observations);
        var early = Urls((await Fhir.GetAsync("Patient/$everything?_type=Observation&end=2020-12-31")).Expect(OK));
        Assert.HasCount(Patients - 1, early);
        Assert.IsEmpty(Urls((await Fhir.GetAsync("Patient/$everything?_since=2100-01-01T00:00:00Z")).Expect(OK)));
        (await Fhir.GetAsync("Patient/$everything?colour=red")).ExpectProblem(BadRequest, "colour");
        (await Fhir.GetAsync("Patient/$everything?_page=1")).ExpectProblem(BadRequest, "_page");
        (await Fhir.GetAsync("Encounter/$everything")).ExpectProblem(NotFound);
    }

    [TestMethod]
    public async Task A_patient_deleted_between_two_pages_takes_nothing_of_the_others_along()
    {
        await using var hub = await HubProcess.StartAsync(null, "--empty");
        for (var i = 0; i < 3; i++)
        {
            await hub.Fhir.PutAsync($"Patient/p{i}", Sample.Patient($"p{i}", id: $"p{i}"));
            await hub.Fhir.PutAsync(
                $"Observation/o{i}", Sample.Observation($"o{i}", "2026-03-04", $"Patient/p{i}", $"o{i}"));
        }

        var first = (await hub.Fhir.GetAsync("Patient/$everything?_count=1")).Expect(OK);
        var id = first.Ids.Single();
        (await hub.Fhir.DeleteAsync($"Patient/{id}")).Expect(NoContent);
        var rest = new List<string>();
        for (var next = first.Link("next"); next is not null;)
        {
            var page = (await hub.Fhir.GetAsync(next)).Expect(OK);
            rest.AddRange(page.Ids);
            next = page.Link("next");
        }

        var expected = Enumerable.Range(0, 3).Where(i => $"p{i}" != id).SelectMany(i => new[] { $"p{i}", $"o{i}" });
        CollectionAssert.AreEquivalent(expected.ToList(), rest);
    }

    [TestMethod]
    public async Task A_page_goes_through_a_limited_number_of_patients()
    {
        await using var hub = await HubProcess.StartAsync(null, "--empty");
        var entries = Enumerable.Range(0, 250).Select(i => $$$"""
            {"resource":{{{Sample.Patient($"p{i}")}}},"request":{"method":"POST","url":"Patient"}}
            """);
        (await hub.Fhir.PostAsync(
            "", $$"""{"resourceType":"Bundle","type":"transaction","entry":[{{string.Join(',', entries)}}]}""")).Expect(OK);
        await hub.Fhir.PostAsync("Practitioner", """{"resourceType":"Practitioner"}""");
        var pages = 0;
        for (var next = "Patient/$everything?_type=Observation"; next is not null; pages++)
        {
            var page = (await hub.Fhir.GetAsync(next)).Expect(OK);
            Assert.IsEmpty(page.Entries);
            next = page.Link("next");
        }

        Assert.AreEqual(3, pages);
    }

    static List<string> Urls(Answer answer) => [.. answer.Entries.Select(e => e["fullUrl"]?.ToString() ?? "")];
}
