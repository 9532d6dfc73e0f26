using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Host.Http;

namespace FhirHub.Host.Operations;

/// <summary>
/// Removes versions for good, which FHIR leaves to each server (https://hl7.org/fhir/R4/http.html#history): earlier
/// versions, or all of a resource that was deleted. A live resource has to be deleted first, so that one slip of the
/// hand loses nothing.
/// </summary>
static class Expunge
{
    const string Previous = "expungePreviousVersions";
    const string Deleted = "expungeDeletedResources";

    internal static void Map(IEndpointRouteBuilder fhir) => fhir.MapPost("/{type}/{id}/$expunge", HandleAsync);

    /// <summary>Refuses, unless the deployment lets everybody who reaches it remove versions for good.</summary>
    internal static void CheckAllowed(HubOptions options)
    {
        if (!options.AllowsExpunge)
        {
            throw new FhirException(
                ProblemKind.Forbidden,
                "forbidden",
                "This server removes nothing for good; Hub:AllowsExpunge=true (Hub__AllowsExpunge in the environment) "
                    + "lets everybody who reaches it do so.");
        }
    }

    static async Task HandleAsync(
        string type, string id, HttpContext http, IResourceStore store, HubOptions options, Caller caller)
    {
        FhirRoutes.TypeOf(type);
        CheckAllowed(options);
        var parameters = await OperationParameters.ReadAsync(http, Previous, Deleted);
        var (previous, deleted) = (parameters.Flag(Previous), parameters.Flag(Deleted));
        if (!previous && !deleted)
        {
            throw new FhirException(
                ProblemKind.Invalid, "required", $"Say what to remove: {Previous}=true, {Deleted}=true or both.");
        }

        var key = new ResourceKey(caller.Tenant, type, id);
        var current = ResourceId.IsValid(id)
            ? await store.ReadAsync(key, null, caller.Access, http.RequestAborted)
            : null;
        if (current is null)
        {
            throw new FhirException(ProblemKind.NotFound, "not-found", $"{key} does not exist.");
        }

        if (deleted && !previous && !current.IsDeleted)
        {
            throw new FhirException(
                ProblemKind.Conflict, "conflict", $"{key} is not deleted; delete it before its versions are removed.");
        }

        var count = await store.ExpungeAsync(key, !(deleted && current.IsDeleted), http.RequestAborted);
        await FhirResult.WriteAsync(http, OperationParameters.Answer("count", p => p.Set("valueInteger", count)));
    }
}
