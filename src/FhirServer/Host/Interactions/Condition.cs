using FhirHub.Core.Model;
using FhirHub.Core.Search;

namespace FhirHub.Host.Interactions;

/// <summary>The search of a conditional interaction: https://hl7.org/fhir/R4/http.html#cond-update</summary>
static class Condition
{
    /// <summary>The condition in the address of a request.</summary>
    internal static ValueTask<SearchQuery> QueryAsync(
        Conditions conditions, Caller caller, string type, HttpContext http)
    {
        var pairs = http.Request.Query.SelectMany(p => p.Value, (p, v) => KeyValuePair.Create(p.Key, v ?? ""));
        return conditions.ReadAsync(caller, type, pairs, http.RequestAborted);
    }

    /// <summary>The pairs of a query string, with or without its question mark.</summary>
    internal static List<KeyValuePair<string, string>> Pairs(string search) => ConditionalQuery.Pairs(search);
}
