namespace FhirHub.Stores;

[TestClass]
public sealed class SqliteLinkTests : LinkContract
{
    protected override StoragePair Create() => SqlitePair.Create();
}
