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

        await pair.Storage.Writer.RunAsync(
            writer =>
            {
                writer.Database.Execute(damage);
                return 0;
            },
            None);
        Assert.IsNotEmpty(await pair.CheckAsync());
        var walk = await WalkAsync(pair, Sample.Tenant, IndexWalkReason.Asked);
        Assert.AreEqual(2, walk.Done);
        Assert.IsEmpty(await pair.CheckAsync());
    }

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
