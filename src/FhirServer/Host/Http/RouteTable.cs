using FhirHub.Core.Model;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Host.Http;

/// <summary>
/// What is served where, read from the routes themselves, so that <c>Allow</c>, <c>OPTIONS</c>, the capability
/// statement and the list of operations cannot claim anything else.
/// </summary>
sealed class RouteTable
{
    readonly List<FhirRoute> _routes;

    internal RouteTable(IEnumerable<Endpoint> endpoints) => _routes = [.. Read(endpoints)];

    internal IReadOnlyList<FhirRoute> All => _routes;

    /// <summary>The methods served at a path below the base; empty when nothing is.</summary>
    internal IReadOnlyList<string> Methods(IReadOnlyList<string> steps) =>
        [.. _routes.Where(r => Matches(r.Steps, steps)).Select(r => r.Method).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The operations at the level of a path: the system's, a type's or an instance's.</summary>
    internal IReadOnlyList<string> Operations(IReadOnlyList<string> steps) =>
    [
        .. _routes.Where(r => r.IsOperation && Matches(r.Steps.SkipLast(1), steps.SkipLast(1)))
            .Select(r => r.Steps[^1])
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    static bool Matches(IEnumerable<string> pattern, IEnumerable<string> steps) =>
        pattern.Count() == steps.Count() && pattern.Zip(steps).All(static pair => Matches(pair.First, pair.Second));

    static bool Matches(string pattern, string step) => pattern switch
    {
        FhirRoute.Type => FhirSchema.R4.TryGetType(step, out var type) && type.IsResource && !type.IsAbstract,
        ['{', ..] => ResourceId.IsValid(step),
        _ => pattern == step,
    };

    static IEnumerable<FhirRoute> Read(IEnumerable<Endpoint> endpoints) =>
        from endpoint in endpoints.OfType<RouteEndpoint>()
        let methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        let path = (endpoint.RoutePattern.RawText ?? "").Trim('/').Split('/', StringSplitOptions.RemoveEmptyEntries)
        where path is ["fhir", ..]
        from method in methods
        select new FhirRoute(method, path[1..]);
}
