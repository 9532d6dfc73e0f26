using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Stores;

/// <summary>Order, pages, numbers and what comes along where two of them meet, each in one case made for it.</summary>
public abstract class SearchOrderContract
{
    readonly SearchParser _parser = new(ParameterCatalog.R4, SearchZone.China, TimeProvider.System);

    protected abstract StoragePair Create();

    /// <summary>Each comes once, in the place of the value that comes first in the order.</summary>
    [TestMethod]
    [DataRow("family", "ad bc none")]
    [DataRow("-family", "ad bc none")]
    [DataRow("birthdate", "bc ad none")]
    [DataRow("-birthdate", "ad bc none")]
    public Task Of_several_values_the_first_counts(string sort, string expected) => ComesAsync(
        "Patient",
        $"_sort={sort}",
        expected,
        """{"resourceType":"Patient","id":"none"}""",
        """{"resourceType":"Patient","id":"bc","birthDate":"2000","name":[{"family":"b"},{"family":"c"}]}""",
        """{"resourceType":"Patient","id":"ad","birthDate":"2001","name":[{"family":"a"},{"family":"d"}]}""");

    [TestMethod]
    [DataRow("code", "ad bc")]
    [DataRow("-code", "ad bc")]
    public Task A_container_stands_where_the_first_inside_it_does(string sort, string expected) => ComesAsync(
        "Medication",
        $"_contained=true&_sort={sort}",
        expected,
        Container("bc", "b", "c"),
        Container("ad", "a", "d"));

    [TestMethod]
    [DataRow("_tag", "o p e")]
    [DataRow("-_tag", "p o e")]
    [DataRow("_lastUpdated", "p o e")]
    [DataRow("-_lastUpdated", "e o p")]
    public Task Types_are_in_one_order(string sort, string expected) => ComesAsync(
        null,
        $"_type=Observation,Encounter,Patient&_sort={sort}",
        expected,
        """{"resourceType":"Patient","id":"p","meta":{"tag":[{"code":"b"}]}}""",
        """
        {"resourceType":"Observation","id":"o","status":"final","code":{"text":"x"},"meta":{"tag":[{"code":"a"}]}}
        """,
        """{"resourceType":"Encounter","id":"e","status":"planned","class":{"code":"AMB"}}""");

    [TestMethod]
    [DataRow("value-quantity", "gram kilogram")]
    [DataRow("-value-quantity", "kilogram gram")]
    public Task Quantities_are_in_the_order_of_what_they_amount_to(string sort, string expected) => ComesAsync(
        "Observation", $"_sort={sort}", expected, Weight("kilogram", "1", "kg"), Weight("gram", "2", "g"));

    /// <summary>The more pH, the less of its base unit; a list by pH means pH.</summary>
    [TestMethod]
    [DataRow("value-quantity", "acid base")]
    [DataRow("-value-quantity", "base acid")]
    public Task Amounts_in_a_unit_that_falls_are_in_the_order_of_their_numbers(string sort, string expected) =>
        ComesAsync("Observation", $"_sort={sort}", expected, Weight("base", "7.6", "[pH]"), Weight("acid", "7.1", "[pH]"));

    /// <summary>A place behind a match is behind it in any way of finding the page.</summary>
    [TestMethod]
    public async Task Every_page_leads_on_and_back_whatever_the_order()
    {
        await using var pair = Create();
        for (var i = 0; i < 7; i++)
        {
            var name = i % 3 == 0 ? "" : $$""","name":[{"family":"{{(char)('a' + (i % 2))}}"}]""";
            await pair.PutAsync($$"""
                {"resourceType":"Patient","id":"p{{i}}","text":{"status":"generated",
                 "div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">shared</div>"}{{name}}}
                """);
        }

        foreach (var search in (string[])
        [
            "", "_sort=family", "_sort=-family", "_sort=family,_id", "_sort=-family,-_lastUpdated", "_text=shared",
            "_sort=_id", "family:missing=true", "family=a,b", "_sort=birthdate",
        ])
        {
            var whole = await PageAsync(pair, "Patient", $"{search}&_count=100");
            Assert.IsNotEmpty(whole.Matches, search);
            for (var count = 1; count < 4; count++)
            {
                var pages = await PagesAsync(pair, Query("Patient", $"{search}&_count={count}"));
                Assert.AreEqual(
                    string.Join(' ', whole.Matches.Select(match => match.Key.Id)), string.Join(' ', pages), search);
                Assert.IsTrue(pages.SkipLast(1).All(page => page.Count(c => c == ' ') == count - 1), search);
            }
        }
    }

    [TestMethod]
    public async Task What_comes_along_with_a_later_page_is_as_of_the_first()
    {
        await using var pair = Create();
        await pair.PutAsync(Sample.Patient("p1"));
        await pair.PutAsync(Sample.Observation("o1"));
        await pair.PutAsync(Sample.Observation("o2"));
        var query = Query("Observation", "_include=Observation:subject&_revinclude=List:item&_count=1&_total=accurate");
        var first = await pair.Search.SearchAsync(query, CancellationToken.None);
        await pair.PutAsync(Sample.Patient("p1", "Li"));
        await pair.PutAsync("""
            {"resourceType":"List","id":"later","status":"current","mode":"working",
             "entry":[{"item":{"reference":"Observation/o1"}}]}
            """);
        await pair.PutAsync(Sample.Observation("o3"));
        var second = await pair.Search.SearchAsync(query with { After = first.Next }, CancellationToken.None);
        Assert.AreEqual("o1", second.Matches.Single().Key.Id);
        Assert.AreEqual(1, second.Included.Single().Version);
        Assert.AreEqual(2, second.Total);
        Assert.IsNull(second.Next);
    }

    [TestMethod]
    public async Task A_thousand_come_along_and_that_there_are_more_is_told()
    {
        await using var pair = Create();
        await pair.PutAsync(Sample.Patient("p1"));
        await pair.CommitAsync([.. Enumerable.Range(0, 1001).Select(i => Sample.Put($$"""
            {"resourceType":"Flag","id":"f{{i}}","status":"active","code":{"text":"x"},
             "subject":{"reference":"Patient/p1"} }
            """))]);
        var more = await PageAsync(pair, "Patient", "_revinclude=Flag:subject");
        Assert.AreEqual((1000, true), (more.Included.Count, more.IsIncludedCut));
        await pair.DeleteAsync("Flag", "f7");
        var all = await PageAsync(pair, "Patient", "_revinclude=Flag:subject");
        Assert.AreEqual((1000, false), (all.Included.Count, all.IsIncludedCut));
    }

    [TestMethod]
    public async Task What_comes_along_because_of_a_type_comes_with_no_other()
    {
        await using var pair = Create();
        await pair.PutAsync(Sample.Patient("x"));
        await pair.PutAsync("""{"resourceType":"Group","id":"x","type":"person","actual":true}""");
        foreach (var type in (string[])["Patient", "Group"])
        {
            await pair.PutAsync($$"""
                {"resourceType":"Flag","id":"{{type}}","status":"active","code":{"text":"x"},
                 "subject":{"reference":"{{type}}/x"} }
                """);
        }

        var page = await PageAsync(pair, null, "_type=Patient,Group&_revinclude=Flag:subject:Group");
        Assert.AreEqual("Group", string.Join(' ', page.Included.Select(one => one.Key.Id)));
        var back = await PageAsync(pair, "Flag", "_include=Flag:subject:Group");
        Assert.AreEqual("Group/x", string.Join(' ', back.Included.Select(one => one.Key)));
    }

    [TestMethod]
    public async Task A_number_of_a_hundred_is_told_unasked_and_one_of_more_is_not()
    {
        await using var pair = Create();
        await pair.CommitAsync([.. Enumerable.Range(0, 101).Select(i => Sample.Put(Sample.Patient($"p{i}")))]);
        Assert.IsNull((await PageAsync(pair, "Patient", "gender=female&_count=1")).Total);
        Assert.AreEqual(101, (await PageAsync(pair, "Patient", "gender=female&_count=1&_total=accurate")).Total);
        Assert.AreEqual(101, (await PageAsync(pair, "Patient", "gender=female&_count=101")).Total);
        await pair.DeleteAsync("Patient", "p50");
        Assert.AreEqual(100, (await PageAsync(pair, "Patient", "gender=female&_count=1")).Total);
        Assert.IsNull((await PageAsync(pair, "Patient", "gender=female&_count=1&_total=none")).Total);
        await pair.PutAsync("""
            {"resourceType":"Observation","id":"o","status":"final","code":{"text":"x"},"subject":{"reference":"#x"},
             "contained":[{"resourceType":"Patient","id":"x","gender":"female"}]}
            """);
        Assert.AreEqual(1, (await PageAsync(pair, "Patient", "gender=female&_count=1&_contained=true")).Total);
        Assert.IsNull((await PageAsync(pair, "Patient", "gender=female&_count=1&_contained=both")).Total);
    }

    /// <summary>A deleted resource is none that something is not true of.</summary>
    [TestMethod]
    public async Task What_was_deleted_is_not_among_all_others_either()
    {
        await using var pair = Create();
        await pair.PutAsync(Sample.Patient("p1"));
        await pair.PutAsync(Sample.Patient("p2"));
        await pair.PutAsync(Sample.Observation("o1", "p1"));
        await pair.PutAsync(Sample.Observation("o2", "p2"));
        _ = await PageAsync(pair, "Patient", "active=true"); // brings the rows in, so that the deletion ends them
        await pair.DeleteAsync("Patient", "p1");
        await ComesAsync(pair, "Observation", "subject:Patient.gender:not=male", "o2");
        await ComesAsync(pair, "Observation", "subject:Patient.phone:missing=true", "o2");
        await ComesAsync(pair, "Observation", "_filter=subject.gender ne male or code eq none", "o2");
        await ComesAsync(pair, "Patient", "_has:Observation:subject:code:not=none", "p2");
        await ComesAsync(pair, "Patient", "_filter=not (gender eq male) or gender eq other", "p2");
        await pair.DeleteAsync("Observation", "o2");
        await ComesAsync(pair, "Patient", "_has:Observation:subject:code:not=none", "");
        await ComesAsync(pair, "Patient", "_has:Observation:subject:status=final", "");
    }

    [TestMethod]
    public void A_resource_is_in_compartments_by_the_parameters_that_say_so()
    {
        var (values, _) = Sample.Extract(System.Text.Encoding.UTF8.GetBytes("""
            {"resourceType":"Observation","id":"o","status":"final","code":{"text":"x"},
             "subject":{"reference":"Patient/p1"},"focus":[{"reference":"Patient/p2"}]}
            """));
        Assert.AreEqual(
            new Compartment("Patient", "p1"), Compartments.Of(Sample.Key("Observation", "o"), values).Single());
        var (own, _) = Sample.Extract(System.Text.Encoding.UTF8.GetBytes(Sample.Patient("p1")));
        Assert.AreEqual(new Compartment("Patient", "p1"), Compartments.Of(Sample.Key("Patient", "p1"), own).Single());
    }

    static string Container(string id, string one, string other) => $$"""
        {"resourceType":"MedicationRequest","id":"{{id}}","status":"draft","intent":"plan","subject":{"display":"x"},
         "medicationReference":{"reference":"#a"},"contained":[
         {"resourceType":"Medication","id":"a","code":{"coding":[{"code":"{{one}}"}]} },
         {"resourceType":"Medication","id":"b","code":{"coding":[{"code":"{{other}}"}]} }]}
        """;

    static string Weight(string id, string value, string unit) => $$"""
        {"resourceType":"Observation","id":"{{id}}","status":"final","code":{"text":"x"},"valueQuantity":
         {"value":{{value}},"system":"http://unitsofmeasure.org","code":"{{unit}}"} }
        """;

    /// <summary>Stores the resources; what is searched comes in that order on one page, and page by page.</summary>
    async Task ComesAsync(string? type, string search, string expected, params string[] resources)
    {
        await using var pair = Create();
        foreach (var resource in resources)
        {
            await pair.PutAsync(resource);
            pair.Clock.Now += TimeSpan.FromSeconds(1);
        }

        await ComesAsync(pair, type, search, expected);
    }

    async Task ComesAsync(StoragePair pair, string? type, string search, string expected)
    {
        var page = await PageAsync(pair, type, $"{search}&_total=accurate");
        Assert.AreEqual(expected, string.Join(' ', page.Matches.Select(match => match.Key.Id)), search);
        Assert.AreEqual(page.Matches.Count, page.Total, search);
        Assert.AreEqual(expected, string.Join(' ', await PagesAsync(pair, Query(type, $"{search}&_count=1"))), search);
    }

    /// <summary>The ids on each page, which are the same on the way back.</summary>
    static async Task<List<string>> PagesAsync(StoragePair pair, SearchQuery query)
    {
        var pages = new List<string>();
        SearchPage page;
        SearchCursor? place = null;
        do
        {
            page = await pair.Search.SearchAsync(query with { After = place }, CancellationToken.None);
            pages.Add(string.Join(' ', page.Matches.Select(match => match.Key.Id)));
            place = page.Next;
            Assert.IsLessThan(100, pages.Count, "the pages have no end");
        }
        while (place is not null);
        for (var i = pages.Count - 2; i >= 0; i--)
        {
            Assert.IsNotNull(page.Previous);
            page = await pair.Search.SearchAsync(query with { After = page.Previous }, CancellationToken.None);
            Assert.AreEqual(pages[i], string.Join(' ', page.Matches.Select(match => match.Key.Id)));
        }

        Assert.IsNull(page.Previous);
        return pages;
    }

    async Task<SearchPage> PageAsync(StoragePair pair, string? type, string search) =>
        await pair.Search.SearchAsync(Query(type, search), CancellationToken.None);

    SearchQuery Query(string? type, string search) => _parser.Parse(
        new SearchScope { Tenant = Sample.Tenant, Type = type }, ConditionalQuery.Pairs(search)).Query;
}
