namespace FhirHub.Stores;

/// <summary>The rule of what a caller may see, on SQLite.</summary>
[TestClass]
public sealed class SqliteAccessRuleTests : AccessRuleContract
{
    protected override StoragePair Create() => SqlitePair.Create();
}
