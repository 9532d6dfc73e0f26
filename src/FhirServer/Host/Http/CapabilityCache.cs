using System.Collections.Concurrent;
using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Fhir.Documents;

namespace FhirHub.Host.Http;

/// <summary>
/// Keeps the statements once they are made: routes and options do not change while the server runs, and other search
/// parameters make another catalog.
/// </summary>
sealed class CapabilityCache(RouteTable routes, SearchCatalogs catalogs, HubOptions options, TimeProvider time)
{
    /// <summary>The address comes from the client's Host header, so there may be any number of them.</summary>
    const int KeptMax = 32;

    readonly ConcurrentDictionary<(CapabilityMode, string BaseUrl, ParameterCatalog), FhirDocument> _made = new();
    readonly DateTimeOffset _started = time.GetUtcNow();

    internal FhirDocument Of(CapabilityMode mode, string baseUrl, Caller caller)
    {
        var catalog = catalogs.Of(caller.Tenant).Searched;
        if (_made.TryGetValue((mode, baseUrl, catalog), out var known))
        {
            return known;
        }

        var made = new ServerDescription(routes, catalog, options).Make(mode, baseUrl, _started);
        if (_made.Count >= KeptMax)
        {
            _made.Clear(); // most are of parameters that have changed since
        }

        _made.TryAdd((mode, baseUrl, catalog), made);
        return made;
    }
}
