using System.Text;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using static FhirHub.Stores.Sample;

namespace FhirHub.Stores;

/// <summary>What every index finds, in words of the seam only.</summary>
public abstract class SearchIndexContract
{
    const string Loinc = "http://loinc.org";
    const string Category = "http://terminology.hl7.org/CodeSystem/observation-category";

    static readonly SearchExpression Everything = All();

    protected abstract StoragePair Create();

    [TestMethod]
    public async Task Everything_of_a_type_comes_newest_first()
    {
        await using var pair = await FilledAsync();
        Is(await pair.FindAsync("Patient", Everything), "p3 p2 p1");
        Is(await pair.FindAsync("Encounter", Everything), "");
        Is(await pair.FindAsync("Patient", Any()), "");
    }

    [TestMethod]
    public async Task A_search_beside_the_first_writes_of_a_type_finds_all_or_nothing()
    {
        await using var pair = Create();
        foreach (var type in new[] { "Patient", "Encounter", "Basic", "Group", "Person", "Device", "Flag", "List" })
        {
            var entries = Enumerable.Range(0, 200).Select(i => Put($$"""{"resourceType":"{{type}}","id":"r{{i}}"}"""));
            var write = Task.Run(async () => await pair.CommitAsync([.. entries]));
            while (!write.IsCompleted)
            {
                var found = await pair.FindAsync(type, Token(type, "_tag", null, "x"));
                Assert.HasCount(0, found);
                var all = await pair.FindAsync(type, Everything, count: 1000);
                Assert.IsTrue(all.Length is 0 or 200, $"{all.Length} of a commit of 200");
            }

            await write;
        }
    }

    [TestMethod]
    public async Task Ids_find_what_has_one_of_them()
    {
        await using var pair = await FilledAsync();
        Is(await pair.FindAsync("Patient", new SearchExpression.Ids(["p1", "p3", "p9"])), "p3 p1");
        Is(await pair.FindAsync("Patient", new SearchExpression.Ids(["p2"])), "p2");
        Is(await pair.FindAsync("Observation", new SearchExpression.Ids(["p1"])), "");
    }

    [TestMethod]
    [DataRow(Loinc, "29463-7", "o3 o1")]
    [DataRow(null, "29463-7", "o3 o1")]
    [DataRow("http://snomed.info/sct", "29463-7", "")]
    [DataRow(Loinc, null, "o3 o2 o1")]
    [DataRow("", "29463-7", "")]
    [DataRow("http://never.seen", null, "")]
    public async Task Tokens_match_by_system_code_or_both(string? system, string? code, string expected)
    {
        await using var pair = await FilledAsync();
        Is(await pair.FindAsync("Observation", Token("Observation", "code", system, code)), expected);
    }

    [TestMethod]
    public async Task Values_without_a_stated_system_match_by_code_alone()
    {
        await using var pair = await FilledAsync();
        Is(await pair.FindAsync("Patient", Token("Patient", "gender", null, "female")), "p3 p2 p1");
        Is(await pair.FindAsync("Patient", Token("Patient", "active", null, "true")), "p3 p2 p1");
        Is(await pair.FindAsync("Patient", Token("Patient", "identifier", "http://ids.example/mrn", "mrn-p2")), "p2");
    }

    [TestMethod]
    [DataRow("wang", "p1")]
    [DataRow("WAN", "p1")]
    [DataRow("lu", "p2")]
    [DataRow("lü", "p2")]
    [DataRow("ＬＵ", "p2")]
    [DataRow("张", "p3")]
    [DataRow("ang", "")]
    public async Task Strings_match_from_their_beginning_without_case_accents_and_width(string text, string expected)
    {
        await using var pair = await FilledAsync();
        Is(await pair.FindAsync("Patient", new SearchExpression.Text(Parameter("Patient", "family"), text)), expected);
    }

    [TestMethod]
    [DataRow("1990-05-17", "p1")]
    [DataRow("1990-05", "p1")]
    [DataRow("1990", "p2 p1")]
    [DataRow("1990-05-18", "")]
    public async Task Dates_match_when_they_lie_wholly_inside(string date, string expected)
    {
        await using var pair = await FilledAsync();
        Assert.IsTrue(DateRange.TryRead(Encoding.UTF8.GetBytes(date), SearchZone.China, out var range));
        var born = new SearchExpression.Date(Parameter("Patient", "birthdate"), range);
        Is(await pair.FindAsync("Patient", born), expected);
    }

    [TestMethod]
    public async Task References_match_by_type_and_id_and_others_by_their_url()
    {
        await using var pair = await FilledAsync();
        var subject = Parameter("Observation", "subject");
        Is(await pair.FindAsync("Observation", new SearchExpression.Reference(subject, "Patient", "p1")), "o2 o1");
        Is(await pair.FindAsync("Observation", new SearchExpression.Reference(subject, null, "p1")), "o2 o1");
        Is(await pair.FindAsync("Observation", new SearchExpression.Reference(subject, "Group", "p1")), "");
        await pair.PutAsync(Observation("o4").Replace("Patient/p1", "http://other.example/Patient/p1"));
        Is(await pair.FindAsync("Observation", new SearchExpression.Reference(subject, "Patient", "p1")), "o2 o1");
        var url = new SearchExpression.Url(subject, "http://other.example/Patient/p1");
        Is(await pair.FindAsync("Observation", url), "o4");
    }

    [TestMethod]
    public async Task Compartments_hold_what_refers_to_their_focus()
    {
        await using var pair = await FilledAsync();
        Is(await pair.FindAsync("Observation", new SearchExpression.InCompartment("Patient", "p1")), "o2 o1");
        Is(await pair.FindAsync("Observation", new SearchExpression.InCompartment("Patient", "p2")), "o3");
        Is(await pair.FindAsync("Patient", new SearchExpression.InCompartment("Patient", "p1")), "");
    }

    [TestMethod]
    public async Task Last_updated_is_the_time_of_the_current_version()
    {
        await using var pair = Create();
        var start = pair.Clock.Now;
        await pair.PutAsync(Patient("p1"));
        pair.Clock.Now = start.AddMinutes(1);
        await pair.PutAsync(Patient("p2"));
        pair.Clock.Now = start.AddMinutes(2);
        await pair.PutAsync(Patient("p1", "Li"));
        Is(await pair.FindAsync("Patient", Updated(0, 1)), "");
        Is(await pair.FindAsync("Patient", Updated(1, 2)), "p2");
        Is(await pair.FindAsync("Patient", Updated(0, 3)), "p2 p1");
        Is(await pair.FindAsync("Patient", Updated(2, 9)), "p1");
        Is(await pair.FindAsync("Patient", new SearchExpression.LastUpdated(DateRange.Open)), "p2 p1");

        // Times are kept to the millisecond; what is searched may lie between two of them.
        var second = start.AddMinutes(1).UtcDateTime;
        Is(await pair.FindAsync("Patient", At(second, Comparison.GreaterOrEqual)), "p2 p1");
        Is(await pair.FindAsync("Patient", At(second.AddTicks(1), Comparison.GreaterOrEqual)), "p1");
        Is(await pair.FindAsync("Patient", At(second, Comparison.Less)), "");
        Is(await pair.FindAsync("Patient", At(second.AddTicks(1), Comparison.Less)), "p2");
        Is(await pair.FindAsync("Patient", At(second.AddMilliseconds(-1), Comparison.Greater)), "p2 p1");
        Is(await pair.FindAsync("Patient", At(second, Comparison.StartsAfter)), "p1");
        Is(await pair.FindAsync("Patient", At(second, Comparison.LessOrEqual)), "p2");
        Is(await pair.FindAsync("Patient", At(second.AddMilliseconds(-1), Comparison.LessOrEqual)), "");

        SearchExpression Updated(int low, int high) => new SearchExpression.LastUpdated(new DateRange(
            start.AddMinutes(low).UtcDateTime, start.AddMinutes(high).UtcDateTime));

        SearchExpression At(DateTime time, Comparison comparison) =>
            new SearchExpression.LastUpdated(new DateRange(time, time.AddMilliseconds(1)), comparison);
    }

    [TestMethod]
    public async Task Conditions_combine()
    {
        await using var pair = await FilledAsync();
        var weight = Token("Observation", "code", Loinc, "29463-7");
        var vital = Token("Observation", "category", Category, "vital-signs");
        var ofFirst = new SearchExpression.Reference(Parameter("Observation", "patient"), "Patient", "p1");
        var height = Token("Observation", "code", Loinc, "8302-2");
        var date = new SearchExpression.Date(Parameter("Observation", "date"), DateRange.Open);
        var none = new SearchExpression.Date(
            Parameter("Observation", "date"), DateRange.Open with { High = DateTime.UnixEpoch });
        Is(await pair.FindAsync("Observation", All(weight, ofFirst)), "o1");
        Is(await pair.FindAsync("Observation", All(vital, Any(weight, height), date)), "o3 o2 o1");
        Is(await pair.FindAsync("Observation", All(date, weight)), "o3 o1");
        Is(await pair.FindAsync("Observation", All(none, weight)), "");
        Is(await pair.FindAsync("Observation", Any(height, All(weight, ofFirst))), "o2 o1");
        Is(await pair.FindAsync("Observation", Any(All(), none)), "o3 o2 o1");
        Is(await pair.FindAsync("Observation", All(All(Any(weight), All(date)), Any(ofFirst, none))), "o1");
        Is(await pair.FindAsync("Observation", All(weight, Any(All(ofFirst, date), All(none, vital)))), "o1");
    }

    [TestMethod]
    public async Task Deleted_and_changed_resources_are_found_by_what_they_are_now()
    {
        await using var pair = await FilledAsync();
        await pair.DeleteAsync("Patient", "p1");
        await pair.PutAsync(Patient("p2", "Zhao"));
        Is(await pair.FindAsync("Patient", Everything), "p3 p2");
        Is(await pair.FindAsync("Patient", new SearchExpression.Ids(["p1"])), "");
        Is(await pair.FindAsync("Patient", Token("Patient", "gender", null, "female")), "p3 p2");
        Is(await pair.FindAsync("Patient", new SearchExpression.Text(Parameter("Patient", "family"), "Lu")), "");
        Is(await pair.FindAsync("Patient", new SearchExpression.Text(Parameter("Patient", "family"), "Zhao")), "p2");
        await pair.PutAsync(Patient("p1"));
        Is(await pair.FindAsync("Patient", Everything), "p3 p2 p1");
        Assert.IsEmpty(await pair.CheckAsync());
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(7)]
    [DataRow(25)]
    [DataRow(30)]
    public async Task Pages_show_each_untouched_resource_once_while_others_write(int count)
    {
        await using var pair = Create();
        for (var i = 0; i < 25; i++)
        {
            await pair.PutAsync(Patient($"p{i}"));
        }

        var female = Token("Patient", "gender", null, "female");
        var query = Query("Patient", female) with { Count = count, Total = SearchTotal.Accurate };
        var seen = new List<string>();
        for (SearchCursor? after = null; ;)
        {
            var page = await pair.Search.SearchAsync(query with { After = after }, CancellationToken.None);
            seen.AddRange(page.Matches.Select(match => match.Key.Id));
            Assert.IsGreaterThanOrEqualTo(25, page.Total ?? 0);
            if (page.Next is not { } next)
            {
                break;
            }

            after = next;
            await pair.PutAsync(Patient($"new{seen.Count}"));
            await pair.PutAsync(Patient("p24", $"Li{seen.Count}"));
        }

        CollectionAssert.AreEqual(Enumerable.Range(0, 25).Reverse().Select(i => $"p{i}").ToList(), seen);
    }

    [TestMethod]
    [DataRow("Zh", 7)]
    [DataRow("zh", 50)]
    [DataRow("Zhang", 100)]
    [DataRow("Z", 300)]
    public async Task Many_whose_few_names_begin_alike_come_in_order_on_all_pages_and_back(string start, int count)
    {
        const int Patients = 500;
        string[] families = ["Zhang", "Zhao", "Zhou", "Li", "zhang", "Wang"];
        await using var pair = Create();
        var now = Enumerable.Range(0, Patients).ToDictionary(i => $"p{i}", i => families[i % families.Length]);
        await pair.CommitAsync([.. now.Select(p => Put(Patient(p.Key, p.Value)))]);
        foreach (var id in now.Keys.Where(id => id.EndsWith('7')).ToList())
        {
            now[id] = now[id] == "Li" ? "Zhao" : "Li";
            await pair.PutAsync(Patient(id, now[id]));
        }

        var family = new SearchExpression.Text(Parameter("Patient", "family"), start);
        var query = Query("Patient", family) with { Count = count };
        var pages = new List<SearchPage> { await pair.Search.SearchAsync(query, CancellationToken.None) };
        await pair.PutAsync(Patient("p0", "Li")); // the pages are of before
        while (pages[^1].Next is { } next)
        {
            pages.Add(await pair.Search.SearchAsync(query with { After = next }, CancellationToken.None));
        }

        var expected = Enumerable.Range(0, Patients).Reverse().Select(i => $"p{i}")
            .Where(id => now[id].StartsWith(start, StringComparison.OrdinalIgnoreCase)).ToList();
        CollectionAssert.AreEqual(expected, pages.SelectMany(p => p.Matches).Select(m => m.Key.Id).ToList());
        for (var i = pages.Count - 1; i > 0; i--)
        {
            var before = await pair.Search.SearchAsync(
                query with { After = pages[i].Previous }, CancellationToken.None);
            CollectionAssert.AreEqual(
                pages[i - 1].Matches.Select(m => m.Key.Id).ToList(), before.Matches.Select(m => m.Key.Id).ToList());
        }
    }

    [TestMethod]
    public async Task A_page_of_none_gives_the_total_alone()
    {
        await using var pair = await FilledAsync();
        var query = Query("Observation", Everything) with { Count = 0, Total = SearchTotal.Accurate };
        var page = await pair.Search.SearchAsync(query, CancellationToken.None);
        Assert.AreEqual((3L, 0), (page.Total!.Value, page.Matches.Count));
        Assert.IsNull((await pair.Search.SearchAsync(query with { Total = SearchTotal.None }, CancellationToken.None)).Total);
    }

    [TestMethod]
    public async Task Tenants_find_their_own()
    {
        await using var pair = await FilledAsync();
        await pair.PutAsync(Patient("p7"), "other");
        var query = Query("Patient", Token("Patient", "gender", null, "female")) with { Tenant = "other" };
        var page = await pair.Search.SearchAsync(query, CancellationToken.None);
        Assert.AreEqual("p7", page.Matches.Single().Key.Id);
        Is(await pair.FindAsync("Patient", Everything), "p3 p2 p1");
    }

    [TestMethod]
    public async Task Replacing_index_entries_changes_what_finds_a_resource_unless_it_has_changed_since()
    {
        await using var pair = await FilledAsync();
        var (values, _) = Extract(Encoding.UTF8.GetBytes(Patient("p1", "Replaced")));
        await pair.Search.ReplaceAsync(
            [new IndexEntry(Key("Patient", "p1"), 1, values, []), new IndexEntry(Key("Patient", "p2"), 7, values, [])],
            CancellationToken.None);
        var family = Parameter("Patient", "family");
        Is(await pair.FindAsync("Patient", new SearchExpression.Text(family, "Replaced")), "p1");
        Is(await pair.FindAsync("Patient", new SearchExpression.Text(family, "Wang")), "");
        Is(await pair.FindAsync("Patient", new SearchExpression.Text(family, "Lu")), "p2");
        Assert.AreEqual(1, (await pair.ReadAsync("Patient", "p1"))!.Version);
    }

    /// <summary>Three patients and three observations, two of the first patient.</summary>
    async Task<StoragePair> FilledAsync()
    {
        var pair = Create();
        var commit = await pair.CommitAsync(
            Put(Patient("p1")),
            Put(Patient("p2", "Lǚ", "1990-11")),
            Put(Patient("p3", "张", "1961")),
            Put(Observation("o1")),
            Put(Observation("o2", code: "8302-2")),
            Put(Observation("o3", patient: "p2")));
        await pair.Search.CatchUpAsync(commit.Position, CancellationToken.None);
        return pair;
    }

    static void Is(string[] ids, string expected) => Assert.AreEqual(expected, string.Join(' ', ids));
}
