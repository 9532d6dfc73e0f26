namespace FhirHub.Stores;

[TestClass]
public sealed class SqliteHistoryTests : HistoryContract
{
    protected override StoragePair Create() => SqlitePair.Create();
}
