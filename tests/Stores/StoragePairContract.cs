using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using static FhirHub.Stores.Sample;

namespace FhirHub.Stores;

/// <summary>What store and index promise together: atomic commits at the same time, and conditions that hold.</summary>
public abstract class StoragePairContract
{
    const int Writers = 16;

    protected abstract StoragePair Create();

    [TestMethod]
    public async Task Commits_at_the_same_time_each_get_their_own_outcome()
    {
        await using var pair = Create();
        var results = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(() => i % 4 == 3
            ? pair.CommitAsync(Put(Patient($"p{i}")), Put(Patient("never"), expected: 5))
            : pair.CommitAsync(Put(Patient($"p{i}")), Put(Observation($"o{i}"))))));
        for (var i = 0; i < results.Length; i++)
        {
            Assert.AreEqual(i % 4 == 3 ? new CommitConflict(1, -1, 0) : null, results[i].Conflict);
            Assert.AreEqual(i % 4 != 3, await pair.ReadAsync("Patient", $"p{i}") is not null);
        }

        Assert.IsNull(await pair.ReadAsync("Patient", "never"));
        var positions = results.Where(r => r.Conflict is null).Select(r => r.Position.Value).Order().ToList();
        CollectionAssert.AreEqual(Enumerable.Range(1, 300).Select(i => (long)i).ToList(), positions);
        var changes = await pair.ChangesAsync();
        Assert.HasCount(600, changes);
        CollectionAssert.AreEqual(
            changes.Select(c => c.Position.Value).ToList(), changes.Select(c => c.Position.Value).Order().ToList());
        Assert.IsEmpty(await pair.CheckAsync());
    }

    [TestMethod]
    public async Task Of_those_who_expect_the_same_version_one_wins()
    {
        await using var pair = Create();
        await pair.PutAsync(Patient("p1"));
        for (var round = 1; round <= 20; round++)
        {
            var expected = round;
            var results = await Task.WhenAll(Enumerable.Range(0, Writers).Select(
                i => Task.Run(() => pair.CommitAsync(Put(Patient("p1", $"F{i}"), expected: expected)))));
            Assert.AreEqual(1, results.Count(r => r.Conflict is null));
            var refused = results.Where(r => r.Conflict is not null).Select(r => r.Conflict).Distinct();
            Assert.AreEqual(new CommitConflict(0, -1, expected + 1), refused.Single());
        }
    }

    [TestMethod]
    public async Task Of_those_who_create_if_none_matches_one_creates()
    {
        await using var pair = Create();
        for (var round = 0; round < 20; round++)
        {
            var identifier = $"mrn-r{round}";
            var results = await Task.WhenAll(Enumerable.Range(0, Writers).Select(
                i => Task.Run(() => CreateIfNoneAsync(pair, $"r{round}", $"r{round}-{i}"))));
            Assert.AreEqual(1, results.Count(r => r.Conflict is null));
            Assert.IsTrue(results.All(r => r.Conflict is null || r.Conflict == new CommitConflict(-1, 0, 0)));
            var query = Token("Patient", "identifier", "http://ids.example/mrn", identifier);
            Assert.HasCount(1, await pair.FindAsync("Patient", query));
        }
    }

    [TestMethod]
    public async Task A_condition_names_exactly_what_its_search_finds()
    {
        await using var pair = Create();
        await pair.CommitAsync(Put(Patient("p1")), Put(Patient("p2")));
        foreach (var (matches, isRight) in new (string[], bool)[]
            { (["p1", "p2"], true), (["p2", "p1"], true), (["p1"], false), ([], false), (["p1", "p3"], false) })
        {
            var condition = new CommitCondition(
                Query("Patient", Token("Patient", "gender", null, "female")),
                [.. matches.Select(id => Key("Patient", id))]);
            var result = await pair.Resources.CommitAsync(
                new Commit([Put(Observation("o1"))], [condition]), CancellationToken.None);
            Assert.AreEqual(isRight, result.Conflict is null, string.Join(' ', matches));
        }
    }

    [TestMethod]
    public async Task Transactions_over_the_same_resources_are_serial()
    {
        // Two accounts whose versions always move together: a commit that saw one moved and the other not would show.
        await using var pair = Create();
        await pair.CommitAsync(Put(Patient("a")), Put(Patient("b")));
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            for (var won = 0; won < 10;)
            {
                var version = (await pair.ReadAsync("Patient", "a"))!.Version; // it is there from the start
                var result = await pair.CommitAsync(
                    Put(Patient("a"), expected: version), Put(Patient("b"), expected: version));
                won += result.Conflict is null ? 1 : 0;
            }
        })));
        Assert.AreEqual((Writers * 10) + 1, (await pair.ReadAsync("Patient", "a"))!.Version);
        Assert.AreEqual((Writers * 10) + 1, (await pair.ReadAsync("Patient", "b"))!.Version);
        Assert.IsEmpty(await pair.CheckAsync());
    }

    [TestMethod]
    public async Task Readers_see_whole_commits_while_others_write()
    {
        await using var pair = Create();
        await pair.CommitAsync(Put(Patient("p1", "F0")), Put(Observation("o1")));
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 1; i <= 200; i++)
            {
                await pair.CommitAsync(Put(Patient("p1", $"F{i % 2}")), Put(Patient("p2", $"F{i % 2}")));
            }

            await stop.CancelAsync();
        });
        var query = Query("Patient", new SearchExpression.Text(Parameter("Patient", "family"), "F"));
        while (!stop.IsCancellationRequested)
        {
            var found = await pair.Search.SearchAsync(query, CancellationToken.None);
            Assert.AreEqual(1, found.Matches.Select(m => m.Position.Value).Distinct().Count());
        }

        await writing;
    }

    [TestMethod]
    public async Task A_commit_given_up_before_it_began_is_not_made()
    {
        await using var pair = Create();
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(
            async () => await pair.Resources.CommitAsync(new Commit([Put(Patient("p1"))], []), cancel.Token));
        Assert.IsNull(await pair.ReadAsync("Patient", "p1"));
    }

    static async Task<CommitResult> CreateIfNoneAsync(StoragePair pair, string identifier, string id)
    {
        var condition = new CommitCondition(
            Query("Patient", Token("Patient", "identifier", "http://ids.example/mrn", $"mrn-{identifier}")), []);
        var json = Patient(identifier).Replace($"\"id\":\"{identifier}\"", $"\"id\":\"{id}\"");
        var commit = new Commit([Put(json, expected: 0)], [condition]);
        return await pair.Resources.CommitAsync(commit, CancellationToken.None);
    }
}
