namespace FhirHub.Stores;

/// <summary>The same where nothing waits: every commit goes into the indexes at once.</summary>
[TestClass]
public sealed class SqliteFullTextAtOnceTests : FullTextContract
{
    protected override StoragePair Create() => SqlitePair.Create(textsWaitingMax: 0, rowsWaitingMax: 0);
}
