using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;
using FhirHub.Host.Jobs;
using FhirHub.Host.Monitoring;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace FhirHub.Host.Interactions;

/// <summary>
/// Search in a type, in everything and in a compartment, by GET and by POST: https://hl7.org/fhir/R4/http.html#search
/// </summary>
static class Search
{
    static readonly string[] Methods = ["GET", "HEAD"];
    static readonly string[] Addresses = ["/", "/{type}", "/{compartment}/{id}/{member}"];
    static readonly string[] FormAddresses =
        ["/_search", "/{type}/_search", "/{compartment}/{id}/_search", "/{compartment}/{id}/{member}/_search"];

    internal static void Map(IEndpointRouteBuilder fhir)
    {
        foreach (var pattern in Addresses)
        {
            fhir.MapMethods(pattern, Methods, HandleAsync);
        }

        foreach (var pattern in FormAddresses)
        {
            fhir.MapPost(pattern, HandleAsync);
        }
    }

    /// <summary>Whether a request there is a search.</summary>
    internal static bool IsAt(string? pattern, string method)
    {
        var own = pattern?.StartsWith(FhirRoutes.Base, StringComparison.Ordinal) == true
            ? pattern[FhirRoutes.Base.Length..]
            : null;
        return HttpMethods.IsPost(method) ? FormAddresses.Contains(own) : Addresses.Contains(own);
    }

    static async Task HandleAsync(
        HttpContext http,
        ISearchIndex index,
        SearchParser parser,
        SearchTerminology terminology,
        PageLinks links,
        SlowSearches slow,
        HubOptions options,
        Caller caller)
    {
        // 1. What is asked.
        var parameters = await ParametersAsync(http);
        var page = parameters.Find(p => p.Key == PageLinks.Parameter).Value;
        parameters.RemoveAll(p => p.Key == PageLinks.Parameter);
        var (scope, path) = Scope(http, caller, Preferences.IsLenient(http.Request, options.IsLenient));
        var request = parser.Parse(scope, parameters);
        CheckExplained(request, caller);
        var isCount = request.Value("_summary") == "count" || request.Query.Count == 0;
        var search = $"{caller.Tenant} {caller.Name} {path}?{Text(request.Used)}{request.Own}";

        // 2. What is found.
        var query = request.Query with
        {
            After = page is null ? null : links.Read(page, search),
            Count = isCount ? 0 : request.Query.Count,
            Total = isCount ? SearchTotal.Accurate : request.Query.Total,
            WantsPlan = request.Value("_explain") == "true",
            IsUnhurried = JobRun.Has(http),
        };
        var found = await slow.WatchAsync(scope, request.Used, async () =>
        {
            query = await terminology.ResolveAsync(query, caller, http.RequestAborted);
            return await index.SearchAsync(query, http.RequestAborted);
        });

        // 3. The bundle.
        var address = $"{FhirResult.BaseUrl(http)}{path}";
        using var bundle = new BundleWriter("searchset", FhirResult.BaseUrl(http), found.Total);
        bundle.Links(
            ("self", Url(address, request.Used, page)),
            ("next", isCount ? null : Link(found.Next)),
            ("previous", isCount ? null : Link(found.Previous)));
        WriteEntries(bundle, found, request);
        await FhirResult.WriteJsonAsync(http, bundle.End());

        string? Link(SearchCursor? place) =>
            place is { } at ? Url(address, request.Used, links.Write(at, search)) : null;
    }

    /// <summary>Where the address says to search, and that part of the address behind the base.</summary>
    static (SearchScope Scope, string Path) Scope(HttpContext http, Caller caller, bool isLenient)
    {
        var scope = new SearchScope
        {
            Tenant = caller.Tenant,
            BaseUrl = FhirResult.BaseUrl(http),
            IsLenient = isLenient,
            Access = caller.Access,
        };
        var values = http.Request.RouteValues;
        if (values["type"] is string type)
        {
            return (scope with { Type = FhirRoutes.TypeOf(type).Name }, $"/{type}");
        }

        if (values["compartment"] is not string compartment || values["id"] is not string id)
        {
            return (scope, "");
        }

        if (!FhirSchema.R4.TryGetCompartment(compartment, out var schema) || !ResourceId.IsValid(id))
        {
            throw new FhirException(
                ProblemKind.NotFound,
                "not-found",
                $"Only {string.Join(", ", FhirSchema.R4.Compartments.Select(c => c.Type))} have a compartment that can "
                    + "be searched.");
        }

        scope = scope with { Compartment = new Compartment(compartment, id) };
        if (values["member"] is not string member || member == "*")
        {
            return (scope, $"/{compartment}/{id}/*");
        }

        return schema.Members.TryGetValue(FhirRoutes.TypeOf(member).Name, out var codes) && codes.Count > 0
            ? (scope with { Type = member }, $"/{compartment}/{id}/{member}")
            : throw new FhirException(
                ProblemKind.NotFound, "not-found", $"A {compartment}'s compartment has no {member} in it.");
    }

    static void CheckExplained(SearchRequest request, Caller caller)
    {
        if (request.Value("_explain") == "true" && !caller.Access.IsEverything)
        {
            throw new FhirException(
                ProblemKind.Forbidden,
                "forbidden",
                "'_explain': a plan is made by what there is of all data, so whoever may see a part is not told it.");
        }
    }

    static void WriteEntries(BundleWriter bundle, SearchPage found, SearchRequest request)
    {
        var ignored = request.Ignored;
        var isExplained = request.Value("_explain") == "true";
        if (found.Matches.Count + found.Included.Count + ignored.Count == 0 && !isExplained)
        {
            return;
        }

        var filters = new Dictionary<string, ElementFilter?>(StringComparer.Ordinal);
        bundle.StartEntries();
        foreach (var match in found.Matches)
        {
            bundle.Match(match, Filter(match.Key.Type, isMatch: true));
        }

        foreach (var included in found.Included)
        {
            bundle.Include(included, Filter(included.Key.Type, isMatch: false));
        }

        if (ignored.Count > 0)
        {
            bundle.Outcome(OutcomeHandler.Warnings(ignored));
        }

        if (found.IsIncludedCut)
        {
            bundle.Outcome(OutcomeHandler.Warnings([new Problem(
                ProblemKind.Invalid,
                "too-costly",
                "There is more to include than a page may hold; ask for fewer matches a page to see all of it.")]));
        }

        if (isExplained)
        {
            bundle.Outcome(SearchExplanation.Of(found));
        }

        bundle.EndEntries();

        ElementFilter? Filter(string type, bool isMatch)
        {
            // Elements are named of what is searched; what comes along, or has a match inside, has others.
            var isSearched = isMatch && request.Query.Targets.Any(target => target.Type == type);
            var key = isSearched ? type : $"{type} included";
            if (!filters.TryGetValue(key, out var filter))
            {
                filters.Add(key, filter = Preferences.Filter(
                    FhirRoutes.TypeOf(type), request.Cut, isSearched ? request.Elements : []));
            }

            return filter;
        }
    }

    /// <summary>Refuses what a search cannot be carried out with, before it is put off.</summary>
    internal static async Task CheckAsync(HttpContext http, SearchParser parser, bool isLenient, Caller caller)
    {
        var parameters = await ParametersAsync(http);
        parameters.RemoveAll(p => p.Key == PageLinks.Parameter);
        parser.Parse(Scope(http, caller, Preferences.IsLenient(http.Request, isLenient)).Scope, parameters);
    }

    /// <summary>The query's pairs, and behind them those of a form.</summary>
    static async Task<List<KeyValuePair<string, string>>> ParametersAsync(HttpContext http)
    {
        var pairs = Condition.Pairs(http.Request.QueryString.Value ?? "");
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            return pairs;
        }

        if (FhirBody.IsForm(http.Request))
        {
            pairs.AddRange(await FhirBody.FormAsync(http));
            // What a form says about the answer counts as what the address says.
            http.Request.Query = new QueryCollection(pairs
                .GroupBy(p => p.Key, p => p.Value, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(p => p.Key, p => new StringValues([.. p]), StringComparer.OrdinalIgnoreCase));
        }
        else if (http.Request.ContentLength > 0 || !string.IsNullOrEmpty(http.Request.ContentType)
            || http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
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
        var all = page is null ? parameters : parameters.Append(KeyValuePair.Create(PageLinks.Parameter, page));
        var query = Text(all);
        return query.Length == 0 ? address : $"{address}?{query}";
    }

    static string Text(IEnumerable<KeyValuePair<string, string>> parameters) =>
        string.Join('&', parameters.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
}
