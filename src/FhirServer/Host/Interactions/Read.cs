using System.Globalization;
using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;

namespace FhirHub.Host.Interactions;

/// <summary>Read and vread: https://hl7.org/fhir/R4/http.html#read</summary>
static class Read
{
    static readonly string[] Methods = ["GET", "HEAD"];

    internal static void Map(IEndpointRouteBuilder fhir)
    {
        fhir.MapMethods("/{type}/{id}", Methods, HandleAsync);
        fhir.MapMethods("/{type}/{id}/_history/{version}", Methods, HandleVersionAsync);
    }

    static async Task HandleAsync(string type, string id, HttpContext http, IResourceStore store, Caller caller)
    {
        QueryRule.Check(http, "Read", FhirRoutes.TypeOf(type));
        await WriteAsync(http, await FindAsync(type, id, null, store, caller, http.RequestAborted));
    }

    static async Task HandleVersionAsync(
        string type, string id, string version, HttpContext http, IResourceStore store, Caller caller)
    {
        QueryRule.Check(http, "Vread", FhirRoutes.TypeOf(type));
        var isNumber = long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed);
        var number = isNumber ? parsed : 0;
        await WriteAsync(http, await FindAsync(type, id, number, store, caller, http.RequestAborted));
    }

    static Task WriteAsync(HttpContext http, StoredResource resource)
    {
        if (IsUnchanged(http.Request, resource))
        {
            FhirResult.SetVersion(http.Response, resource);
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        return Binaries.IsContentAsked(http.Request, resource.Key.Type)
            ? Binaries.WriteAsync(http, resource)
            : FhirResult.WriteAsync(http, resource);
    }

    /// <summary>The resource or the version; 404 where it never was, 410 where it was deleted.</summary>
    internal static async Task<StoredResource> FindAsync(
        string type, string id, long? version, IResourceStore store, Caller caller, CancellationToken cancel)
    {
        FhirRoutes.TypeOf(type);
        var found = ResourceId.IsValid(id)
            ? await store.ReadAsync(new ResourceKey(caller.Tenant, type, id), version, caller.Access, cancel)
            : null;
        if (found is null)
        {
            var what = version is null ? $"{type}/{id}" : $"Version {version} of {type}/{id}";
            throw new FhirException(ProblemKind.NotFound, "not-found", $"{what} does not exist.");
        }

        return found.IsDeleted
            ? throw new FhirException(
                ProblemKind.Gone, "deleted", $"{found.Key} was deleted with version {found.Version}.")
            : found;
    }

    /// <summary>The same, parsed: what was accepted once is read, whatever the definitions say of it now.</summary>
    internal static async Task<FhirDocument> DocumentAsync(
        string type, string id, IResourceStore store, Caller caller, CancellationToken cancel)
    {
        var stored = await FindAsync(type, id, null, store, caller, cancel);
        return FhirDocument.ParseJson(stored.Json, ParseOptions.Lenient).OrThrow();
    }

    /// <summary>https://hl7.org/fhir/R4/http.html#cread</summary>
    static bool IsUnchanged(HttpRequest request, StoredResource resource)
    {
        var tags = request.Headers.IfNoneMatch;
        if (tags.Count > 0)
        {
            var own = resource.Version.ToString(CultureInfo.InvariantCulture);
            return tags.SelectMany(t => (t ?? "").Split(',', StringSplitOptions.TrimEntries))
                .Any(tag => tag == "*" || tag == $"W/\"{own}\"" || tag == $"\"{own}\"");
        }

        // The header counts whole seconds.
        return request.GetTypedHeaders().IfModifiedSince is { } since
            && resource.LastUpdated.ToUnixTimeSeconds() <= since.ToUnixTimeSeconds();
    }
}
