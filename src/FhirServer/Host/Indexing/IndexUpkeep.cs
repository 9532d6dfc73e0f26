using System.Collections.Concurrent;
using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Storage.Sql.Sqlite;

namespace FhirHub.Host.Indexing;

/// <summary>
/// Keeps the search parameters in force the same as the SearchParameters in the store, and knows what the index lacks
/// of them. The store says which are complete; what is here follows it.
/// </summary>
#pragma warning disable CA1001 // Semaphores hold nothing to give back unless their wait handles are asked for.
sealed class IndexUpkeep(HubStore store, SearchCatalogs catalogs)
#pragma warning restore CA1001
{
    readonly ConcurrentDictionary<string, TenantDefinitions> _tenants = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<long, IndexWalk> _running = new();
    readonly ConcurrentDictionary<string, bool> _due = new(StringComparer.Ordinal);
    readonly SemaphoreSlim _work = new(0);
    readonly SemaphoreSlim _turn = new(1);

    SqliteIndexWork Work => store.Storage.IndexWork;

    /// <summary>Reads every tenant's SearchParameters and puts them in force.</summary>
    internal async Task LoadAsync(CancellationToken cancel)
    {
        catalogs.Changed = ChangedAsync;
        foreach (var tenant in await Work.TenantsAsync(cancel))
        {
            var definitions = new TenantDefinitions();
            await foreach (var resource in Work.CurrentAsync(tenant, TenantDefinitions.Type, cancel))
            {
                definitions.Put(resource);
            }

            _tenants[tenant] = definitions;
            await PutInForceAsync(tenant, cancel);
        }
    }

    /// <summary>Waits until there may be something to do.</summary>
    internal Task WaitAsync(CancellationToken cancel) => _work.WaitAsync(cancel);

    /// <summary>Says that there is something to do.</summary>
    internal void Wake() => _work.Release();

    /// <summary>How far a walk is, for those who ask while it runs.</summary>
    internal void Tell(IndexWalk walk) => _running[walk.Id] = walk;

    /// <summary>A walk has ended: what it was for is complete, and may be searched by.</summary>
    internal async Task EndAsync(IndexWalk walk, CancellationToken cancel)
    {
        _running.TryRemove(walk.Id, out _);
        if (walk.Reason == IndexWalkReason.Parameters)
        {
            await PutInForceAsync(walk.Tenant, cancel);
        }
    }

    /// <summary>What a tenant's parameters are, with what is wrong with those that cannot be used.</summary>
    internal async Task<(IReadOnlyList<CustomParameter> Known, IReadOnlyList<(string Id, Problem Problem)> Unusable)>
        StateAsync(string tenant, CancellationToken cancel) => (
            await Work.ParametersAsync(tenant, cancel),
            _tenants.TryGetValue(tenant, out var definitions) ? definitions.Unusable : []);

    /// <summary>Nothing may come between this and the answer to whoever wrote the SearchParameters.</summary>
    async Task ChangedAsync(IReadOnlyList<StoredResource> versions)
    {
        var tenant = versions[0].Key.Tenant;
        var definitions = _tenants.GetOrAdd(tenant, _ => new TenantDefinitions());
        foreach (var version in versions)
        {
            definitions.Put(version);
        }

        // The versions are committed: what fails here, as on a full disk, is done again by whoever waits for work.
        _due[tenant] = true;
        try
        {
            await PutInForceAsync(tenant, CancellationToken.None);
        }
        finally
        {
            Wake();
        }
    }

    /// <summary>Puts in force what could not be when it was written.</summary>
    internal async Task PutDueInForceAsync(CancellationToken cancel)
    {
        foreach (var tenant in _due.Keys)
        {
            await PutInForceAsync(tenant, cancel);
        }
    }

    /// <summary>
    /// What is new is in force for writes at once, and for searches when it is complete; what changed serves nothing in
    /// between.
    /// </summary>
    async Task PutInForceAsync(string tenant, CancellationToken cancel)
    {
        // One after the other, for what is set last must be what is true last.
        await _turn.WaitAsync(cancel);
        try
        {
            await SetAsync(tenant, cancel);
            _due.TryRemove(tenant, out _);
        }
        finally
        {
            _turn.Release();
        }
    }

    async Task SetAsync(string tenant, CancellationToken cancel)
    {
        var own = _tenants[tenant].Usable();
        var noted = await Work.SetParametersAsync(
            tenant,
            [.. own.Select(d => new CustomParameter(d.Schema.Url, d.Id, d.Text, d.Types))],
            IndexRules.Of(catalogs.Standard),
            cancel);
        if (own.Count == 0 && catalogs.Of(tenant).Own.Count == 0)
        {
            return;
        }

        var walks = noted.ToDictionary(p => p.Url, p => p, StringComparer.Ordinal);
        var complete = own.Where(d => walks[d.Schema.Url].State == CustomParameterState.Complete);
        var unfinished = own.Where(d => walks[d.Schema.Url].State != CustomParameterState.Complete)
            .Select(d => (d, (Func<string>)(() => Progress(walks[d.Schema.Url].Walk))));
        catalogs.Set(tenant, new ParametersInForce(
            catalogs.Standard.With(own.Select(d => d.Schema)),
            catalogs.Standard.With(complete.Select(d => d.Schema)).WithUnfinished([.. unfinished]),
            catalogs.Zone)
        {
            Own = own,
        });
    }

    string Progress(long? walk) => walk is { } id && _running.TryGetValue(id, out var running)
        ? $"{running.Done} of {running.Total} resources done"
        : "waiting for its turn";
}
