using System.Globalization;
using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Host.Http;

namespace FhirHub.Host.Interactions;

/// <summary>History of a resource, a type, or everything: https://hl7.org/fhir/R4/http.html#history</summary>
static class History
{
    const int CountDefault = 20;
    const int CountMax = 1000;
    const string PageParameter = PageLinks.Parameter;
    static readonly string[] Methods = ["GET", "HEAD"];
    static readonly string[] Known = ["_count", "_since", "_at", "_summary", PageParameter];

    internal static void Map(IEndpointRouteBuilder fhir)
    {
        fhir.MapMethods("/{type}/{id}/_history", Methods, HandleInstanceAsync);
        fhir.MapMethods("/{type}/_history", Methods, HandleTypeAsync);
        fhir.MapMethods("/_history", Methods, HandleSystemAsync);
    }

    static Task HandleTypeAsync(
        string type, HttpContext http, IResourceStore store, PageLinks links, Caller caller, SearchZone zone) =>
        HandleAsync(type, null, http, (store, links, zone), caller);

    static Task HandleSystemAsync(
        HttpContext http, IResourceStore store, PageLinks links, Caller caller, SearchZone zone) =>
        HandleAsync(null, null, http, (store, links, zone), caller);

    static Task HandleInstanceAsync(
        string type,
        string id,
        HttpContext http,
        IResourceStore store,
        PageLinks links,
        Caller caller,
        SearchZone zone) => HandleAsync(type, id, http, (store, links, zone), caller);

    static async Task HandleAsync(
        string? type,
        string? id,
        HttpContext http,
        (IResourceStore Store, PageLinks Links, SearchZone Zone) services,
        Caller caller)
    {
        var (store, links, zone) = services;
        var path = string.Concat(new[] { type, id }.Where(s => s is not null).Select(s => "/" + s));
        var walk = $"{caller.Tenant} {caller.Name} {path}/_history";
        var query = Query(type, id, http, caller, zone) with { After = Cursor(http.Request, links, walk) };
        var cancel = http.RequestAborted;
        if (type is not null && id is not null)
        {
            FhirRoutes.TypeOf(type);
            var key = new ResourceKey(caller.Tenant, type, id);
            if (!ResourceId.IsValid(id) || await store.ReadAsync(key, null, caller.Access, cancel) is null)
            {
                throw new FhirException(ProblemKind.NotFound, "not-found", $"{type}/{id} does not exist.");
            }
        }

        // One more than the page holds tells whether there is a next one.
        var versions = new List<StoredResource>();
        await foreach (var version in store.HistoryAsync(query with { Count = query.Count + 1 }, cancel))
        {
            versions.Add(version);
        }

        var hasMore = versions.Count > query.Count;
        var page = hasMore ? versions.GetRange(0, query.Count) : versions;
        var address = $"{FhirResult.BaseUrl(http)}{path}/_history";
        using var bundle = new BundleWriter("history", FhirResult.BaseUrl(http));
        bundle.Links(
            ("self", address + http.Request.QueryString),
            ("next", hasMore && page.Count > 0
                ? Next(address, http.Request, links.Write(Place(page[^1]), walk))
                : null));
        if (page.Count > 0)
        {
            bundle.StartEntries();
            page.ForEach(version =>
                bundle.Version(version, Preferences.Filter(http.Request, FhirRoutes.TypeOf(version.Key.Type))));
            bundle.EndEntries();
        }

        await FhirResult.WriteJsonAsync(http, bundle.End());
    }

    static HistoryQuery Query(string? type, string? id, HttpContext http, Caller caller, SearchZone zone)
    {
        var request = http.Request;
        if (type is not null)
        {
            FhirRoutes.TypeOf(type);
        }

        QueryRule.Check(http, "History", Known);
        QueryRule.CheckNoCount(request);

        return new HistoryQuery
        {
            Tenant = caller.Tenant,
            Type = type,
            Id = id,
            Count = Count(request.Query["_count"]),
            Since = Period("_since", request.Query["_since"], zone)?.Low,
            At = Period("_at", request.Query["_at"], zone),
            Access = caller.Access,
        };
    }

    static int Count(string? text) => text is null ? CountDefault
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? Math.Min(count, CountMax)
            : throw new FhirException(ProblemKind.Invalid, "invalid", "'_count' takes a number from 1.");

    /// <summary>A date is all the time it leaves open: https://hl7.org/fhir/R4/search.html#date</summary>
    static DateRangeFilter? Period(string name, string? text, SearchZone zone) => text is null ? null
        : DateRange.TryRead(Encoding.UTF8.GetBytes(text.Replace(' ', '+')), zone, out var range)
            ? new DateRangeFilter(range.Low, range.High.AddTicks(range.High > range.Low ? -1 : 0))
            : throw new FhirException(
                ProblemKind.Invalid,
                "invalid",
                $"'{name}' takes a date or time such as 2026-03-04 or 2026-03-04T05:06:07Z.");

    static SearchCursor Place(StoredResource last) => new(last.Position, last.Entry);

    static string Next(string address, HttpRequest request, string page)
    {
        var kept = request.Query.Where(p => p.Key != PageParameter)
            .SelectMany(p => p.Value, (p, v) => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(v ?? "")}");
        return $"{address}?{string.Join('&', kept.Append($"{PageParameter}={page}"))}";
    }

    static HistoryCursor? Cursor(HttpRequest request, PageLinks links, string walk) =>
        (string?)request.Query[PageParameter] is { } text && links.Read(text, walk) is var place
            ? new HistoryCursor(place.AsOf, (int)place.After)
            : null;
}
