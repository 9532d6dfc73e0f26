using FhirHub.Core.Model;

namespace FhirHub.Stores.Terminology;

/// <summary>Which definition is in force: what the tenant has stored, before what ships with the hub.</summary>
[TestClass]
public sealed class StoredContentTests
{
    const string Gender = "http://hl7.org/fhir/administrative-gender";
    const string GenderSet = "http://hl7.org/fhir/ValueSet/administrative-gender";

    [TestMethod]
    public async Task What_ships_with_the_hub_is_there_from_the_start()
    {
        await using var terms = new TerminologyPair();
        Assert.AreEqual("male female other unknown", await terms.CodesAsync(GenderSet));
        Assert.AreEqual("male female other unknown", await terms.CodesAsync($"{GenderSet}|4.0.1"));
        Assert.AreEqual("Second version", (await terms.LookupAsync("http://example.org/embedded/shades", "pale")).OrThrow().Display);
    }

    [TestMethod]
    public async Task A_stored_definition_goes_before_the_one_that_ships()
    {
        await using var terms = new TerminologyPair();
        await terms.PutAsync(TerminologyPair.CodeSystem("g", "m f", "9", url: Gender));
        Assert.AreEqual("m f", await terms.CodesAsync($"{Gender}?fhir_vs"));
        Assert.AreEqual("male female other unknown", await terms.CodesAsync($"{Gender}?fhir_vs|4.0.1"));
    }

    [TestMethod]
    public async Task The_newest_active_version_counts_unless_one_is_named()
    {
        await using var terms = new TerminologyPair();
        await terms.PutAsync(TerminologyPair.CodeSystem("s", "light dark"));
        await terms.PutAsync(TerminologyPair.ValueSet("a", Listing("nine"), "1.9"));
        await terms.PutAsync(TerminologyPair.ValueSet("b", Listing("ten"), "1.10"));
        await terms.PutAsync(TerminologyPair.ValueSet("c", Listing("draft"), "2", "draft"));
        Assert.AreEqual("ten", await terms.CodesAsync(Urls.Colours));
        Assert.AreEqual("nine", await terms.CodesAsync($"{Urls.Colours}|1.9"));
        Assert.AreEqual("draft", await terms.CodesAsync($"{Urls.Colours}|2"));
        Assert.AreEqual(ProblemKind.NotFound, (await terms.ExpandAsync($"{Urls.Colours}|3")).Problem?.Kind);
    }

    [TestMethod]
    public async Task A_change_takes_effect_within_a_second()
    {
        await using var terms = new TerminologyPair();
        await terms.PutAsync(TerminologyPair.CodeSystem("s", "light dark"));
        await terms.PutAsync(TerminologyPair.ValueSet("v", Urls.AllShades));
        Assert.AreEqual("light dark", await terms.CodesAsync(Urls.Colours));
        await terms.PutAsync(TerminologyPair.CodeSystem("s", "light dark pale"));
        terms.Wait(seconds: 1);
        Assert.AreEqual("light dark pale", await terms.CodesAsync(Urls.Colours));
        await terms.PutAsync(TerminologyPair.ValueSet("v", Listing("dark")));
        terms.Wait(seconds: 1);
        Assert.AreEqual("dark", await terms.CodesAsync(Urls.Colours));
        await terms.DeleteAsync("ValueSet", "v");
        terms.Wait(seconds: 1);
        Assert.AreEqual(ProblemKind.NotFound, (await terms.ExpandAsync(Urls.Colours)).Problem?.Kind);
        await terms.PutAsync(TerminologyPair.ValueSet("v", Listing("light")));
        terms.Wait(seconds: 1);
        Assert.AreEqual("light", await terms.CodesAsync(Urls.Colours));
    }

    [TestMethod]
    public async Task What_was_missing_is_found_once_it_is_stored()
    {
        await using var terms = new TerminologyPair();
        await terms.PutAsync(TerminologyPair.ValueSet("v", Urls.AllShades));
        Assert.AreEqual("not-found", (await terms.ExpandAsync(Urls.Colours)).Problem?.IssueCode);
        await terms.PutAsync(TerminologyPair.CodeSystem("s", "light dark"));
        terms.Wait(seconds: 1);
        Assert.AreEqual("light dark", await terms.CodesAsync(Urls.Colours));
    }

    [TestMethod]
    public async Task An_answer_is_made_once_as_long_as_nothing_changes()
    {
        await using var terms = new TerminologyPair();
        await terms.PutAsync(TerminologyPair.CodeSystem("s", "light dark"));
        await terms.PutAsync(TerminologyPair.ValueSet("v", Urls.AllShades));
        var first = await terms.ExpandAsync(Urls.Colours);
        terms.Wait(seconds: 60);
        Assert.AreSame(first, await terms.ExpandAsync(Urls.Colours));
    }

    [TestMethod]
    public async Task Tenants_do_not_see_each_others_definitions()
    {
        await using var terms = new TerminologyPair();
        await terms.PutAsync(TerminologyPair.CodeSystem("s", "light dark"));
        await terms.PutAsync(TerminologyPair.ValueSet("v", Urls.AllShades));
        await terms.PutAsync(TerminologyPair.ValueSet("v", Listing("theirs")), "clinic");
        Assert.AreEqual("light dark", await terms.CodesAsync(Urls.Colours));
        Assert.AreEqual("theirs", await terms.CodesAsync(Urls.Colours, "clinic"));
        Assert.AreEqual(ProblemKind.NotFound, (await terms.ExpandAsync(Urls.Colours, "nobody")).Problem?.Kind);
    }

    [TestMethod]
    public async Task More_versions_than_a_page_of_the_index_are_all_looked_at()
    {
        await using var terms = new TerminologyPair();
        for (var i = 1; i <= 130; i++)
        {
            await terms.PutAsync(TerminologyPair.ValueSet($"v{i}", Listing($"c{i}"), $"1.{(i * 37) % 131}"));
        }

        Assert.AreEqual("c46", await terms.CodesAsync($"{Urls.Colours}|1.130".Replace("1.130", $"1.{(46 * 37) % 131}")));
        var newest = Enumerable.Range(1, 130).MaxBy(i => (i * 37) % 131);
        Assert.AreEqual($"c{newest}", await terms.CodesAsync(Urls.Colours));
    }

    static string Listing(string code) =>
        $$"""{"include":[{"system":"http://example.org/shades","concept":[{"code":"{{code}}"}]}]}""";
}
