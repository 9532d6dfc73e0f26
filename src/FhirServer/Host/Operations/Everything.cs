using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Host.Http;
using FhirHub.Host.Interactions;

namespace FhirHub.Host.Operations;

/// <summary>
/// Everything about a patient, or about all of them (https://hl7.org/fhir/R4/patient-operation-everything.html), or
/// about an encounter (https://hl7.org/fhir/R4/encounter-operation-everything.html), page by page.
/// </summary>
static class Everything
{
    const int CountMax = 1000;
    const string PageParameter = PageLinks.Parameter;

    static readonly string[] Methods = ["GET", "HEAD", "POST"];
    static readonly string[] OfEncounter = ["_since", "_type", "_count", "_summary", PageParameter];
    static readonly string[] OfPatient = ["start", "end", .. OfEncounter];

    internal static void Map(IEndpointRouteBuilder fhir)
    {
        fhir.MapMethods("/Patient/{id}/$everything", Methods, HandlePatientAsync);
        fhir.MapMethods("/Patient/$everything", Methods, HandlePatientsAsync);
        fhir.MapMethods("/Encounter/{id}/$everything", Methods, HandleEncounterAsync);
    }

    static Task HandlePatientAsync(
        string id, HttpContext http, EverythingSource source, PageLinks links, Caller caller) =>
        HandleAsync("Patient", id, OfPatient, http, (source, links), caller);

    static Task HandleEncounterAsync(
        string id, HttpContext http, EverythingSource source, PageLinks links, Caller caller) =>
        HandleAsync("Encounter", id, OfEncounter, http, (source, links), caller);

    static async Task HandleAsync(
        string type,
        string id,
        string[] known,
        HttpContext http,
        (EverythingSource Source, PageLinks Links) services,
        Caller caller)
    {
        var (source, links) = services;
        var about = $"{caller.Tenant} {caller.Name} {type}/{id}/$everything";
        // 1. What is asked.
        var cancel = http.RequestAborted;
        var parameters = await OperationParameters.ReadAsync(http, known);
        QueryRule.CheckNoCount(http.Request);
        var focus = await Read.FindAsync(type, id, null, source.Store, caller, cancel);
        var query = Query(parameters);
        var count = Math.Min(parameters.Number("_count") ?? CountMax, CountMax);
        var start = parameters[PageParameter] is { } text
            ? EverythingCursor.Read(links.ReadText(text, about))
            : EverythingCursor.Start;

        // 2. What is found, and whether there is more.
        var walk = new EverythingWalk(source, focus, query, caller);
        var (found, next) = count == 0 ? ([], null) : await walk.TakeAsync(start, count, cancel);
        var hasMore = next is not null && (await walk.TakeAsync(next, 1, cancel)).Found.Count > 0;

        // 3. The bundle.
        await WriteAsync(http, $"{type}/{id}", parameters, found, hasMore ? links.WriteText($"{next}", about) : null);
    }

    /// <summary>Everything about all patients, one after the other.</summary>
    static async Task HandlePatientsAsync(
        HttpContext http, EverythingSource source, PageLinks links, Caller caller)
    {
        var about = $"{caller.Tenant} {caller.Name} Patient/$everything";
        var parameters = await OperationParameters.ReadAsync(http, OfPatient);
        QueryRule.CheckNoCount(http.Request);
        var query = Query(parameters);
        var count = Math.Min(parameters.Number("_count") ?? CountMax, CountMax);
        var start = parameters[PageParameter] is { } text
            ? PatientsCursor.Read(links.ReadText(text, about))
            : PatientsCursor.Start;
        var walk = new PatientsWalk(source, query, caller);
        var (found, next) = count == 0 ? ([], null) : await walk.TakeAsync(start, count, http.RequestAborted);
        await WriteAsync(http, "Patient", parameters, found, next is null ? null : links.WriteText($"{next}", about));
    }

    static async Task WriteAsync(
        HttpContext http,
        string about,
        OperationParameters parameters,
        IReadOnlyCollection<StoredResource> found,
        string? next)
    {
        var address = $"{FhirResult.BaseUrl(http)}/{about}/$everything";
        var kept = parameters.Pairs().Where(p => p.Key != PageParameter).ToList();
        var isWhole = parameters[PageParameter] is null && next is null && parameters.Number("_count") != 0;
        using var bundle = new BundleWriter("searchset", FhirResult.BaseUrl(http), isWhole ? found.Count : null);
        bundle.Links(
            ("self", Url(address, parameters.Pairs())),
            ("next", next is null ? null : Url(address, [.. kept, KeyValuePair.Create(PageParameter, next)])));
        if (found.Count > 0)
        {
            bundle.StartEntries();
            foreach (var resource in found)
            {
                bundle.Match(resource, Preferences.Filter(http.Request, FhirRoutes.TypeOf(resource.Key.Type)));
            }

            bundle.EndEntries();
        }

        await FhirResult.WriteJsonAsync(http, bundle.End());
    }

    static EverythingQuery Query(OperationParameters parameters)
    {
        foreach (var type in parameters.List("_type"))
        {
            FhirRoutes.TypeOf(type);
        }

        DateRange? care = parameters["start"] is null && parameters["end"] is null
            ? null
            : new DateRange(
                Day(parameters, "start")?.Low ?? DateRange.Open.Low,
                Day(parameters, "end")?.High ?? DateRange.Open.High);
        return new EverythingQuery(parameters.List("_type"), parameters.Instant("_since"), care);
    }

    static DateRange? Day(OperationParameters parameters, string name) => parameters[name] is not { } text ? null
        : DateRange.TryRead(System.Text.Encoding.UTF8.GetBytes(text), SearchZone.China, out var range) ? range
        : throw OperationParameters.Refused($"'{name}' takes a date such as 2026, 2026-03 or 2026-03-04.");

    static string Url(string address, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var pairs = parameters.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}");
        var query = string.Join('&', pairs);
        return query.Length == 0 ? address : $"{address}?{query}";
    }
}
