using System.Net;
using System.Text;
using System.Text.Unicode;
using FhirHub.Core.Model;

namespace FhirHub.Core.Search;

/// <summary>
/// The search of a conditional interaction (https://hl7.org/fhir/R4/http.html#cond-update). It is always strict: a
/// filter that was left out would change somebody else's resource.
/// </summary>
public static class ConditionalQuery
{
    /// <summary>More matches than a client can have meant; what lies beyond is refused, not forgotten.</summary>
    const int MatchesMax = 1000;

    public static SearchQuery Parse(SearchParser parser, Caller caller, string type, string search) =>
        Parse(parser, caller, type, Pairs(search));

    /// <summary>The query as it is written; what it asks of the terminology is still to be looked up.</summary>
    public static SearchQuery Parse(
        SearchParser parser, Caller caller, string type, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        ArgumentNullException.ThrowIfNull(parser);
        ArgumentNullException.ThrowIfNull(caller);
        var criteria = parameters.Where(p => p.Key is not ("_format" or "_pretty")).ToList();
        var scope = new SearchScope
        {
            Tenant = caller.Tenant,
            Type = type,
            BaseUrl = caller.BaseUrl,
            Access = caller.Access,
        };
        var request = parser.Parse(scope, criteria);
        // What says only how to answer, such as _count, finds every resource as surely as nothing does.
        if (request.Query.Expression is SearchExpression.And { Parts.Count: 0 })
        {
            throw new FhirException(
                ProblemKind.PreconditionFailed,
                "required",
                $"Without a search this would be about every {type}; give one.");
        }

        if (request.Query.Contained != ContainedSearch.None)
        {
            throw new FhirException(
                ProblemKind.NotSupported,
                "not-supported",
                $"'_contained': a write changes a resource as a whole, so its condition is met by a {type} that stands "
                    + "for itself, not by one inside another; leave '_contained' out.");
        }

        return request.Query with { Count = MatchesMax, Total = SearchTotal.None };
    }

    /// <summary>The pairs of a query string, with or without its question mark.</summary>
    public static List<KeyValuePair<string, string>> Pairs(string search)
    {
        ArgumentNullException.ThrowIfNull(search);
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var pair in search.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            pairs.Add(equals < 0
                ? KeyValuePair.Create(Decoded(pair), "")
                : KeyValuePair.Create(Decoded(pair[..equals]), Decoded(pair[(equals + 1)..])));
        }

        return pairs;
    }

    /// <summary>
    /// Undoes the escapes of URLs. What is in another encoding than UTF-8, such as GBK, would be looked for as
    /// something else, and not be found.
    /// </summary>
    static string Decoded(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text.Replace('+', ' ');
        }

        var given = Encoding.UTF8.GetBytes(text);
        var bytes = WebUtility.UrlDecodeToBytes(given, 0, given.Length);
        return Utf8.IsValid(bytes)
            ? Encoding.UTF8.GetString(bytes)
            : throw new FhirException(
                ProblemKind.Invalid, "invalid", "The percent signs of the address stand for no text in UTF-8.");
    }
}
