using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Storage.Sql.Sqlite;

namespace FhirHub.Stores;

[TestClass]
public sealed class SqliteFullTextTests : FullTextContract
{
    protected override StoragePair Create() => SqlitePair.Create();

    [TestMethod]
    [DataRow("INSERT INTO words (rowid, narrative, content) VALUES (99, '', 'x')")]
    [DataRow("INSERT INTO parts (rowid, tokens) VALUES (99, 'x')")]
    [DataRow("UPDATE text SET content = 7 WHERE id = 4096")]
    [DataRow("DELETE FROM text WHERE id = 4096")]
    [DataRow("DELETE FROM text_waiting")]
    [DataRow("UPDATE text_waiting SET content = 'x'")]
    [DataRow("INSERT INTO text (scope, rid, since, narrative, content) VALUES (1, 99, 0, 1, 1)")]
    public async Task The_check_sees_what_is_wrong_in_the_full_text_indexes(string damage)
    {
        var folder = Directory.CreateTempSubdirectory("fhirhub-stores-").FullName;
        await using var pair = SqlitePair.Create(folder);
        await pair.CommitAsync([.. Enumerable.Range(1, 300).Select(i => Sample.Put(Sample.Patient($"p{i}")))]);
        await pair.PutAsync(Sample.Patient("waiting"));
        Assert.IsEmpty(await pair.CheckAsync());
        await pair.Storage.DisposeAsync();
        using (var database = Database.Open(Path.Combine(folder, SqliteStorage.FileName), isReadOnly: false))
        {
            database.Execute(damage);
        }

        await pair.ReopenAsync();
        Assert.IsNotEmpty(await pair.CheckAsync());
    }

    [TestMethod]
    public async Task A_walk_puts_back_what_the_full_text_indexes_lack()
    {
        await using var pair = SqlitePair.Create(textsWaitingMax: 0, rowsWaitingMax: 0);
        for (var i = 0; i < 5; i++)
        {
            await pair.PutAsync(Sample.Patient($"p{i}"));
        }

        await DamageAsync(pair, "INSERT INTO words (words) VALUES ('delete-all'); DELETE FROM text WHERE id = 8192");
        Assert.IsNotEmpty(await pair.CheckAsync());
        await IndexWorkTests.WalkAsync(pair, Sample.Tenant, IndexWalkReason.Asked);
        Assert.IsEmpty(await pair.CheckAsync());
    }

    [TestMethod]
    public async Task A_damaged_index_stops_no_write_and_is_made_anew()
    {
        await using var pair = SqlitePair.Create(textsWaitingMax: 0, rowsWaitingMax: 0);
        await pair.PutAsync(Sample.Patient("p1"));
        await DamageAsync(pair, "UPDATE words_data SET block = x'01' WHERE id = 10");
        await pair.ReopenAsync();
        await pair.PutAsync(Sample.Patient("p2"));
        await pair.PutAsync(Sample.Patient("p3"));
        Assert.IsNotNull(await pair.ReadAsync("Patient", "p3"));
        Assert.IsTrue(await pair.Storage.IndexWork.IsDueAsync(IndexRules.Version, CancellationToken.None));
        await IndexWorkTests.WalkAsync(pair, "", IndexWalkReason.Rules);
        Assert.HasCount(3, await pair.FindAsync("Patient", new SearchExpression.Words(false, "wang")));
        Assert.IsEmpty(await pair.CheckAsync());
    }

    [TestMethod]
    public async Task A_resource_whose_words_change_thousands_of_times_within_an_hour_is_found_by_the_last()
    {
        const int Changes = 5000;
        await using var pair = SqlitePair.Create();
        await pair.PutAsync(Sample.Patient("other"));
        var query = Sample.Query("Patient", new SearchExpression.Words(false, "zhang*")) with { Count = 1 };
        await pair.PutAsync(Named("p1", "Zhang 0"));
        await pair.PutAsync(Named("p2", "Zhang 0"));
        var before = await pair.Search.SearchAsync(query, CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(1, Changes).SelectMany(i => (Task[])
            [
                pair.PutAsync(Named("p1", $"Zhang x{i}")),
                pair.Storage.Writer.RunAsync(writer => writer.CatchUp(), CancellationToken.None).AsTask(),
            ]));
        var found = await pair.FindAsync("Patient", new SearchExpression.Words(false, "zhang*"));
        CollectionAssert.AreEqual((string[])["p2", "p1"], found);
        Assert.HasCount(1, await pair.FindAsync("Patient", new SearchExpression.Words(false, "x*")));
        // What it was when that page was made is no longer known, and nobody is told something else instead.
        var problem = await Assert.ThrowsExactlyAsync<FhirException>(async () =>
            await pair.Search.SearchAsync(query with { After = before.Next }, CancellationToken.None));
        Assert.AreEqual(ProblemKind.Gone, problem.Problem.Kind);
        Assert.IsEmpty(await pair.CheckAsync());
    }

    static ValueTask<int> DamageAsync(SqlitePair pair, string sql) => pair.Storage.Writer.RunAsync(
        writer =>
        {
            writer.Database.Execute(sql);
            return 0;
        },
        CancellationToken.None);
}
