namespace FhirHub.Stores.Oracle;

[TestClass]
public sealed class SqliteParameterTests : ParameterContract
{
    protected override StoragePair Create() => SqlitePair.Create();
}
