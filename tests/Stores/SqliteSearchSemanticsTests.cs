namespace FhirHub.Stores;

/// <summary>Single cases of the specification of search, on SQLite.</summary>
[TestClass]
public sealed class SqliteSearchSemanticsTests : SearchSemanticsContract
{
    protected override StoragePair Create() => SqlitePair.Create();
}
