namespace FhirHub.Stores;

[TestClass]
public sealed class SqliteSearchOrderTests : SearchOrderContract
{
    protected override StoragePair Create() => SqlitePair.Create();
}
