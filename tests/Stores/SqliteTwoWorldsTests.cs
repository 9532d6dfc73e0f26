namespace FhirHub.Stores;

/// <summary>What a caller can infer, on SQLite.</summary>
[TestClass]
public sealed class SqliteTwoWorldsTests : TwoWorldsContract
{
    protected override StoragePair Create() => SqlitePair.Create(countPieceMax: 100_000);
}
