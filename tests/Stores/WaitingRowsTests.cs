using System.Globalization;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Storage.Sql.Sqlite;

namespace FhirHub.Stores;

/// <summary>Index rows come in behind their commits, and nobody can tell.</summary>
[TestClass]
public sealed class WaitingRowsTests
{
    static readonly CancellationToken None = CancellationToken.None;

    /// <summary>
    /// Whatever happened to some resources, in whatever order beside searches, failures and power cuts: all searches
    /// find what a list of what was written says, and the store's check finds nothing.
    /// </summary>
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    [DataRow(5)]
    [DataRow(6)]
    public async Task Every_search_finds_what_was_committed_before_it(int seed)
    {
        const int Steps = 400;
        const int Patients = 12;
        var random = new Random(seed);
        var pair = SqlitePair.Create(rowsWaitingMax: seed % 2 == 0 ? 128 : 5, textsWaitingMax: seed % 3 == 0 ? 3 : 256);
        var families = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < Steps; i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"p{random.Next(Patients):00}");
            var family = random.Next(2) == 0 ? "Wang" : "Zhao";
            switch (random.Next(100))
            {
                case < 50:
                    await pair.PutAsync(Patient(id, family, $"19{random.Next(70, 72)}-01-01"));
                    families[id] = family;
                    break;
                case < 70:
                    await pair.DeleteAsync("Patient", id);
                    families.Remove(id);
                    break;
                case < 75:
                    await FailAsync(pair, Sample.Patient(id, "Nobody"));
                    break;
                case < 78:
                    await pair.ExpungeAsync(id, keepCurrent: random.Next(2) == 0 && families.ContainsKey(id));
                    if (await pair.ReadAsync("Patient", id) is null)
                    {
                        families.Remove(id);
                    }

                    break;
                case < 82:
                    pair = await CutPowerAsync(pair);
                    break;
                case < 84:
                    await pair.ReopenAsync();
                    break;
                case < 88:
                    pair.Clock.Now += TimeSpan.FromMinutes(40); // what ended two of these ago can be shown no more
                    break;
                default:
                    await CompareAsync(pair, families, "Wang");
                    await CompareAsync(pair, families, "Zhao");
                    await CompareAsync(pair, families, "Nobody");
                    break;
            }

            if (i % 100 == 99)
            {
                Assert.IsEmpty(await pair.CheckAsync(), $"step {i}");
            }
        }

        await pair.DisposeAsync();
    }

    [TestMethod]
    public async Task A_search_that_a_commit_overtakes_shows_the_store_of_before_it_on_every_page()
    {
        await using var pair = SqlitePair.Create();
        foreach (var id in (string[])["p1", "p2", "p3", "p4"])
        {
            await pair.PutAsync(Sample.Patient(id));
        }

        var query = Sample.Query("Patient", Family("Wang")) with { Count = 2, Total = SearchTotal.Accurate };
        _ = await pair.Search.SearchAsync(query, None);
        await pair.PutAsync(Sample.Patient("p1", "Zhao"));
        await pair.PutAsync(Sample.Patient("p3", "Zhao"));
        await pair.DeleteAsync("Patient", "p4");
        await pair.PutAsync(Sample.Patient("p5"));
        // As if the search had found nothing to wait for just before those commits.
        SearchPage first;
        using (var database = Database.Open(Path.Combine(pair.Folder, SqliteStorage.FileName), isReadOnly: false))
        {
            (first, _) = SqlSearch.Page(database, new Names(), new Estimates(), query, long.MaxValue);
        }

        CollectionAssert.AreEqual((string[])["p4", "p3"], Ids(first));
        Assert.AreEqual(4, first.Total);
        StringAssert.Contains(System.Text.Encoding.UTF8.GetString(first.Matches[1].Json.Span), "Wang");
        await pair.PutAsync(Sample.Patient("p2", "Zhao"));
        var second = await pair.Search.SearchAsync(query with { After = first.Next }, None);
        CollectionAssert.AreEqual((string[])["p2", "p1"], Ids(second));
        CollectionAssert.AreEqual((string[])["p5"], await pair.FindAsync("Patient", Family("Wang")));
    }

    [TestMethod]
    public async Task What_was_there_between_two_searches_only_leaves_no_row()
    {
        await using var pair = SqlitePair.Create();
        await pair.PutAsync(Sample.Patient("p1"));
        Assert.HasCount(1, await pair.FindAsync("Patient", Family("Wang")));
        var before = await RowsAsync(pair);
        await pair.PutAsync(Sample.Patient("p2"));
        await pair.PutAsync(Sample.Patient("p2", "Zhao"));
        await pair.DeleteAsync("Patient", "p2");
        await pair.PutAsync(Sample.Patient("p1", "Zhao"));
        await pair.PutAsync(Sample.Patient("p1"));
        Assert.HasCount(1, await pair.FindAsync("Patient", Family("Wang")));
        Assert.AreEqual(before, await RowsAsync(pair));
    }

    [TestMethod]
    public async Task An_idle_writer_brings_everything_in()
    {
        await using var pair = SqlitePair.Create(idleAfter: TimeSpan.FromMilliseconds(1));
        await pair.PutAsync(Sample.Patient("p1"));
        for (var i = 0; await WaitingAsync(pair) > 0; i++)
        {
            Assert.IsLessThan(1000, i);
            await Task.Delay(10);
        }
    }

    [TestMethod]
    public async Task An_idle_writer_merges_the_pieces_of_the_full_text()
    {
        const string Pieces = "SELECT count(DISTINCT segid) FROM words_idx";
        var folder = Directory.CreateTempSubdirectory("fhirhub-stores-").FullName;
        var busy = SqlitePair.Create(folder, textsWaitingMax: 0, rowsWaitingMax: 0);
        for (var i = 0; i < 15; i++)
        {
            await busy.PutAsync(Sample.Patient($"p{i}"));
        }

        var many = await ScalarAsync(busy, Pieces);
        Assert.IsGreaterThan(3, many);
        await busy.Storage.DisposeAsync();
        await using var pair = SqlitePair.Create(folder, idleAfter: TimeSpan.FromMilliseconds(1));
        for (var i = 0; await ScalarAsync(pair, Pieces) > many / 2; i++)
        {
            Assert.IsLessThan(1000, i);
            await Task.Delay(10);
        }

        Assert.HasCount(15, await pair.FindAsync("Patient", new SearchExpression.Words(false, "wang")));
        Assert.IsEmpty(await pair.CheckAsync());
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_search_waits_for_no_large_commit_that_began_before_it()
    {
        await using var pair = SqlitePair.Create();
        await pair.PutAsync(Sample.Patient("p1"));
        using var begun = new ManualResetEventSlim();
        using var end = new ManualResetEventSlim();
        var large = pair.Storage.Writer.RunAsync(
            _ =>
            {
                begun.Set();
                end.Wait();
                return 0;
            },
            isLarge: true,
            None);
        await Task.Run(begun.Wait);
        Assert.HasCount(1, await pair.FindAsync("Patient", Family("Wang")));
        end.Set();
        _ = await large;
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_search_behind_a_large_commit_that_has_not_begun_waits_for_what_is_before_it_only()
    {
        await using var pair = SqlitePair.Create();
        await pair.PutAsync(Sample.Patient("p1"));
        using var begun = new ManualResetEventSlim();
        using var small = new ManualResetEventSlim();
        using var large = new ManualResetEventSlim();
        var jobs = new[]
        {
            pair.Storage.Writer.RunAsync(_ => Wait(begun, small), isLarge: false, None).AsTask(),
            pair.Storage.Writer.RunAsync(_ => Wait(begun, large), isLarge: true, None).AsTask(),
        };
        await Task.Run(begun.Wait);
        var search = pair.FindAsync("Patient", Family("Wang"));
        small.Set();
        Assert.HasCount(1, await search);
        large.Set();
        await Task.WhenAll(jobs);

        static int Wait(ManualResetEventSlim begun, ManualResetEventSlim end)
        {
            begun.Set();
            end.Wait();
            return 0;
        }
    }

    [TestMethod]
    public async Task Numbers_that_are_one_to_the_database_are_one_row()
    {
        await using var pair = SqlitePair.Create();
        await pair.PutAsync(
            """
            {"resourceType":"RiskAssessment","id":"r1","status":"final","subject":{"reference":"Patient/p1"},
            "prediction":[{"probabilityDecimal":0.0},{"probabilityDecimal":-0.0}]}
            """);
        var zero = new SearchExpression.Number(
            Sample.Parameter("RiskAssessment", "probability"),
            Comparison.Equal,
            new NumberTest(0, new NumberRange(-0.5m, 0.5m)));
        Assert.HasCount(1, await pair.FindAsync("RiskAssessment", zero));
        Assert.IsEmpty(await pair.CheckAsync());
    }

    [TestMethod]
    public async Task A_resource_that_a_damaged_table_does_not_take_stops_nobody_else()
    {
        await using var pair = SqlitePair.Create();
        await ExecuteAsync(
            pair, "CREATE TRIGGER damage BEFORE INSERT ON string WHEN new.folded = 'zhao' "
                + "BEGIN SELECT RAISE(ABORT, 'damaged'); END");
        await pair.PutAsync(Sample.Patient("p1"));
        await pair.PutAsync(Sample.Patient("p2", "Zhao"));
        await pair.PutAsync(Sample.Patient("p3"));
        Assert.HasCount(2, await pair.FindAsync("Patient", Family("Wang")));
        for (var i = 0; i < 300; i++)
        {
            await pair.PutAsync(Sample.Patient($"q{i}", i % 100 == 7 ? "Zhao" : "Li"));
        }

        Assert.HasCount(100, await pair.FindAsync("Patient", Family("Li")));
        Assert.AreEqual(1, await ScalarAsync(pair, "SELECT value FROM state WHERE name = 'reindex'"));
        await ExecuteAsync(pair, "DROP TRIGGER damage");
        await pair.ReopenAsync();
        await IndexWorkTests.WalkAsync(pair, "", IndexWalkReason.Rules);
        Assert.HasCount(4, await pair.FindAsync("Patient", Family("Zhao")));
        Assert.IsEmpty(await pair.CheckAsync());
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(3)]
    public async Task Words_can_be_taken_out_when_a_version_that_nobody_saw_is_gone(int version)
    {
        await using var pair = SqlitePair.Create(textsWaitingMax: 0);
        await pair.PutAsync(Sample.Patient("p1"));
        Assert.HasCount(1, await pair.FindAsync("Patient", Family("Wang")));
        await pair.PutAsync(Sample.Patient("p1", "Zhao"));
        await pair.PutAsync(Sample.Patient("p1"));
        Assert.HasCount(1, await pair.FindAsync("Patient", Family("Wang")));
        await pair.PutAsync(Sample.Patient("p1", "Li"));
        Assert.HasCount(1, await pair.FindAsync("Patient", Family("Li")));
        Assert.IsTrue(await pair.Resources.ExpungeVersionAsync(Sample.Key("Patient", "p1"), version, None));
        Assert.IsEmpty(await pair.CheckAsync());
        pair.Clock.Now += TimeSpan.FromHours(2);
        await pair.PutAsync(Sample.Patient("p2"));
        pair.Clock.Now += TimeSpan.FromHours(2);
        await pair.PutAsync(Sample.Patient("p3"));
        Assert.IsEmpty(await pair.CheckAsync());
    }

    [TestMethod]
    [DataRow(FullTextExtent.Narrative)]
    [DataRow(FullTextExtent.Off)]
    public async Task Words_that_are_not_indexed_are_not_after_a_power_cut(FullTextExtent extent)
    {
        var pair = SqlitePair.Create(textsIndexed: extent);
        var entry = Sample.Put(Sample.Patient("p1"));
        await pair.CommitAsync(entry with { SearchValues = Indexed(entry.SearchValues) });
        await using var next = await CutPowerAsync(pair, extent);
        Assert.HasCount(1, await next.FindAsync("Patient", Family("Wang")));
        var report = await next.Storage.CheckAsync(
            version =>
            {
                var (values, compartments) = Sample.Extract(version.Json);
                return (Indexed(values), compartments);
            },
            None);
        Assert.IsEmpty(report.Problems);

        IReadOnlyList<SearchEntry> Indexed(IReadOnlyList<SearchEntry> values) =>
            [.. values.Where(value => value.Value is not SearchValue.Words
                || (extent == FullTextExtent.Narrative && value.Parameter.Url == ResourceWords.TextUrl))];
    }

    [TestMethod]
    public async Task The_check_of_a_store_that_is_being_written_finds_nothing()
    {
        await using var pair = SqlitePair.Create();
        using var stop = new CancellationTokenSource();
        var writes = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                await pair.PutAsync(Sample.Patient($"p{i % 50}", i % 3 == 0 ? "Wang" : "Zhao"));
            }
        });
        for (var i = 0; i < 20; i++)
        {
            Assert.IsEmpty(await pair.CheckAsync());
        }

        await stop.CancelAsync();
        await writes;
    }

    static async Task CompareAsync(SqlitePair pair, SortedDictionary<string, string> families, string family)
    {
        var found = await pair.FindAsync("Patient", Family(family));
        CollectionAssert.AreEquivalent(families.Where(p => p.Value == family).Select(p => p.Key).ToArray(), found);
        await CountAsync(pair, families.Count, Sample.All());
        await CountAsync(pair, families.Count, Sample.Token("Patient", "gender", null, "female"));
        await CountAsync(
            pair,
            families.Values.Count(name => name == family),
            Sample.Token("Patient", "identifier", "http://ids.example/family", family));
    }

    static async Task CountAsync(SqlitePair pair, int expected, SearchExpression expression)
    {
        var query = Sample.Query("Patient", expression) with { Count = 0, Total = SearchTotal.Accurate };
        var page = await pair.Search.SearchAsync(query, None);
        Assert.AreEqual(expected, page.Total);
    }

    /// <summary>A job that writes and fails behind it, beside one that does not.</summary>
    static async Task FailAsync(SqlitePair pair, string json)
    {
        var failed = pair.Storage.Writer.RunAsync<int>(
            writer =>
            {
                _ = writer.Commit(new Commit([Sample.Put(json)], []));
                throw new InvalidOperationException();
            },
            None).AsTask();
        await pair.CommitAsync(Sample.Put(Sample.Observation("o1")));
        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => failed);
    }

    /// <summary>Goes on with what is in the files at this moment, without any good-bye.</summary>
    static async Task<SqlitePair> CutPowerAsync(SqlitePair pair, FullTextExtent extent = FullTextExtent.All)
    {
        var folder = Directory.CreateTempSubdirectory("fhirhub-stores-").FullName;
        foreach (var name in (string[])[SqliteStorage.FileName, SqliteStorage.FileName + "-wal"])
        {
            if (Path.Combine(pair.Folder, name) is var file && File.Exists(file))
            {
                await using var from = new FileStream(
                    file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                await using var to = File.Create(Path.Combine(folder, name));
                await from.CopyToAsync(to);
            }
        }

        var next = SqlitePair.Create(folder, textsIndexed: extent);
        next.Clock.Now = pair.Clock.Now;
        await pair.DisposeAsync();
        return next;
    }

    static ValueTask<string> RowsAsync(SqlitePair pair) => pair.Storage.Writer.RunAsync(
        writer => string.Join(' ', IndexTable.All.Select(t => t.Name).Append("text")
            .Select(name => $"{name} {writer.Database.Scalar($"SELECT count(*) FROM {name}")}")),
        None);

    static ValueTask<int> ExecuteAsync(SqlitePair pair, string sql) => pair.Storage.Writer.RunAsync(
        writer =>
        {
            writer.Database.Execute(sql);
            return 0;
        },
        None);

    static ValueTask<long> WaitingAsync(SqlitePair pair) => ScalarAsync(
        pair,
        "SELECT (SELECT max(seq) FROM version) - value + (SELECT count(*) FROM text_waiting) FROM state "
            + "WHERE name = 'indexed'");

    static ValueTask<long> ScalarAsync(SqlitePair pair, string sql) =>
        pair.Storage.Writer.RunAsync(writer => writer.Database.Scalar(sql) ?? 0, None);

    /// <summary>A patient whose family name is an identifier as well, so that its number can be kept.</summary>
    static string Patient(string id, string family, string birthDate) => Sample.Patient(id, family, birthDate).Replace(
        "\"identifier\":[",
        $$"""
        "identifier":[{"system":"http://ids.example/family","value":"{{family}}"},{"value":"{{family}}"},
        """,
        StringComparison.Ordinal);

    static SearchExpression.Text Family(string name) => new SearchExpression.Text(
        Sample.Parameter("Patient", "family"), name.ToLowerInvariant());

    static string[] Ids(SearchPage page) => [.. page.Matches.Select(match => match.Key.Id)];
}
