namespace FhirHub.Stores;

[TestClass]
public sealed class SqliteStoragePairTests : StoragePairContract
{
    protected override StoragePair Create() => SqlitePair.Create();
}
