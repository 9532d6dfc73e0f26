using System.Collections.Frozen;
using Microsoft.AspNetCore.Routing.Patterns;

namespace FhirHub.Host.Monitoring;

/// <summary>
/// What a request is called in measurements: FHIR's own code of the interaction
/// (https://hl7.org/fhir/R4/valueset-type-restful-interaction.html), or the operation. There are few of them, because
/// each is a series that is kept.
/// </summary>
static class InteractionName
{
    internal const string Other = "other";

    static readonly FrozenDictionary<(string Method, string Route), string> Names =
        new Dictionary<(string Method, string Route), string>
        {
            [("GET", "/fhir/{type}/{id}")] = "read",
            [("GET", "/fhir/{type}/{id}/_history/{version}")] = "vread",
            [("PUT", "/fhir/{type}/{id}")] = "update",
            [("PUT", "/fhir/{type}")] = "update",
            [("PATCH", "/fhir/{type}/{id}")] = "patch",
            [("PATCH", "/fhir/{type}")] = "patch",
            [("DELETE", "/fhir/{type}/{id}")] = "delete",
            [("DELETE", "/fhir/{type}")] = "delete",
            [("POST", "/fhir/{type}")] = "create",
            [("POST", "/fhir")] = "transaction",
            [("POST", "/fhir/")] = "transaction",
            [("GET", "/fhir/{type}")] = "search-type",
            [("POST", "/fhir/{type}/_search")] = "search-type",
            [("GET", "/fhir")] = "search-system",
            [("POST", "/fhir/_search")] = "search-system",
            [("GET", "/fhir/{type}/{id}/_history")] = "history-instance",
            [("GET", "/fhir/{type}/_history")] = "history-type",
            [("GET", "/fhir/_history")] = "history-system",
            [("DELETE", "/fhir/{type}/{id}/_history")] = "delete-history",
            [("DELETE", "/fhir/{type}/{id}/_history/{version}")] = "delete-history-version",
            [("GET", "/fhir/metadata")] = "capabilities",
            [("GET", "/fhir/_async/{job}")] = "async-status",
            [("GET", "/fhir/_async/{job}/result")] = "async-result",
            [("GET", "/fhir/_async/{job}/response")] = "async-result",
            [("DELETE", "/fhir/_async/{job}")] = "async-delete",
        }.ToFrozenDictionary();

    internal static string Of(string method, RoutePattern? pattern)
    {
        if (pattern?.RawText is not { } route)
        {
            return Other;
        }

        if (Names.TryGetValue((method == "HEAD" ? "GET" : method, route), out var name))
        {
            return name;
        }

        var last = route[(route.LastIndexOf('/') + 1)..];
        return last.StartsWith('$') ? last : Other;
    }
}
