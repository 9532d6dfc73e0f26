using System.Text.Json.Nodes;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using static FhirHub.Stores.Sample;

namespace FhirHub.Stores;

/// <summary>What every index finds by the words of resources and by parts of their strings.</summary>
public abstract class FullTextContract
{
    protected abstract StoragePair Create();

    [TestMethod]
    [DataRow("metastases", "c2 c1")]
    [DataRow("Metastases bone", "c1")]
    [DataRow("metastases NOT bone", "c2")]
    [DataRow("metast*", "c2 c1")]
    [DataRow("metast", "")]
    [DataRow("糖尿病", "c3")]
    [DataRow("二型糖尿", "c3")]
    [DataRow("糖", "c3")]
    [DataRow("尿糖", "")]
    [DataRow("hidden", "")]
    [DataRow("2026", "")]
    [DataRow("strong", "")]
    [DataRow("\"liver metastases\"", "")]
    public async Task The_narrative_is_searched_as_it_is_read(string query, string expected)
    {
        await using var pair = await FilledAsync();
        Is(await pair.FindAsync("Condition", new SearchExpression.Words(true, query)), expected);
    }

    [TestMethod]
    [DataRow("metastases", "c2 c1")]
    [DataRow("随访", "c3")]
    [DataRow("糖尿病 随访", "c3")]
    [DataRow("糖尿病 NOT 随访", "")]
    [DataRow("hidden", "c3")]
    [DataRow("mrn7", "c2")]
    [DataRow("deep", "c1")]
    [DataRow("problem-list-item", "c1")]
    [DataRow("terminology", "")]
    [DataRow("Patient", "")]
    [DataRow("\"one two\"", "c2")]
    [DataRow("\"two three\"", "")]
    public async Task Content_is_every_text_of_the_resource_and_no_address(string query, string expected)
    {
        await using var pair = await FilledAsync();
        Is(await pair.FindAsync("Condition", new SearchExpression.Words(false, query)), expected);
    }

    [TestMethod]
    public async Task Words_of_other_types_and_tenants_are_not_found()
    {
        await using var pair = await FilledAsync();
        await pair.PutAsync(Condition("c1", "<p>metastases</p>"), tenant: "clinic");
        await pair.PutAsync(Condition("x1", "<p>metastases</p>").Replace("Condition", "Basic"));
        Is(await pair.FindAsync("Condition", new SearchExpression.Words(true, "metastases")), "c2 c1");
        Is(await pair.FindAsync("Basic", new SearchExpression.Words(true, "metastases")), "x1");
    }

    [TestMethod]
    public async Task Words_combine_with_other_criteria()
    {
        await using var pair = await FilledAsync();
        var words = new SearchExpression.Words(true, "metastases");
        Is(await pair.FindAsync("Condition", All(words, new SearchExpression.Ids(["c1", "c3"]))), "c1");
        Is(await pair.FindAsync("Condition", All(new SearchExpression.Not(words), All())), "c3");
        Is(await pair.FindAsync("Condition", Any(words, new SearchExpression.Words(false, "随访"))), "c3 c2 c1");
    }

    [TestMethod]
    public async Task Updates_and_deletions_are_followed()
    {
        await using var pair = await FilledAsync();
        await pair.PutAsync(Condition("c1", "<p>复查</p>"));
        Is(await pair.FindAsync("Condition", new SearchExpression.Words(true, "metastases")), "c2");
        Is(await pair.FindAsync("Condition", new SearchExpression.Words(true, "复查")), "c1");
        await pair.DeleteAsync("Condition", "c2");
        Is(await pair.FindAsync("Condition", new SearchExpression.Words(true, "metastases")), "");
        await pair.PutAsync(Condition("c2", "<p>metastases again</p>"));
        await pair.ReopenAsync();
        Is(await pair.FindAsync("Condition", new SearchExpression.Words(true, "metastases")), "c2");
        await ChecksAsync(pair);
    }

    [TestMethod]
    public async Task Later_pages_show_the_words_and_strings_of_the_first_pages_moment()
    {
        await using var pair = Create();
        for (var i = 1; i <= 5; i++)
        {
            await pair.PutAsync(Named($"p{i}", "欧阳丽华"));
        }

        foreach (var expression in new SearchExpression[] { Contains("阳丽"), new SearchExpression.Words(false, "阳丽") })
        {
            var query = Query("Patient", expression) with { Count = 2 };
            var first = await pair.Search.SearchAsync(query, CancellationToken.None);
            await pair.PutAsync(Named("p3", "王芳"));
            await pair.PutAsync(Named("p6", "欧阳丽华"));
            await pair.DeleteAsync("Patient", "p1");
            Is(await RestAsync(pair, query with { After = first.Next }), "p3 p2 p1");
            Is(await pair.FindAsync("Patient", expression), "p6 p5 p4 p2");
            await pair.PutAsync(Named("p3", "欧阳丽华"));
            await pair.PutAsync(Named("p1", "欧阳丽华"));
            await pair.ExpungeAsync("p6", keepCurrent: false);
        }

        await ChecksAsync(pair);
    }

    [TestMethod]
    public async Task What_ended_long_ago_is_forgotten_and_the_rest_is_found()
    {
        await using var pair = Create();
        await pair.PutAsync(Named("p1", "欧阳丽华"));
        await pair.PutAsync(Named("p1", "王芳"));
        await pair.PutAsync(Named("p2", "王芳"));
        await pair.DeleteAsync("Patient", "p2");
        pair.Clock.Now = pair.Clock.Now.AddHours(2);
        for (var i = 3; i < 8; i++)
        {
            await pair.PutAsync(Named($"p{i}", "李明"));
        }

        Is(await pair.FindAsync("Patient", Contains("芳")), "p1");
        Is(await pair.FindAsync("Patient", Contains("阳")), "");
        Is(await pair.FindAsync("Patient", new SearchExpression.Words(false, "王芳")), "p1");
        await ChecksAsync(pair);
    }

    [TestMethod]
    public async Task What_is_expunged_is_in_no_index()
    {
        await using var pair = Create();
        await pair.PutAsync(Named("p1", "欧阳丽华"));
        await pair.PutAsync(Named("p1", "王芳"));
        await pair.PutAsync(Named("p2", "欧阳丽华"));
        await pair.ExpungeAsync("p1", keepCurrent: true);
        Is(await pair.FindAsync("Patient", Contains("王")), "p1");
        await pair.ExpungeAsync("p1", keepCurrent: false);
        Is(await pair.FindAsync("Patient", Contains("王")), "");
        Is(await pair.FindAsync("Patient", new SearchExpression.Words(false, "王芳")), "");
        Is(await pair.FindAsync("Patient", Contains("阳丽")), "p2");
        await ChecksAsync(pair);
    }

    [TestMethod]
    public async Task A_commit_that_is_refused_leaves_nothing_and_what_came_before_is_found()
    {
        await using var pair = Create();
        var query = Query("Patient", Contains("阳丽"));
        var none = new CommitCondition(query, []);
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => pair.Resources.CommitAsync(
            new Commit([Put(Named($"p{i}", "欧阳丽华"))], [none]), CancellationToken.None).AsTask()));
        Assert.HasCount(1, results.Where(result => result.Conflict is null));
        Assert.HasCount(1, await pair.FindAsync("Patient", Contains("阳丽")));
        Assert.HasCount(1, await pair.FindAsync("Patient", new SearchExpression.Words(false, "欧阳丽华")));
        await ChecksAsync(pair);
    }

    [TestMethod]
    public async Task Replacing_index_entries_replaces_the_words()
    {
        await using var pair = Create();
        var version = await pair.PutAsync(Named("p1", "欧阳丽华"));
        var (values, compartments) = Extract(Put(Named("p1", "王芳")).Json!.Complete(1, pair.Clock.Now)); // has content
        await pair.Search.ReplaceAsync(
            [new IndexEntry(version.Key, version.Version, values, compartments)], CancellationToken.None);
        Is(await pair.FindAsync("Patient", new SearchExpression.Words(false, "王芳")), "p1");
        Is(await pair.FindAsync("Patient", new SearchExpression.Words(false, "阳丽")), "");
        Is(await pair.FindAsync("Patient", Contains("阳丽")), "");
    }

    [TestMethod]
    public async Task Whatever_happens_the_words_and_strings_are_those_of_the_resources()
    {
        string[] names = ["欧阳丽华", "王芳", "欧阳", "Anna Ouyang", "丽华 Wang"];
        var random = new Random(20261129);
        await using var pair = Create();
        var now = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < 600; i++)
        {
            var (id, name) = ($"p{random.Next(8)}", names[random.Next(names.Length)]);
            pair.Clock.Now = pair.Clock.Now.AddMinutes(random.Next(5));
            switch (random.Next(12))
            {
                case 0:
                    await pair.DeleteAsync("Patient", id);
                    now.Remove(id);
                    break;
                case 1:
                    await pair.ExpungeAsync(id, keepCurrent: true);
                    break;
                case 2:
                    await pair.ExpungeAsync(id, keepCurrent: false);
                    now.Remove(id);
                    break;
                case 3 when await pair.ReadAsync("Patient", id) is { Version: > 1 } current:
                    var version = random.NextInt64(1, current.Version);
                    await pair.Resources.ExpungeVersionAsync(Key("Patient", id), version, CancellationToken.None);
                    break;
                case 4:
                    await pair.ReopenAsync();
                    break;
                default:
                    await pair.PutAsync(Named(id, name));
                    now[id] = name;
                    break;
            }

            if (i % 20 == 0)
            {
                await ChecksAsync(pair);
                foreach (var part in new[] { "阳丽", "ouya", "王芳" })
                {
                    var expected = string.Join(' ', now.Where(p => SearchText.Fold(p.Value).Contains(part)).Select(p => p.Key)
                        .Order(StringComparer.Ordinal));
                    Is([.. (await pair.FindAsync("Patient", Contains(part))).Order(StringComparer.Ordinal)], expected);
                    var words = new SearchExpression.Words(false, part == "ouya" ? "ouya*" : part);
                    Is([.. (await pair.FindAsync("Patient", words)).Order(StringComparer.Ordinal)], expected);
                }
            }
        }

        await ChecksAsync(pair);
    }

    [TestMethod]
    public async Task Contains_finds_exactly_the_strings_that_contain_the_text()
    {
        string[] letters = ["张", "丽", "𠮷", "a", "B", "1", " ", "\\\"", "*", "-", "é", "。", "%"];
        var random = new Random(20261128);
        string Text(int max) => $"x{string.Concat(random.GetItems(letters, random.Next(1, max)))}x";
        await using var pair = Create();
        var texts = Enumerable.Range(0, 300).Select(_ => Text(10)).ToArray();
        await pair.CommitAsync([.. texts.Select((text, i) => Put(Named($"p{i}", text)))]);
        for (var i = 0; i < 500; i++)
        {
            var part = Text(5)[1..^1].Replace("\\\"", "\"");
            var folded = SearchText.Bare(part);
            if (folded.Length == 0)
            {
                continue; // nothing but punctuation, which a search refuses
            }

            var expected = Enumerable.Range(0, texts.Length)
                .Where(t => SearchText.Bare(texts[t].Replace("\\\"", "\"")).Contains(folded, StringComparison.Ordinal))
                .Select(t => $"p{t}").Order(StringComparer.Ordinal);
            var found = await pair.FindAsync("Patient", Contains(part), count: 1000);
            Is([.. found.Order(StringComparer.Ordinal)], string.Join(' ', expected));
        }

        await ChecksAsync(pair);
    }

    async Task<StoragePair> FilledAsync()
    {
        var pair = Create();
        await pair.PutAsync(Condition(
            "c1", "<p class=\"hidden\">Metas<b>tases</b> to bone &amp; more</p>",
            """
            "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-category",
            "code":"problem-list-item"}]}],"extension":[{"url":"http://e.example/strong","valueString":"deep"}],
            """));
        await pair.PutAsync(Condition(
            "c2", "<p>Liver,</p><p>metastases</p>",
            """
            "identifier":[{"system":"http://e.example/hidden","value":"MRN7"}],
            "note":[{"text":"one two"},{"text":"three"}],
            """));
        await pair.PutAsync(Condition(
            "c3", "<p>二型<i>糖</i>尿病。</p>",
            """
            "note":[{"text":"定期随访"}],
            "contained":[{"resourceType":"Patient","id":"p","name":[{"family":"Hidden"}]}],
            """));
        return pair;
    }

    static string Condition(string id, string div, string more = "")
    {
        var narrative = JsonValue.Create($"<div xmlns=\"http://www.w3.org/1999/xhtml\">{div}</div>").ToJsonString();
        return $$"""
            {"resourceType":"Condition","id":"{{id}}",{{more}}
             "text":{"status":"additional","div":{{narrative}}},"subject":{"reference":"Patient/p1"} }
            """;
    }

    protected static string Named(string id, string name) =>
        $$"""
        {"resourceType":"Patient","id":"{{id}}","name":[{"text":"{{name}}"} ] }
        """;

    static SearchExpression.Text Contains(string text) =>
        new SearchExpression.Text(Parameter("Patient", "name"), text, TextMatch.Contains);

    static async Task<string[]> RestAsync(StoragePair pair, SearchQuery query)
    {
        var ids = new List<string>();
        for (var next = query; ;)
        {
            var page = await pair.Search.SearchAsync(next, CancellationToken.None);
            ids.AddRange(page.Matches.Select(match => match.Key.Id));
            if (page.Next is not { } after)
            {
                return [.. ids];
            }

            next = query with { After = after };
        }
    }

    static async Task ChecksAsync(StoragePair pair) =>
        Assert.AreEqual("", string.Join('\n', await pair.CheckAsync()));

    static void Is(string[] actual, string expected) => Assert.AreEqual(expected, string.Join(' ', actual));
}
