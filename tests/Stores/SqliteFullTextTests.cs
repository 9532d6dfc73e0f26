using FhirHub.Storage.Sql.Sqlite;

namespace FhirHub.Stores;

[TestClass]
public sealed class SqliteFullTextTests : FullTextContract
{
    protected override StoragePair Create() => SqlitePair.Create();

    [TestMethod]
    [DataRow("INSERT INTO words (rowid, narrative, content) VALUES (99, '', 'x')")]
    [DataRow("INSERT INTO grams (rowid, tokens) VALUES (99, 'x')")]
    [DataRow("UPDATE text SET content = 'x'")]
    [DataRow("DELETE FROM text")]
    [DataRow("DELETE FROM string_value")]
    [DataRow("INSERT INTO string_value (param, folded) VALUES (1, 'x')")]
    public async Task The_check_sees_what_is_wrong_in_the_full_text_indexes(string damage)
    {
        var folder = Directory.CreateTempSubdirectory("fhirhub-stores-").FullName;
        await using var pair = SqlitePair.Create(folder);
        await pair.PutAsync(Sample.Patient("p1"));
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
