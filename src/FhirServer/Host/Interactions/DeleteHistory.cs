using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Host.Http;

namespace FhirHub.Host.Interactions;

/// <summary>
/// Delete history: removes all versions but the current one. R4 leaves it to the server
/// (https://hl7.org/fhir/R4/http.html#history); the interaction is the one R5 defines.
/// </summary>
static class DeleteHistory
{
    internal static void Map(IEndpointRouteBuilder fhir) => fhir.MapDelete("/{type}/{id}/_history", HandleAsync);

    static async Task HandleAsync(string type, string id, HttpContext http, IResourceStore store, Caller caller)
    {
        FhirRoutes.TypeOf(type);
        var key = new ResourceKey(caller.Tenant, type, id);
        if (!ResourceId.IsValid(id) || await store.ReadAsync(key, null, http.RequestAborted) is null)
        {
            throw new FhirException(ProblemKind.NotFound, "not-found", $"{key} does not exist.");
        }

        await store.ExpungeAsync(key, keepCurrent: true, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
