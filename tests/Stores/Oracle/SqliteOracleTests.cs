namespace FhirHub.Stores.Oracle;

[TestClass]
public sealed class SqliteOracleTests : OracleContract
{
    // What was changed and deleted has been in the tables, and still is as what was there before.
    protected override StoragePair Create() => SqlitePair.Create(
        countPieceMax: 100_000, rowsWaitingMax: 0, pageRetention: TimeSpan.FromDays(1000));
}
