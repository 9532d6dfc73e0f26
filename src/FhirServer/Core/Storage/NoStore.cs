using FhirHub.Core.Model;
using FhirHub.Core.Search;

namespace FhirHub.Core.Storage;

/// <summary>A store without anything in it, for those who work on files alone.</summary>
public sealed class NoStore : IResourceStore, ISearchIndex
{
    public ValueTask<StoredResource?> ReadAsync(
        ResourceKey key, long? version, AccessRule access, CancellationToken cancel) =>
        ValueTask.FromResult<StoredResource?>(null);

    public ValueTask<SearchPage> SearchAsync(SearchQuery query, CancellationToken cancel) =>
        ValueTask.FromResult(new SearchPage([], 0, null));

    public ValueTask<IReadOnlyList<StoredResource>> ExamplesAsync(
        SearchQuery query, string parameter, bool areTokens, CancellationToken cancel) =>
        ValueTask.FromResult<IReadOnlyList<StoredResource>>([]);

    public IAsyncEnumerable<StoredResource> ReadManyAsync(
        IReadOnlyList<ResourceKey> keys, AccessRule access, CancellationToken cancel) =>
        AsyncEnumerable.Empty<StoredResource>();

    public IAsyncEnumerable<StoredResource> HistoryAsync(HistoryQuery query, CancellationToken cancel) =>
        AsyncEnumerable.Empty<StoredResource>();

    public IAsyncEnumerable<Change> ChangesAsync(CommitPosition after, CancellationToken cancel) =>
        AsyncEnumerable.Empty<Change>();

    public ValueTask CatchUpAsync(CommitPosition position, CancellationToken cancel) => ValueTask.CompletedTask;

    public ValueTask<CommitResult> CommitAsync(Commit commit, CancellationToken cancel) => throw ReadOnly();

    public ValueTask<int> ExpungeAsync(ResourceKey key, bool keepCurrent, CancellationToken cancel) =>
        throw ReadOnly();

    public ValueTask<bool> ExpungeVersionAsync(ResourceKey key, long version, CancellationToken cancel) =>
        throw ReadOnly();

    public ValueTask ReplaceAsync(IReadOnlyList<IndexEntry> entries, CancellationToken cancel) => throw ReadOnly();

    // Nobody writes who works on files; it would be our own mistake.
    static InvalidOperationException ReadOnly() => new("Nothing can be stored here.");
}
