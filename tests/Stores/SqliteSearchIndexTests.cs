namespace FhirHub.Stores;

[TestClass]
public sealed class SqliteSearchIndexTests : SearchIndexContract
{
    protected override StoragePair Create() => SqlitePair.Create();
}
