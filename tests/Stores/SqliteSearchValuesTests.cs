namespace FhirHub.Stores;

/// <summary>Values at the ends of what there is, on SQLite.</summary>
[TestClass]
public sealed class SqliteSearchValuesTests : SearchValuesContract
{
    protected override StoragePair Create() => SqlitePair.Create();
}
