namespace FhirHub.Stores.Oracle;

[TestClass]
public sealed class SqliteOracleTests : OracleContract
{
    protected override StoragePair Create() => SqlitePair.Create(countPieceMax: 100_000);
}
