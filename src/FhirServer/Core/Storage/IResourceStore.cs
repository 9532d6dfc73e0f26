using FhirHub.Core.Model;
using FhirHub.Core.Search;

namespace FhirHub.Core.Storage;

/// <summary>
/// Where resources live: the first of the two seams of storage. Every read says what its caller may see, and what he
/// may not see is not there; the hub's own reads say <see cref="AccessRule.Everything"/>.
/// </summary>
public interface IResourceStore
{
    /// <summary>Commits all or nothing, and returns when it would survive a power failure.</summary>
    ValueTask<CommitResult> CommitAsync(Commit commit, CancellationToken cancel);

    /// <summary>The current version, deleted or not, or the named one; null when there is none.</summary>
    ValueTask<StoredResource?> ReadAsync(
        ResourceKey key, long? version, AccessRule access, CancellationToken cancel);

    /// <summary>
    /// The current versions of many resources, in the order of the keys; missing and deleted ones left out.
    /// </summary>
    IAsyncEnumerable<StoredResource> ReadManyAsync(
        IReadOnlyList<ResourceKey> keys, AccessRule access, CancellationToken cancel);

    /// <summary>Versions, the newest first.</summary>
    IAsyncEnumerable<StoredResource> HistoryAsync(HistoryQuery query, CancellationToken cancel);

    /// <summary>Every change after a position, in the order of commits, up to now.</summary>
    IAsyncEnumerable<Change> ChangesAsync(CommitPosition after, CancellationToken cancel);

    /// <summary>Removes versions for good: all of a resource, or all but the current one.</summary>
    ValueTask<int> ExpungeAsync(ResourceKey key, bool keepCurrent, CancellationToken cancel);

    /// <summary>Removes one version for good, and says whether it was there; the current one stays.</summary>
    ValueTask<bool> ExpungeVersionAsync(ResourceKey key, long version, CancellationToken cancel);
}
