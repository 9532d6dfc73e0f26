using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Http;

/// <summary>The first slice of https://hl7.org/fhir/R4/search.html</summary>
[TestClass]
public sealed class SearchTests
{
    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    public async Task A_match_says_where_it_is_and_that_it_is_one()
    {
        var tag = Sample.Tag();
        var made = await MadeAsync("Patient", Sample.Patient(tag));
        var found = (await Fhir.GetAsync($"Patient?{Sample.ByTag(tag)}")).Expect(OK);
        Assert.AreEqual("searchset", found.Json["type"]?.ToString());
        Assert.AreEqual("1", found.Json["total"]?.ToString());
        Assert.AreEqual($"{Fhir.BaseUrl}/Patient/{made.Id}", found.Entries[0]["fullUrl"]?.ToString());
        Assert.AreEqual("match", found.Entries[0]["search"]?["mode"]?.ToString());
        Assert.Contains(tag, found.Link("self") ?? "");
    }

    [TestMethod]
    public async Task A_token_is_found_in_its_four_forms()
    {
        var tag = Sample.Tag();
        var with = (await MadeAsync("Patient", Sample.Patient(tag))).Id;
        var bare = $$"""{"resourceType":"Patient","identifier":[{"value":"{{tag}}"}]}""";
        var without = (await MadeAsync("Patient", bare)).Id;
        await FindsAsync($"Patient?identifier={tag}", with, without);
        await FindsAsync($"Patient?identifier={Sample.System}|{tag}", with);
        await FindsAsync($"Patient?identifier=|{tag}", without);
        await FindsAsync($"Patient?identifier={Sample.System}|&_id={with},{without}", with);
        await FindsAsync($"Patient?identifier=urn:other|{tag}");
    }

    [TestMethod]
    public async Task A_string_is_found_by_its_beginning_whatever_its_case_and_accents()
    {
        var tag = Sample.Tag();
        var müller = (await MadeAsync("Patient", Sample.Patient(tag, "Müller"))).Id;
        var ouyang = (await MadeAsync("Patient", Sample.Patient(tag, "欧阳"))).Id;
        var own = Sample.ByTag(tag);
        await FindsAsync($"Patient?{own}&family=Müll", müller);
        await FindsAsync($"Patient?{own}&family=mullER", müller);
        await FindsAsync($"Patient?{own}&family=欧", ouyang);
        await FindsAsync($"Patient?{own}&name={Uri.EscapeDataString("欧阳")}", ouyang);
        await FindsAsync($"Patient?{own}&family=阳");
        await FindsAsync($"Patient?{own}&name=wei", müller, ouyang);
    }

    [TestMethod]
    public async Task A_date_is_equal_to_the_precision_that_is_asked()
    {
        var tag = Sample.Tag();
        var day = (await MadeAsync("Patient", Sample.Patient(tag, more: ", \"birthDate\":\"2020-05-06\""))).Id;
        var month = (await MadeAsync("Patient", Sample.Patient(tag, more: ", \"birthDate\":\"2020-05\""))).Id;
        var own = Sample.ByTag(tag);
        await FindsAsync($"Patient?{own}&birthdate=2020-05-06", day);
        await FindsAsync($"Patient?{own}&birthdate=2020-05", day, month);
        await FindsAsync($"Patient?{own}&birthdate=eq2020", day, month);
        await FindsAsync($"Patient?{own}&birthdate=2020-06");
    }

    [TestMethod]
    public async Task A_day_without_a_zone_is_a_day_in_China()
    {
        var tag = Sample.Tag();
        var late = Sample.Observation(tag, "2026-03-03T20:00:00Z", "Patient/x");
        var id = (await MadeAsync("Observation", late)).Id;
        var own = Sample.ByTag(tag);
        await FindsAsync($"Observation?{own}&date=2026-03-04", id);
        await FindsAsync($"Observation?{own}&date=2026-03-03");
        await FindsAsync($"Observation?{own}&date=2026-03-04T04:00:00%2B08:00", id);
        await FindsAsync($"Observation?{own}&date=2026-03-03T20:00:00Z", id);
    }

    [TestMethod]
    public async Task A_reference_is_found_in_all_its_forms()
    {
        var (tag, subject) = (Sample.Tag(), Sample.Tag());
        var id = (await MadeAsync("Observation", Sample.Observation(tag, "2026", $"Patient/{subject}"))).Id;
        var own = Sample.ByTag(tag);
        await FindsAsync($"Observation?{own}&subject=Patient/{subject}", id);
        await FindsAsync($"Observation?{own}&subject={subject}", id);
        await FindsAsync($"Observation?{own}&patient={subject}", id);
        await FindsAsync($"Observation?{own}&subject:Patient={subject}", id);
        await FindsAsync($"Observation?{own}&subject=Group/{subject}");
        await FindsAsync($"Observation?{own}&subject:Group={subject}");
    }

    [TestMethod]
    public async Task A_reference_stored_with_the_servers_own_address_is_found_as_a_local_one()
    {
        var (tag, subject) = (Sample.Tag(), Sample.Tag());
        var absolute = Sample.Observation(tag, "2026", $"{Fhir.BaseUrl}/Patient/{subject}");
        var id = (await MadeAsync("Observation", absolute)).Id;
        await FindsAsync($"Observation?{Sample.ByTag(tag)}&subject={Fhir.BaseUrl}/Patient/{subject}", id);
    }

    [TestMethod]
    public async Task Ids_and_times_of_change_are_found()
    {
        var tag = Sample.Tag();
        var one = await MadeAsync("Patient", Sample.Patient(tag));
        var two = await MadeAsync("Patient", Sample.Patient(tag));
        await FindsAsync($"Patient?_id={one.Id}", one.Id);
        await FindsAsync($"Patient?_id={one.Id},{two.Id},never-was", one.Id, two.Id);
        var updated = Uri.EscapeDataString(one.Json["meta"]?["lastUpdated"]?.ToString() ?? "");
        await FindsAsync($"Patient?_id={one.Id}&_lastUpdated={updated}", one.Id);
        await FindsAsync($"Patient?_id={one.Id}&_lastUpdated=1999");
    }

    [TestMethod]
    public async Task A_comma_means_or_and_repetition_means_and()
    {
        var (a, b) = (Sample.Tag(), Sample.Tag());
        var one = (await MadeAsync("Patient", Sample.Patient(a, "Chen"))).Id;
        var two = (await MadeAsync("Patient", Sample.Patient(b, "Chen"))).Id;
        await FindsAsync($"Patient?identifier={a},{b}", one, two);
        await FindsAsync($"Patient?identifier={a},{b}&identifier={a}", one);
        await FindsAsync($"Patient?identifier={a}&identifier={b}");
        await FindsAsync($"Patient?identifier={a}&family=Chen,Wang", one);
    }

    [TestMethod]
    public async Task A_separator_in_a_value_is_escaped()
    {
        var tag = Sample.Tag();
        var id = (await MadeAsync("Patient", Sample.Patient($"{tag},{tag}|y"))).Id;
        await FindsAsync($@"Patient?identifier={tag}\,{tag}\|y", id);
        await FindsAsync($"Patient?identifier={tag},{tag}");
    }

    [TestMethod]
    public async Task An_update_leaves_nothing_of_the_old_version_to_be_found()
    {
        var (before, after) = (Sample.Tag(), Sample.Tag());
        var id = (await MadeAsync("Patient", Sample.Patient(before))).Id;
        (await Fhir.PutAsync($"Patient/{id}", Sample.Patient(after, id: id))).Expect(OK);
        await FindsAsync($"Patient?identifier={before}");
        await FindsAsync($"Patient?identifier={after}", id);
    }

    [TestMethod]
    public async Task A_search_by_POST_takes_form_and_address_together()
    {
        var tag = Sample.Tag();
        var chen = (await MadeAsync("Patient", Sample.Patient(tag, "Chen"))).Id;
        await MadeAsync("Patient", Sample.Patient(tag, "Wang"));
        var form = ("Content-Type", "application/x-www-form-urlencoded");
        var found = await Fhir.PostAsync($"Patient/_search?{Sample.ByTag(tag)}", "family=Chen", form);
        CollectionAssert.AreEqual(new[] { chen }, found.Expect(OK).Ids.ToList());
        var counted = await Fhir.PostAsync("Patient/_search", $"{Sample.ByTag(tag)}&_summary=count", form);
        Assert.AreEqual("2", counted.Expect(OK).Json["total"]?.ToString());
        Assert.IsEmpty(counted.Entries);
        var cut = await Fhir.PostAsync("Patient/_search", $"{Sample.ByTag(tag)}&_elements=birthDate", form);
        Assert.DoesNotContain("Chen", cut.Expect(OK).Text);
        var xml = await Fhir.PostAsync("Patient/_search", $"{Sample.ByTag(tag)}&_format=xml", form);
        Assert.AreEqual("application/fhir+xml; charset=utf-8", xml.Expect(OK).Header("Content-Type"));
    }

    [TestMethod]
    public async Task A_search_by_POST_with_another_body_is_refused_rather_than_unfiltered() =>
        (await Fhir.PostAsync("Patient/_search", """{"family":"Chen"}""", ("Content-Type", "application/json")))
            .ExpectProblem(UnsupportedMediaType, "application/x-www-form-urlencoded");

    [TestMethod]
    public async Task A_count_of_zero_is_only_the_total()
    {
        var tag = Sample.Tag();
        await MadeAsync("Patient", Sample.Patient(tag));
        foreach (var only in new[] { "_count=0", "_summary=count" })
        {
            var found = (await Fhir.GetAsync($"Patient?{Sample.ByTag(tag)}&{only}")).Expect(OK);
            Assert.AreEqual("1", found.Json["total"]?.ToString());
            Assert.IsEmpty(found.Entries);
            Assert.IsNull(found.Link("next"));
        }
    }

    static async Task<Answer> MadeAsync(string type, string body) => (await Fhir.PostAsync(type, body)).Expect(Created);

    static async Task FindsAsync(string search, params string[] ids)
    {
        var found = (await Fhir.GetAsync(search)).Expect(OK);
        CollectionAssert.AreEquivalent(ids, found.Ids.ToList(), search);
        Assert.AreEqual($"{ids.Length}", found.Json["total"]?.ToString(), search);
    }

    [TestMethod]
    [DataRow("|1", 1)]
    [DataRow("|2", 1)]
    [DataRow("|3", 0)]
    [DataRow("", 2)]
    public async Task A_version_behind_a_resources_own_url_is_that_of_the_resource(string version, int count)
    {
        var url = $"https://example.org/ValueSet/{Sample.Tag()}";
        foreach (var own in (string[])["1", "2"])
        {
            var valueSet = $$"""
                { "resourceType": "ValueSet", "status": "active", "url": "{{url}}", "version": "{{own}}" }
                """;
            (await Fhir.PostAsync("ValueSet", valueSet)).Expect(Created);
        }

        var found = (await Fhir.GetAsync($"ValueSet?url={url}{version}")).Expect(OK);
        Assert.AreEqual($"{count}", $"{found.Json["total"]}");
    }
}
