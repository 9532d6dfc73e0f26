namespace FhirHub.Stores;

[TestClass]
public sealed class SqliteTokenSetTests : TokenSetContract
{
    protected override StoragePair Create() => SqlitePair.Create();
}
