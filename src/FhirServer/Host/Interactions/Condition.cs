using FhirHub.Core.Model;
using FhirHub.Core.Search;

namespace FhirHub.Host.Interactions;

/// <summary>The search of a conditional interaction: https://hl7.org/fhir/R4/http.html#cond-update</summary>
static class Condition
{
    internal static SearchQuery Query(SearchParser parser, Caller caller, string type, string search) =>
        ConditionalQuery.Parse(parser, caller, type, search);

    internal static SearchQuery Query(SearchParser parser, Caller caller, string type, IQueryCollection query) =>
        ConditionalQuery.Parse(
            parser, caller, type, query.SelectMany(p => p.Value, (p, v) => KeyValuePair.Create(p.Key, v ?? "")));

    /// <summary>The pairs of a query string, with or without its question mark.</summary>
    internal static List<KeyValuePair<string, string>> Pairs(string search) => ConditionalQuery.Pairs(search);
}
