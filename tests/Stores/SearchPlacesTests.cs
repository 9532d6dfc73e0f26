using System.Diagnostics;
using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Storage.Sql.Sqlite;

namespace FhirHub.Stores;

/// <summary>What takes long holds nobody up who does not, and has an end.</summary>
[TestClass]
[DoNotParallelize] // how many run at once is what is tested
public sealed class SearchPlacesTests
{
    const int Observations = 2_000;
    const int Readers = 4;
    const int Many = 6;

    static readonly CancellationToken None = CancellationToken.None;

    readonly string _folder = Directory.CreateTempSubdirectory("fhirhub-stores-").FullName;

    /// <summary>A search holds its thread, as in a hub, which does the same.</summary>
    [ClassInitialize]
    public static void Start(TestContext context)
    {
        ThreadPool.GetMinThreads(out var workers, out var others);
        ThreadPool.SetMinThreads(Math.Max(workers, Many + Readers), others);
    }

    [TestCleanup]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public async Task Reads_and_short_searches_do_not_wait_for_searches_that_take_long()
    {
        await using var store = await FilledAsync(TimeSpan.FromMinutes(5));
        using var end = new CancellationTokenSource();
        var finished = 0;
        var longOnes = Enumerable.Range(0, Many).Select(_ => Task.Run(SearchOnAsync)).ToList();
        await Task.Delay(SearchPlaces.Quick * 2);
        var before = Volatile.Read(ref finished);
        for (var i = 0; i < 5; i++)
        {
            var read = await store.Resources.ReadAsync(
                Sample.Key("Patient", "p1"), null, AccessRule.Everything, None);
            Assert.IsNotNull(read);
            var page = await store.Search.SearchAsync(
                Sample.Query("Patient", Sample.Token("Patient", "gender", null, "female")), None);
            Assert.HasCount(1, page.Matches);
        }

        // Two at a time have places, and six would have the four readers: each read and search would wait for one to end.
        Assert.IsLessThan(5, Volatile.Read(ref finished) - before);
        await end.CancelAsync();
        await Task.WhenAll(longOnes);

        async Task SearchOnAsync()
        {
            while (await OutcomeAsync(store, end.Token) is "0")
            {
                _ = Interlocked.Increment(ref finished);
            }
        }
    }

    [TestMethod]
    public async Task What_finds_no_place_is_told_so_and_the_places_come_back()
    {
        await using var store = await FilledAsync(TimeSpan.Zero);
        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, Many).Select(_ => Task.Run(() => OutcomeAsync(store, None))));
        Assert.Contains("throttled", outcomes);
        Assert.Contains("0", outcomes);

        for (var i = 0; i < Readers; i++)
        {
            using var soon = new CancellationTokenSource(SearchPlaces.Quick / 4);
            Assert.AreEqual("cancelled", await OutcomeAsync(store, soon.Token));
        }

        Assert.AreEqual("0", await OutcomeAsync(store, None));
    }

    [TestMethod]
    public async Task A_search_ends_when_it_has_taken_longer_than_any_may()
    {
        var places = new SearchPlaces(Readers);
        var began = Stopwatch.GetTimestamp();
        using var turn = new SearchTurn(places, isUnhurried: false, SearchPlaces.Quick, None);
        await turn.BeginAsync();
        Thread.Sleep(SearchPlaces.Quick * 1.2);
        var asked = 1;
        while (turn.MayGoOn())
        {
            Assert.IsLessThan(1_000_000, ++asked);
        }

        Assert.IsTrue(
            asked > 1 || Stopwatch.GetElapsedTime(began) >= SearchPlaces.QuickAnyway, "little work is no reason to end it");
        Assert.IsTrue(turn.IsLate);
        Assert.IsFalse(turn.MayGoOn());
        turn.Pause();
    }

    [TestMethod]
    public void A_job_leaves_a_place_to_whoever_waits()
    {
        var places = new SearchPlaces(Readers);
        Assert.IsTrue(places.TryEnterLong(isUnhurried: true));
        Assert.IsFalse(places.TryEnterLong(isUnhurried: true));
        Assert.IsTrue(places.TryEnterLong(isUnhurried: false));
        Assert.IsFalse(places.TryEnterLong(isUnhurried: false));
        places.LeaveLong(isUnhurried: true);
        Assert.IsTrue(places.TryEnterLong(isUnhurried: true));
    }

    [TestMethod]
    public async Task What_a_write_depends_on_has_an_end_and_other_writes_go_on()
    {
        await using var store = await FilledAsync(TimeSpan.FromMinutes(5), stepsMax: 200_000);
        var costly = store.Resources.CommitAsync(
            new Commit([Sample.Put(Sample.Patient("p2"))], [new CommitCondition(Long(), [])]), None).AsTask();
        var other = store.Resources.CommitAsync(new Commit([Sample.Put(Sample.Patient("p3"))], []), None).AsTask();
        var refused = await Assert.ThrowsExactlyAsync<FhirException>(() => costly);
        Assert.AreEqual("too-costly", refused.Problem.IssueCode);
        Assert.IsNull((await other).Conflict);
        var few = new CommitCondition(Sample.Query("Patient", Sample.Token("Patient", "identifier", null, "none")), []);
        var many = await store.Resources.CommitAsync(
            new Commit([Sample.Put(Sample.Patient("p4"))], [.. Enumerable.Repeat(few, 300)]), None);
        Assert.IsNull(many.Conflict);
    }

    static async Task<string> OutcomeAsync(SqliteStorage store, CancellationToken cancel)
    {
        try
        {
            return $"{(await store.Search.SearchAsync(Long(), cancel)).Total}";
        }
        catch (FhirException refused)
        {
            return refused.Problem.IssueCode;
        }
        catch (OperationCanceledException)
        {
            return "cancelled";
        }
    }

    /// <summary>Every observation is asked for each of many dates but the last, which is its own.</summary>
    static SearchQuery Long()
    {
        var date = Sample.Parameter("Observation", "date");
        Assert.IsTrue(DateRange.TryRead("2026-02-11"u8, SearchZone.China, out var own));
        SearchExpression.Date Is(DateRange range, Comparison comparison) => new(date, range, comparison);
        var others = Enumerable.Range(0, 500).Select(i => (SearchExpression)Is(
            new DateRange(own.Low.AddDays(-2 - i), own.High.AddDays(-2 - i)), Comparison.NotEqual));
        return Sample.Query("Observation", Sample.All([.. others, Is(own, Comparison.NotEqual)])) with
        {
            Total = SearchTotal.Accurate,
        };
    }

    async Task<SqliteStorage> FilledAsync(TimeSpan waitMax, long stepsMax = 200_000_000)
    {
        var store = SqliteStorage.Open(new SqliteStorageOptions
        {
            Folder = _folder,
            Readers = Readers,
            SearchStepsMax = stepsMax,
            SearchWaitMax = waitMax,
        });
        var observations = Enumerable.Range(0, Observations).Select(i => Sample.Put(Sample.Observation($"o{i}")));
        _ = await store.Resources.CommitAsync(
            new Commit([Sample.Put(Sample.Patient("p1")), .. observations], []), None);
        _ = await store.Search.SearchAsync(Sample.Query("Patient", Sample.All()), None);
        return store;
    }
}
