using System.Globalization;
using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Host.Http;
using Microsoft.Extensions.Primitives;

namespace FhirHub.Host.Interactions;

/// <summary>Search on a type, by GET and by POST: https://hl7.org/fhir/R4/http.html#search</summary>
static class Search
{
    const string PageParameter = "_page";
    static readonly string[] Methods = ["GET", "HEAD"];

    internal static void Map(IEndpointRouteBuilder fhir)
    {
        fhir.MapMethods("/{type}", Methods, HandleAsync);
        fhir.MapPost("/{type}/_search", HandleAsync);
    }

    static async Task HandleAsync(
        string type, HttpContext http, ISearchIndex index, SearchParser parser, HubOptions options, Caller caller)
    {
        // 1. What is asked.
        var schema = FhirRoutes.TypeOf(type);
        var parameters = await ParametersAsync(http);
        var page = parameters.Find(p => p.Key == PageParameter).Value;
        parameters.RemoveAll(p => p.Key == PageParameter);
        var isLenient = Preferences.IsLenient(http.Request, options.IsLenient);
        var request = parser.Parse(caller.Tenant, type, parameters, isLenient);
        var filter = Preferences.Filter(http.Request, schema);
        var isCount = http.Request.Query["_summary"] == "count" || request.Query.Count == 0;

        // 2. What is found.
        var query = request.Query with
        {
            After = page is null ? null : Cursor(page),
            Count = isCount ? 0 : request.Query.Count,
            WantsTotal = isCount || request.Query.WantsTotal,
        };
        var found = await index.SearchAsync(query, http.RequestAborted);

        // 3. The bundle.
        var address = $"{FhirResult.BaseUrl(http)}/{type}";
        using var bundle = new BundleWriter("searchset", FhirResult.BaseUrl(http), found.Total);
        bundle.Links(
            ("self", Url(address, request.Used, page)),
            ("next", isCount || found.Next is not { } next ? null : Url(address, request.Used, Text(next))));
        if (found.Matches.Count > 0 || request.Ignored.Count > 0)
        {
            bundle.StartEntries();
            foreach (var match in found.Matches)
            {
                bundle.Match(match, filter);
            }

            if (request.Ignored.Count > 0)
            {
                bundle.Outcome(OutcomeHandler.Warnings(request.Ignored));
            }

            bundle.EndEntries();
        }

        await FhirResult.WriteJsonAsync(http, bundle.End());
    }

    /// <summary>The query's pairs, and behind them those of a form.</summary>
    static async Task<List<KeyValuePair<string, string>>> ParametersAsync(HttpContext http)
    {
        var pairs = Condition.Pairs(http.Request.QueryString.Value ?? "");
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            return pairs;
        }

        if (http.Request.HasFormContentType)
        {
            var form = await FhirBody.FormAsync(http);
            pairs.AddRange(form.SelectMany(p => p.Value, (p, v) => KeyValuePair.Create(p.Key, v ?? "")));
            // What a form says about the answer counts as what the address says.
            http.Request.Query = new QueryCollection(pairs.GroupBy(p => p.Key, p => p.Value)
                .ToDictionary(p => p.Key, p => new StringValues([.. p]), StringComparer.OrdinalIgnoreCase));
        }
        else if (http.Request.ContentLength > 0 || !string.IsNullOrEmpty(http.Request.ContentType))
        {
            throw new FhirException(
                ProblemKind.UnsupportedMediaType,
                "not-supported",
                "Send the parameters of a search as application/x-www-form-urlencoded.");
        }

        return pairs;
    }

    static string Url(string address, IEnumerable<KeyValuePair<string, string>> parameters, string? page)
    {
        var all = page is null ? parameters : parameters.Append(KeyValuePair.Create(PageParameter, page));
        var query = string.Join('&', all.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
        return query.Length == 0 ? address : $"{address}?{query}";
    }

    static string Text(SearchCursor cursor) =>
        string.Create(CultureInfo.InvariantCulture, $"{cursor.AsOf.Value}-{cursor.After}");

    static SearchCursor Cursor(string text) =>
        text.Split('-') is [var asOf, var after]
        && long.TryParse(asOf, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
        && long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            ? new SearchCursor(new CommitPosition(position), place)
            : throw new FhirException(
                ProblemKind.Invalid,
                "invalid",
                $"'{PageParameter}' comes from a link of this server; use the link as it is.");
}
