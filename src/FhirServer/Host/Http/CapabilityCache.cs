using System.Collections.Concurrent;
using FhirHub.Core.Search;
using FhirHub.Fhir.Documents;

namespace FhirHub.Host.Http;

/// <summary>Keeps the statements once they are made: routes and options do not change while the server runs.</summary>
sealed class CapabilityCache(RouteTable routes, ParameterCatalog catalog, HubOptions options, TimeProvider time)
{
    /// <summary>The address comes from the client's Host header, so there may be any number of them.</summary>
    const int KeptMax = 32;

    readonly ConcurrentDictionary<(CapabilityMode Mode, string BaseUrl), FhirDocument> _made = new();
    readonly DateTimeOffset _started = time.GetUtcNow();

    internal FhirDocument Of(CapabilityMode mode, string baseUrl)
    {
        if (_made.TryGetValue((mode, baseUrl), out var known))
        {
            return known;
        }

        var made = mode == CapabilityMode.Terminology
            ? TerminologyDescription.Make(baseUrl, _started)
            : new ServerDescription(routes, catalog, options).Make(mode, baseUrl, _started);
        if (_made.Count < KeptMax)
        {
            _made.TryAdd((mode, baseUrl), made);
        }

        return made;
    }
}
