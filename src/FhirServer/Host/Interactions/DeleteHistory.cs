using System.Globalization;
using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Host.Http;
using FhirHub.Host.Operations;

namespace FhirHub.Host.Interactions;

/// <summary>
/// Delete history: removes all versions but the current one, or one of them. R4 leaves it to the server
/// (https://hl7.org/fhir/R4/http.html#history); the interactions are those R5 defines
/// (https://hl7.org/fhir/R5/http.html#delete-history-version).
/// </summary>
static class DeleteHistory
{
    internal static void Map(IEndpointRouteBuilder fhir)
    {
        fhir.MapDelete("/{type}/{id}/_history", HandleAsync);
        fhir.MapDelete("/{type}/{id}/_history/{version}", HandleVersionAsync);
    }

    static async Task HandleAsync(
        string type, string id, HttpContext http, IResourceStore store, HubOptions options, Caller caller)
    {
        QueryRule.Check(http, "Delete history");
        var current = await CurrentAsync(type, id, store, options, caller, http.RequestAborted);
        await store.ExpungeAsync(current.Key, keepCurrent: true, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    static async Task HandleVersionAsync(
        string type,
        string id,
        string version,
        HttpContext http,
        IResourceStore store,
        HubOptions options,
        Caller caller)
    {
        QueryRule.Check(http, "Delete history version");
        var current = await CurrentAsync(type, id, store, options, caller, http.RequestAborted);
        if (!long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number < 1 || number > current.Version)
        {
            throw new FhirException(
                ProblemKind.NotFound, "not-found", $"{current.Key} never had a version '{version}'.");
        }

        // A current version never becomes an earlier one by itself, so whoever comes in between changes nothing here.
        if (number == current.Version)
        {
            throw new FhirException(
                ProblemKind.Conflict,
                "conflict",
                $"Version {number} of {current.Key} is the current one; delete the resource, or update it first.");
        }

        await store.ExpungeVersionAsync(current.Key, number, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>The current version, deleted or not.</summary>
    static async Task<StoredResource> CurrentAsync(
        string type, string id, IResourceStore store, HubOptions options, Caller caller, CancellationToken cancel)
    {
        FhirRoutes.TypeOf(type);
        Expunge.CheckAllowed(options);
        var key = new ResourceKey(caller.Tenant, type, id);
        return (ResourceId.IsValid(id) ? await store.ReadAsync(key, null, caller.Access, cancel) : null)
            ?? throw new FhirException(ProblemKind.NotFound, "not-found", $"{key} does not exist.");
    }
}
