using System.Collections.Concurrent;
using FhirHub.Core.Model;

namespace FhirHub.Core.Search;

/// <summary>
/// Holds the search parameters in force, a set for each tenant: SearchParameters are a tenant's data like all else.
/// Sets are immutable and exchanged whole; everybody asks here once per request.
/// </summary>
#pragma warning disable CA1001 // A semaphore holds nothing to give back unless its wait handle is asked for.
public sealed class SearchCatalogs
#pragma warning restore CA1001
{
    static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);

    readonly ConcurrentDictionary<string, ParametersInForce> _byTenant = new(StringComparer.Ordinal);
    readonly ConcurrentQueue<ParametersInForce> _replaced = new();
    readonly ParametersInForce _atFirst;
    readonly SemaphoreSlim _turn = new(1);

    /// <param name="catalog">The parameters of a tenant that has none of its own.</param>
    /// <param name="zone">The zone of dates without one; China's when not given.</param>
    public SearchCatalogs(ParameterCatalog catalog, SearchZone? zone = null)
    {
        Zone = zone ?? SearchZone.China;
        _atFirst = new ParametersInForce(catalog, catalog, Zone);
    }

    public SearchZone Zone { get; }

    /// <summary>The parameters every tenant has.</summary>
    public ParameterCatalog Standard => _atFirst.Searched;

    /// <summary>
    /// Told the committed versions of SearchParameters, before their writer is answered: what it does afterwards goes
    /// by them.
    /// </summary>
    public Func<IReadOnlyList<StoredResource>, Task>? Changed { get; set; }

    public ParametersInForce Of(string tenant) => _byTenant.TryGetValue(tenant, out var known)
        ? known
        // Each has an object of its own, because the writes of each are waited for by themselves.
        : _byTenant.GetOrAdd(tenant, _ => new ParametersInForce(_atFirst.Extractor, _atFirst.Searched));

    /// <summary>Puts a tenant's parameters in force.</summary>
    public void Set(string tenant, ParametersInForce parameters)
    {
        _replaced.Enqueue(Of(tenant));
        _byTenant[tenant] = parameters;
    }

    /// <summary>
    /// Waits until every write that was indexed by parameters of before is committed: a walk over all resources that
    /// begins then sees them all.
    /// </summary>
    public async Task WaitForWritesAsync(CancellationToken cancel)
    {
        while (_replaced.TryPeek(out var replaced))
        {
            if (replaced.IsInUse)
            {
                await Task.Delay(LookEvery, cancel);
            }
            else
            {
                _replaced.TryDequeue(out _);
            }
        }
    }

    /// <summary>The parameters a write is indexed by; <see cref="ParametersInForce.Leave"/> when it is there.</summary>
    internal ParametersInForce Enter(string tenant)
    {
        while (true)
        {
            var parameters = Of(tenant);
            parameters.Enter();
            // They may have been replaced in between, and then nobody knows of this write.
            if (ReferenceEquals(parameters, Of(tenant)))
            {
                return parameters;
            }

            parameters.Leave();
        }
    }

    /// <summary>Writes of SearchParameters take turns, so that each is checked against those before it.</summary>
    internal Task TakeTurnAsync(CancellationToken cancel) => _turn.WaitAsync(cancel);

    internal void EndTurn() => _turn.Release();
}
