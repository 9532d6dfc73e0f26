using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Core.Writes;

namespace FhirHub.Host.Jobs;

/// <summary>
/// Finds in the feed of changes what jobs had committed when the server stopped: each commit is marked with its job and
/// entry.
/// </summary>
sealed class JobRecovery(IResourceStore store, Recall recall)
{
    /// <summary>What each of the jobs has made, by place; those that made nothing are missing.</summary>
    internal async Task<ILookup<string, (string Place, WriteResult Result)>> FindAsync(
        IReadOnlyCollection<Job> interrupted, CancellationToken cancel)
    {
        var found = new List<(string Id, string Place, WriteResult Result)>();
        var ids = interrupted.Where(j => !j.IsRead).ToDictionary(j => j.Id, j => j.Position, StringComparer.Ordinal);
        if (ids.Count > 0)
        {
            await foreach (var change in store.ChangesAsync(new CommitPosition(ids.Values.Min()), cancel))
            {
                if (change.Provenance is { Source: Provenance.JobSource, Message: { } message })
                {
                    var (id, place) = Parts(message);
                    if (ids.ContainsKey(id))
                    {
                        found.Add((id, place, await recall.OfAsync(change.Resource, cancel)));
                    }
                }
            }
        }

        return found.ToLookup(f => f.Id, f => (f.Place, f.Result), StringComparer.Ordinal);
    }

    /// <summary>The last commit there is, or an earlier one.</summary>
    internal async Task<CommitPosition> PositionAsync(string tenant, CancellationToken cancel)
    {
        var query = new HistoryQuery { Tenant = tenant, Count = 1, Access = AccessRule.Everything };
        await foreach (var last in store.HistoryAsync(query, cancel))
        {
            return last.Position;
        }

        return CommitPosition.Start;
    }

    static (string Id, string Place) Parts(string message)
    {
        var mark = message.IndexOf('#', StringComparison.Ordinal);
        return mark < 0 ? (message, "") : (message[..mark], message[(mark + 1)..]);
    }
}
