using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Stores;

/// <summary>
/// The two seams of one store, and what the tests need to see around them: closing and opening it again, and a clock.
/// </summary>
public abstract class StoragePair : IAsyncDisposable
{
    public abstract IResourceStore Resources { get; }

    public abstract ISearchIndex Search { get; }

    public ManualClock Clock { get; } = new();

    /// <summary>Closes the store in good order and opens it again.</summary>
    public abstract Task ReopenAsync();

    /// <summary>What the store's own check finds wrong.</summary>
    public abstract Task<IReadOnlyList<string>> CheckAsync();

    public abstract ValueTask DisposeAsync();

    internal async Task<CommitResult> CommitAsync(params CommitEntry[] entries) =>
        await Resources.CommitAsync(new Commit(entries, []), CancellationToken.None);

    /// <summary>Commits one resource and gives its new version.</summary>
    internal async Task<StoredResource> PutAsync(string json, string tenant = Sample.Tenant)
    {
        var result = await CommitAsync(Sample.Put(json, tenant));
        Assert.IsNull(result.Conflict);
        await Search.CatchUpAsync(result.Position, CancellationToken.None);
        return result.Versions[0];
    }

    internal async Task<StoredResource> DeleteAsync(string type, string id) =>
        (await CommitAsync(Sample.Delete(type, id))).Versions[0];

    internal ValueTask<StoredResource?> ReadAsync(string type, string id, long? version = null) =>
        Resources.ReadAsync(Sample.Key(type, id), version, AccessRule.Everything, CancellationToken.None);

    internal ValueTask<int> ExpungeAsync(string patient, bool keepCurrent) =>
        Resources.ExpungeAsync(Sample.Key("Patient", patient), keepCurrent, CancellationToken.None);

    internal async Task<List<StoredResource>> HistoryAsync(HistoryQuery query) =>
        await Resources.HistoryAsync(query, CancellationToken.None).ToListAsync();

    internal async Task<List<Change>> ChangesAsync(long after = 0) =>
        await Resources.ChangesAsync(new CommitPosition(after), CancellationToken.None).ToListAsync();

    /// <summary>The ids a search finds on one page, in their order.</summary>
    internal async Task<string[]> FindAsync(string type, SearchExpression expression, int count = 100)
    {
        var query = Sample.Query(type, expression) with { Count = count };
        var page = await Search.SearchAsync(query, CancellationToken.None);
        return [.. page.Matches.Select(match => match.Key.Id)];
    }
}

/// <summary>A clock that stands still until it is moved.</summary>
public sealed class ManualClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
