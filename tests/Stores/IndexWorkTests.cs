using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Storage.Sql.Sqlite;

namespace FhirHub.Stores;

/// <summary>Making the rows of the index anew: after a migration, after damage, and in pieces.</summary>
[TestClass]
public sealed class IndexWorkTests
{
    const int Rules = IndexRules.Version;
    static readonly CancellationToken None = CancellationToken.None;

    [TestMethod]
    public async Task A_store_of_schema_1_finds_everything_after_its_walk_even_one_that_was_interrupted()
    {
        var folder = Directory.CreateTempSubdirectory("fhirhub-stores-").FullName;
        var patients = Enumerable.Range(0, 20).Select(i => Sample.Put(Sample.Patient($"p{i}"))).ToList();
        MakeSchemaOne(folder, patients);
        await using var pair = SqlitePair.Create(folder);
        Assert.IsEmpty(await FemalesAsync(pair), "the migration dropped the index");
        Assert.IsTrue(await pair.Storage.IndexWork.IsDueAsync(Rules, None));
        await WalkAsync(pair, "", IndexWalkReason.Rules, batchesMax: 2);
        await pair.ReopenAsync();
        Assert.IsTrue(await pair.Storage.IndexWork.IsDueAsync(Rules, None));
        var walk = await WalkAsync(pair, "", IndexWalkReason.Rules);
        Assert.AreEqual((20L, 20L), (walk.Done, walk.Total));
        Assert.IsFalse(await pair.Storage.IndexWork.IsDueAsync(Rules, None));
        Assert.IsTrue(await pair.Storage.IndexWork.IsDueAsync(Rules + 1, None), "other rules make other rows");
        Assert.HasCount(20, await FemalesAsync(pair));
        Assert.IsEmpty(await pair.CheckAsync());
        await pair.PutAsync(Sample.Patient("p3", family: "Zhao"));
        Assert.IsEmpty(await pair.CheckAsync());
    }

    [TestMethod]
    [DataRow("DELETE FROM string")]
    [DataRow("DELETE FROM token; DELETE FROM live")]
    [DataRow("UPDATE resource_rows SET rows = x'' WHERE until = 9223372036854775807")]
    [DataRow("DELETE FROM resource_rows WHERE until = 9223372036854775807")]
    public async Task A_walk_puts_back_what_the_index_lacks(string damage)
    {
        await using var pair = SqlitePair.Create(rowsWaitingMax: 0);
        foreach (var family in new[] { "Wang", "Zhao", "Wang" })
        {
            await pair.PutAsync(Sample.Patient("p1", family)); // the third has rows that ended before
            await pair.PutAsync(Sample.Observation("o1"));
        }

        await pair.PutAsync(Sample.Patient("p2")); // behind what another type has

        await pair.Storage.Writer.RunAsync(
            writer =>
            {
                writer.Database.Execute(damage);
                return 0;
            },
            None);
        Assert.IsNotEmpty(await pair.CheckAsync());
        var walk = await WalkAsync(pair, Sample.Tenant, IndexWalkReason.Asked);
        Assert.AreEqual(3, walk.Done);
        Assert.IsEmpty(await pair.CheckAsync());
    }

    /// <summary>One row of each table and kind: now and past, of a contained resource, and of a deleted one.</summary>
    [TestMethod]
    [DataRow("INSERT INTO token VALUES (1, 'x', 999, 0, 0, 0, 0)")]
    [DataRow("INSERT INTO token VALUES (1, 'x', -4096001, 0, 0, 0, 0)")]
    [DataRow("INSERT INTO live VALUES (1, 999, 0, 0); INSERT INTO compartment VALUES (1, 'p1', 1, 999, 0, 0)")]
    [DataRow("INSERT INTO identifier_type VALUES (1, 'a', 999, 1, 'b', 0, 0)")]
    [DataRow("INSERT INTO string VALUES (1, 'a', 999, '', 0, 0, 0); INSERT INTO date VALUES (1, 1, 2, 999, 0, 5, 0)")]
    [DataRow("INSERT INTO number VALUES (9, 0, 0.1, 1e300, 999, 0, 0, 0); "
        + "INSERT INTO quantity VALUES (9, 0, -0.1, 2, 0, 'g', 999, 1, 0, 0); INSERT INTO geo VALUES (9, 1.5, 2, 999, 0, 0)")]
    [DataRow("INSERT INTO reference VALUES (1, 'p1', 999, 1, '', 0, 0, 0); INSERT INTO uri VALUES (1, 'u', 999, '', 0, 0, 0)")]
    [DataRow("INSERT INTO resource_rows SELECT 999, until, rows FROM resource_rows LIMIT 1; INSERT INTO live VALUES (1, 999, 0, 0)")]
    [DataRow("DELETE FROM resource WHERE id = 'p2'")]
    [DataRow("INSERT INTO string SELECT param, 'x', (SELECT rid FROM resource WHERE id = 'gone'), text, item, since, 0 "
        + "FROM string LIMIT 1")]
    public async Task A_walk_through_everything_removes_rows_of_no_resource(string damage)
    {
        await using var pair = await FilledAsync();
        var before = await RowsAsync(pair);
        await RunAsync(pair, damage);
        var hasLost = damage.StartsWith("DELETE", StringComparison.Ordinal);
        Assert.AreEqual(hasLost, before == await RowsAsync(pair));
        await WalkAsync(pair, Sample.Tenant, IndexWalkReason.Asked);
        await RunAsync(pair, "DELETE FROM text WHERE rid NOT IN (SELECT rid FROM resource)");
        Assert.AreEqual("", string.Join('\n', (await pair.CheckAsync())
            .Where(problem => !problem.Contains("full-text", StringComparison.Ordinal))));
        if (!hasLost)
        {
            Assert.AreEqual(before, await RowsAsync(pair), "and no other");
        }
    }

    [TestMethod]
    public async Task Rows_of_no_resource_are_removed_in_pieces_and_by_no_walk_of_a_type()
    {
        await using var pair = await FilledAsync();
        var before = await RowsAsync(pair);
        await RunAsync(pair, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
            + "INSERT INTO token SELECT 1 + i % 300, 'x', 1000 + i, 0, 0, 0, 0 FROM n");
        var work = pair.Storage.IndexWork;
        var typed = await work.StartAsync(
            await work.AddAsync(Sample.Tenant, ["Patient"], IndexWalkReason.Asked, Rules, None), None);
        Assert.IsNull(await work.RemoveOrphansAsync(typed, None));
        await work.FinishAsync(typed, None);

        var walk = await work.StartAsync(
            await work.AddAsync(Sample.Tenant, [], IndexWalkReason.Asked, Rules, None), None);
        walk = (await work.NextAsync(walk, 1000, None)).After;
        var (pieces, removed) = (0, 0);
        while (await work.RemoveOrphansAsync(walk, None) is var (_, count))
        {
            // What died goes on from what was kept.
            (pieces, removed) = (pieces + 1, removed + count);
            await pair.ReopenAsync();
            work = pair.Storage.IndexWork;
            walk = (await work.WalksAsync(None)).Single(w => w.Finished is null);
            Assert.IsEmpty((await work.NextAsync(walk, 1000, None)).Resources);
        }

        Assert.AreEqual(20_000, removed);
        Assert.IsGreaterThan(4, pieces);
        Assert.AreEqual(before, await RowsAsync(pair));
        Assert.IsEmpty(await pair.CheckAsync());
    }

    /// <summary>A row whose end has not come into the tables yet looks like an orphan.</summary>
    [TestMethod]
    public async Task What_has_not_come_into_the_tables_yet_is_not_removed()
    {
        await using var pair = await FilledAsync();
        var query = Sample.Query("Patient", Sample.Token("Patient", "gender", null, "female")) with { Count = 0 };
        var before = (await pair.Search.SearchAsync(query, None)).Next;
        var work = pair.Storage.IndexWork;
        var walk = await work.StartAsync(
            await work.AddAsync(Sample.Tenant, [], IndexWalkReason.Asked, Rules, None), None);
        walk = (await work.NextAsync(walk, 1000, None)).After;
        // Soon after a search a commit would bring its rows in itself.
        await Task.Delay(1500, None);
        await pair.DeleteAsync("Patient", "p2");
        var removed = 0;
        while (await work.RemoveOrphansAsync(walk, None) is var (after, count))
        {
            (walk, removed) = (after, removed + count);
        }

        await work.FinishAsync(walk, None);
        Assert.AreEqual(0, removed);
        var page = await pair.Search.SearchAsync(query with { Count = 10, After = before }, None);
        Assert.HasCount(2, page.Matches);
        Assert.IsEmpty(await pair.CheckAsync());
    }

    /// <summary>Resources that were changed, deleted and expunged in part, and that contain others.</summary>
    static async Task<SqlitePair> FilledAsync()
    {
        var pair = SqlitePair.Create();
        foreach (var family in new[] { "Wang", "Zhao", "Li" })
        {
            await pair.PutAsync(Sample.Patient("p1", family));
            await pair.PutAsync(Sample.Patient("p2", family));
            await pair.PutAsync(Sample.Patient("gone", family));
            await pair.PutAsync(Sample.Observation("o1"));
            await pair.PutAsync("""
                {"resourceType":"MedicationRequest","id":"r","status":"draft","intent":"plan","subject":{"display":"x"},
                 "medicationReference":{"reference":"#m"},"contained":[{"resourceType":"Medication","id":"m",
                 "code":{"text":"x"}}]}
                """);
        }

        await pair.DeleteAsync("Patient", "gone");
        await pair.Storage.Writer.RunAsync(
            writer => writer.Expunge(new ResourceKey(Sample.Tenant, "Patient", "p1"), keepCurrent: true), None);
        Assert.IsEmpty(await pair.CheckAsync());
        return pair;
    }

    /// <summary>How many rows each table of the index has, those of the past included.</summary>
    static async Task<string> RowsAsync(SqlitePair pair) => await pair.Storage.Writer.RunAsync(
        writer => string.Join(' ', IndexTable.All.Select(table => table.Name).Append("resource_rows").Select(
            name => $"{name} {writer.Database.Scalar($"SELECT count(*) FROM {name}")}")),
        None);

    static async Task RunAsync(SqlitePair pair, string sql) => _ = await pair.Storage.Writer.RunAsync(
        writer =>
        {
            writer.Database.Execute(sql);
            return 0;
        },
        None);

    [TestMethod]
    public async Task A_parameter_is_complete_at_the_end_of_the_walk_that_began_after_its_last_change()
    {
        await using var pair = SqlitePair.Create();
        var first = new CustomParameter("http://example.org/sp", "s1", "one", ["Patient"]);
        var noted = await SetAsync(pair, first);
        Assert.AreEqual(CustomParameterState.Building, noted[0].State);
        var walk = await BeginAsync(pair);
        noted = await SetAsync(pair, first with { Definition = "two", Types = ["Observation"] });
        Assert.AreNotEqual(walk.Id, noted[0].Walk);
        CollectionAssert.AreEquivalent(new[] { "Patient", "Observation" }, noted[0].Types.ToArray());
        await pair.Storage.IndexWork.FinishAsync(walk, None);
        Assert.AreEqual(CustomParameterState.Building, (await ReadAsync(pair))[0].State);
        await pair.Storage.IndexWork.FinishAsync(await BeginAsync(pair), None);
        Assert.AreEqual(CustomParameterState.Complete, (await ReadAsync(pair))[0].State);
        Assert.AreEqual(CustomParameterState.Removing, (await SetAsync(pair))[0].State);
        await pair.ReopenAsync();
        await pair.Storage.IndexWork.FinishAsync(await BeginAsync(pair), None);
        Assert.IsEmpty(await ReadAsync(pair));
    }

    static Task<IReadOnlyList<CustomParameter>> SetAsync(SqlitePair pair, params CustomParameter[] parameters) =>
        pair.Storage.IndexWork.SetParametersAsync(Sample.Tenant, parameters, Rules, None);

    static Task<IReadOnlyList<CustomParameter>> ReadAsync(SqlitePair pair) =>
        pair.Storage.IndexWork.ParametersAsync(Sample.Tenant, None);

    static async Task<IndexWalk> BeginAsync(SqlitePair pair)
    {
        var walks = await pair.Storage.IndexWork.WalksAsync(None);
        return await pair.Storage.IndexWork.StartAsync(walks.First(w => w.Finished is null), None);
    }

    /// <summary>A walk as the host makes it, in pieces of three, given up after some.</summary>
    internal static async Task<IndexWalk> WalkAsync(
        SqlitePair pair, string tenant, IndexWalkReason reason, int batchesMax = int.MaxValue)
    {
        var work = pair.Storage.IndexWork;
        var walk = await work.StartAsync(await work.AddAsync(tenant, [], reason, Rules, None), None);
        for (var i = 0; i < batchesMax; i++)
        {
            var batch = await work.NextAsync(walk, 3, None);
            if (batch.Resources.Count == 0)
            {
                while (await work.RemoveOrphansAsync(walk, None) is var (after, _))
                {
                    walk = after;
                }

                await work.FinishAsync(walk, None);
                return walk;
            }

            walk = batch.After;
            await work.AdvanceAsync(walk, [.. batch.Resources.Select(Entry)], None);
        }

        return walk;
    }

    static IndexEntry Entry(StoredResource resource)
    {
        var (values, compartments) = Sample.Extract(resource.Json);
        return new IndexEntry(resource.Key, resource.Version, values, compartments);
    }

    static Task<string[]> FemalesAsync(SqlitePair pair) =>
        pair.FindAsync("Patient", Sample.Token("Patient", "gender", null, "female"));

    /// <summary>What the first release would have left of these, but for its index, which nobody reads.</summary>
    static void MakeSchemaOne(string folder, List<CommitEntry> entries)
    {
        using var database = Database.Open(Path.Combine(folder, SqliteStorage.FileName), isReadOnly: false);
        SqliteSchema.Migrate(database, folder, [Migration.All[0]], null);
        database.Execute($"INSERT INTO scope (id, tenant, type) VALUES (1, '{Sample.Tenant}', 'Patient')");
        var time = DateTimeOffset.UnixEpoch;
        for (var i = 0; i < entries.Count; i++)
        {
            var json = entries[i].Json!.Complete(1, time); // each of them is a Put
            using var version = database.Composed(
                "INSERT INTO version (seq, scope, rid, id, version, method, updated, position, entry, source, hash, "
                + "json) VALUES (?1, 1, ?1, ?2, 1, 1, 0, 1, ?3, 'rest', ?4, ?5)");
            version.Bind(1, i + 1).Bind(2, entries[i].Key.Id).Bind(3, i)
                .BindBlob(4, System.Security.Cryptography.SHA256.HashData(json)).BindBlob(5, json).Run();
            database.Composed("INSERT INTO resource VALUES (1, ?1, ?2, ?2, 1, 0, NULL)")
                .Bind(1, entries[i].Key.Id).Bind(2, i + 1).Run();
        }

        database.Execute($"INSERT INTO commits VALUES (1, 0, '{Sample.Tenant}', 1, {entries.Count})");
    }
}
