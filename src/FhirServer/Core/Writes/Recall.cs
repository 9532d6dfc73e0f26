using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Core.Writes;

/// <summary>
/// The results of writes that were committed when the server stopped before it had answered, told from the versions
/// they made.
/// </summary>
public sealed class Recall(IResourceStore store, ISearchIndex index, Conditions conditions)
{
    /// <summary>What became of the write that made this version.</summary>
    public async ValueTask<WriteResult> OfAsync(StoredResource made, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(made);
        if (made.IsDeleted)
        {
            return new WriteResult(WriteOutcome.Deleted, made);
        }

        var before = made.Version == 1
            ? null
            : await store.ReadAsync(made.Key, made.Version - 1, AccessRule.Everything, cancel);
        var isNew = made.Version == 1 || before is { IsDeleted: true };
        return new WriteResult(isNew ? WriteOutcome.Created : WriteOutcome.Updated, made);
    }

    /// <summary>What <see cref="Transaction"/> would have returned.</summary>
    /// <param name="entries">The entries of the bundle in their order.</param>
    /// <param name="made">What became of the writes of an entry, by its place in the bundle.</param>
    /// <param name="caller">Who asked.</param>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask<IReadOnlyList<WriteResult?>> TransactionAsync(
        IReadOnlyList<BundleEntry> entries,
        Func<string, IReadOnlyList<WriteResult>> made,
        Caller caller,
        CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(made);
        var results = new WriteResult?[entries.Count];
        for (var i = 0; i < results.Length; i++)
        {
            var entry = entries[i];
            if (!entry.IsRead)
            {
                results[i] = made(BundleEntry.PlaceOf(entry.Index)) is [.., var last]
                    ? last
                    : await UnchangedAsync(entry, caller, cancel);
            }
        }

        return results;
    }

    /// <summary>An entry without a version: what it would create was there, or what it would delete was not.</summary>
    async ValueTask<WriteResult> UnchangedAsync(BundleEntry entry, Caller caller, CancellationToken cancel)
    {
        if (entry.Method != "POST")
        {
            return new WriteResult(WriteOutcome.Absent, null);
        }

        var write = await TransactionWrite.ReadAsync(entry, conditions, caller, deletesMany: false, cancel);
        var found = write.Query is { } query ? (await index.SearchAsync(query, cancel)).Matches : [];
        return new WriteResult(WriteOutcome.Existing, found is [var one, ..] ? one : null);
    }
}
