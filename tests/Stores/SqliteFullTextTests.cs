using FhirHub.Storage.Sql.Sqlite;

namespace FhirHub.Stores;

[TestClass]
public sealed class SqliteFullTextTests : FullTextContract
{
    protected override StoragePair Create() => SqlitePair.Create();

    [TestMethod]
    [DataRow("INSERT INTO words (rowid, narrative, content) VALUES (99, '', 'x')")]
    [DataRow("INSERT INTO parts (rowid, tokens) VALUES (99, 'x')")]
    [DataRow("UPDATE text SET content = 7 WHERE id = 1")]
    [DataRow("DELETE FROM text WHERE id = 1")]
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
}
