namespace FhirHub.Stores;

[TestClass]
public sealed class SqliteResourceStoreTests : ResourceStoreContract
{
    protected override StoragePair Create() => SqlitePair.Create();
}
