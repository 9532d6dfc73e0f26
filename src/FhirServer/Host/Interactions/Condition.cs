using FhirHub.Core.Model;
using FhirHub.Core.Search;
using Microsoft.AspNetCore.WebUtilities;

namespace FhirHub.Host.Interactions;

/// <summary>
/// The search of a conditional interaction (https://hl7.org/fhir/R4/http.html#cond-update). It is always strict: a
/// filter that was left out would change somebody else's resource.
/// </summary>
static class Condition
{
    /// <summary>More matches than a client can have meant; what lies beyond is refused, not forgotten.</summary>
    const int MatchesMax = 1000;

    internal static SearchQuery Query(SearchParser parser, Caller caller, string type, string search) =>
        Query(parser, caller, type, Pairs(search));

    internal static SearchQuery Query(SearchParser parser, Caller caller, string type, IQueryCollection query) =>
        Query(parser, caller, type, query.SelectMany(p => p.Value, (p, v) => KeyValuePair.Create(p.Key, v ?? "")));

    /// <summary>The pairs of a query string, with or without its question mark.</summary>
    internal static List<KeyValuePair<string, string>> Pairs(string search)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var pair in new QueryStringEnumerable(search))
        {
            pairs.Add(KeyValuePair.Create(pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
        }

        return pairs;
    }

    static SearchQuery Query(
        SearchParser parser, Caller caller, string type, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var criteria = parameters.Where(p => p.Key is not ("_format" or "_pretty")).ToList();
        if (criteria.Count == 0)
        {
            throw new FhirException(
                ProblemKind.PreconditionFailed,
                "required",
                $"Without a search this would be about every {type}; give one.");
        }

        var request = parser.Parse(caller.Tenant, type, criteria, isLenient: false);
        return request.Query with { Count = MatchesMax, WantsTotal = false };
    }
}
