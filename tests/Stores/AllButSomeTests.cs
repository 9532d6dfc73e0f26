using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Stores;

/// <summary>
/// What has none of some tokens is listed by the other tokens where every resource has one; what is found is the same
/// whether it is or not.
/// </summary>
[TestClass]
public sealed class AllButSomeTests
{
    const string Listed = "not status collected and sorted";
    const string Walked = "all of Task walked in order; not status probed";
    const long Never = long.MaxValue;

    static readonly string[] Known = ["a", "\u00E9", "\uFF5A", "\U0001F600", "z"]; // in the order of their bytes

    static readonly CancellationToken None = CancellationToken.None;

    static readonly SearchExpression NotCompleted =
        new SearchExpression.Not(Sample.Token("Task", "status", null, "completed"));

    [TestMethod]
    public async Task Few_open_ones_are_found_without_a_look_at_all_others()
    {
        await using var pair = await TasksAsync(300);
        Assert.AreEqual((Walked, "open2 open1"), await AskAsync(pair, NotCompleted));
        await SettleAsync(pair);
        Assert.AreEqual((Listed, "open2 open1"), await AskAsync(pair, NotCompleted));
        await pair.PutAsync(Status("t7", "rejected"));
        await pair.PutAsync(Status("open1", "completed"));
        Assert.AreEqual((Listed, "open2 t7"), await AskAsync(pair, NotCompleted));
        Assert.AreEqual(
            (Listed, "open2"),
            await AskAsync(pair, new SearchExpression.Not(Sample.Any(Token("rejected"), Token("completed")))));
    }

    [TestMethod]
    public async Task One_without_any_is_found_as_well()
    {
        await using var pair = await TasksAsync(300);
        _ = await AskAsync(pair, NotCompleted);
        await SettleAsync(pair);
        await pair.PutAsync("""{"resourceType":"Task","id":"none","intent":"order"}""");
        Assert.AreEqual((Walked, "none open2 open1"), await AskAsync(pair, NotCompleted));
        await pair.DeleteAsync("Task", "none");
        Assert.AreEqual((Listed, "open2 open1"), await AskAsync(pair, NotCompleted));
    }

    /// <summary>
    /// The page is of when one had no token and another was open; that all have one now says nothing of then.
    /// </summary>
    [TestMethod]
    public async Task A_later_page_finds_what_had_none_and_has_one_since()
    {
        await using var pair = await TasksAsync(300);
        await pair.PutAsync("""{"resourceType":"Task","id":"none","intent":"order"}""");
        await pair.PutAsync("""{"resourceType":"Task","id":"gone","intent":"order"}""");
        await pair.PutAsync(Status("open3", "requested"));
        _ = await AskAsync(pair, NotCompleted);
        await SettleAsync(pair);
        var query = Sample.Query("Task", NotCompleted) with { Count = 1, WantsPlan = true };
        var first = await pair.Search.SearchAsync(query, None);
        await pair.PutAsync(Status("none", "completed"));
        await pair.PutAsync(Status("open2", "completed"));
        await pair.DeleteAsync("Task", "gone");
        await pair.PutAsync(Status("later", "requested"));
        Assert.AreEqual((Listed, "later open3 open1"), await AskAsync(pair, NotCompleted));
        var second = await pair.Search.SearchAsync(query with { Count = 100, After = first.Next }, None);
        Assert.AreEqual(Listed, Told(second));
        Assert.AreEqual("open3", first.Matches.Single().Key.Id);
        Assert.AreEqual("gone none open2 open1", Ids(second));
    }

    /// <summary>Neither does a system say more: other tokens of the same code may be of another.</summary>
    [TestMethod]
    public async Task What_other_tokens_do_not_tell_is_asked_of_each()
    {
        await using var pair = await TasksAsync(300);
        var ofSystem = new SearchExpression.Not(Sample.Token("Task", "status", "http://example", "completed"));
        var ofAny = new SearchExpression.Not(Sample.Any(Token("completed"), Sample.Token("Task", "intent", null, "plan")));
        _ = await AskAsync(pair, NotCompleted);
        await SettleAsync(pair);
        StringAssert.StartsWith((await AskAsync(pair, ofSystem)).Plan, "all of Task walked in order");
        Assert.AreEqual("all of Task walked in order; not status or intent probed", (await AskAsync(pair, ofAny)).Plan);

        // The database would be longer at so many ranges than at all resources.
        var many = Enumerable.Range(0, 599).Select(i => Token($"s{i}")).Append(Token("completed"));
        Assert.AreEqual(
            (Walked, "open2 open1"), await AskAsync(pair, new SearchExpression.Not(Sample.Any([.. many]))));
    }

    /// <summary>
    /// Resources with no, one and several codes are written, changed and removed, while pages of all kinds are asked
    /// for, the later ones long after their first.
    /// </summary>
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    public async Task Every_page_is_as_if_each_had_been_asked(int seed)
    {
        var random = new Random(seed);
        await using var pair = SqlitePair.Create(
            countPieceMax: random.Next(2, 30), rowsWaitingMax: seed % 2 == 0 ? 0 : 20);
        var now = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var made = new List<string>();
        var begun = new List<(SearchQuery Query, string[] Behind, SearchCursor? Next)>();
        var listed = 0;
        for (var i = 0; i < 700; i++)
        {
            await WriteAsync();
            if (random.Next(4) == 0)
            {
                var unwanted = Codes(random.Next(1, 4));
                var query = Sample.Query("Observation", Not(unwanted)) with { Count = random.Next(1, 4), WantsPlan = true };
                string[] all =
                [
                    .. now.Where(one => !one.Value.Intersect(unwanted).Any()).Select(one => one.Key)
                        .OrderByDescending(made.IndexOf),
                ];
                await PageAsync(query, all, null);
            }
            else if (begun.Count > 0 && random.Next(2) == 0)
            {
                var (query, rest, next) = begun[random.Next(begun.Count)];
                _ = begun.RemoveAll(one => one.Next == next);
                await PageAsync(query, rest, next);
            }
        }

        Assert.IsGreaterThan(40, listed);
        Assert.IsEmpty(await pair.CheckAsync());

        async Task WriteAsync()
        {
            var id = $"o{random.Next(40)}";
            if (random.Next(6) == 0)
            {
                _ = now.Remove(id) ? await pair.DeleteAsync("Observation", id) : null;
                return;
            }

            // Few ever lack one, so that for a while none does.
            var codes = Codes(id is "o0" or "o1" && random.Next(3) == 0 ? 0 : random.Next(1, 3));
            var codings = string.Join(',', codes.Select(code => $$"""{"code":"{{code}}"}"""));
            var category = codes.Length == 0 ? "" : $$""","category":[{"coding":[{{codings}}]}]""";
            _ = await pair.PutAsync(
                $$"""{"resourceType":"Observation","id":"{{id}}","status":"final"{{category}}}""");
            now[id] = codes;
            made.AddRange(made.Contains(id) ? [] : [id]);
        }

        async Task PageAsync(SearchQuery query, string[] expected, SearchCursor? after)
        {
            var page = await pair.Search.SearchAsync(query with { After = after }, None);
            Assert.AreEqual(string.Join(' ', expected.Take(query.Count)), Ids(page), $"seed {seed}: {Told(page)}");
            listed += Told(page).StartsWith("not category collected", StringComparison.Ordinal) ? 1 : 0;
            if (page.Next is { } next)
            {
                begun.Add((query, [.. expected.Skip(query.Count)], next));
            }
        }

        string[] Codes(int count) =>
            [.. Enumerable.Range(0, count).Select(_ => Known[random.Next(Known.Length)]).Distinct()];
    }

    static SearchExpression.Not Not(string[] categories) => new(
        Sample.Any([.. categories.Select(code => Sample.Token("Observation", "category", null, code))]));

    static SearchExpression Token(string status) => Sample.Token("Task", "status", null, status);

    static string Status(string id, string status) =>
        $$"""{"resourceType":"Task","id":"{{id}}","intent":"order","status":"{{status}}"}""";

    static async Task<SqlitePair> TasksAsync(int completed)
    {
        var pair = SqlitePair.Create();
        await pair.CommitAsync([.. Enumerable.Range(0, completed).Select(i => Sample.Put(Status($"t{i}", "completed")))]);
        await pair.PutAsync(Status("open1", "requested"));
        await pair.PutAsync(Status("open2", "in-progress"));
        return pair;
    }

    /// <summary>Waits until every number that is to be kept is counted to the end.</summary>
    static async Task SettleAsync(SqlitePair pair)
    {
        for (var i = 0; await OpenAsync() != (2, 0); i++)
        {
            Assert.IsLessThan(1000, i, "nothing is kept");
            await Task.Delay(1);
        }

        ValueTask<(long, long)> OpenAsync() => pair.Storage.Writer.RunAsync(
            writer => (
                writer.Database.Scalar("SELECT count(*) FROM kept_count") ?? 0,
                writer.Database.Scalar($"SELECT count(*) FROM kept_count WHERE through < {Never}") ?? 0),
            None);
    }

    static async Task<(string Plan, string Ids)> AskAsync(SqlitePair pair, SearchExpression expression)
    {
        var query = Sample.Query("Task", expression) with { WantsPlan = true };
        var page = await pair.Search.SearchAsync(query, None);
        return (Told(page), Ids(page));
    }

    static string Told(SearchPage page) => string.Join("; ", page.Plan.Select(step => $"{step.What} {step.How}"));

    static string Ids(SearchPage page) => string.Join(' ', page.Matches.Select(match => match.Key.Id));
}
