using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Writes;
using FhirHub.Host.Http;

namespace FhirHub.Host.Interactions;

/// <summary>Update, update as create, and conditional update: https://hl7.org/fhir/R4/http.html#update</summary>
static class Update
{
    internal static void Map(IEndpointRouteBuilder fhir)
    {
        fhir.MapPut("/{type}/{id}", HandleAsync);
        fhir.MapPut("/{type}", HandleConditionalAsync);
    }

    static async Task HandleAsync(string type, string id, HttpContext http, Writer writer, Caller caller)
    {
        QueryRule.Check(http, "Update", FhirRoutes.TypeOf(type));
        var resource = await Binaries.ReadAsync(http, type, id)
            ?? await FhirBody.ReadAsync(http, FhirRoutes.TypeOf(type));
        var bodyId = resource.Root.First("id").Text;
        if (bodyId != id)
        {
            throw new FhirException(
                ProblemKind.Invalid,
                bodyId is null ? "required" : "value",
                bodyId is null
                    ? $"The resource needs the id of its address: \"id\": \"{id}\"."
                    : "The id of the resource and the id of its address differ.",
                $"{type}.id");
        }

        var write = new Write.Update(resource, id, Preferences.Precondition(http.Request));
        await FhirResult.WriteAsync(http, await writer.WriteAsync(write, caller, http.RequestAborted));
    }

    static async Task HandleConditionalAsync(
        string type, HttpContext http, Writer writer, Conditions conditions, Caller caller)
    {
        var schema = FhirRoutes.TypeOf(type);
        QueryRule.CheckCut(http.Request, schema);
        var resource = await FhirBody.ReadAsync(http, schema);
        var query = await Condition.QueryAsync(conditions, caller, type, http);
        var write = new Write.ConditionalUpdate(resource, query, Preferences.Precondition(http.Request));
        await FhirResult.WriteAsync(http, await writer.WriteAsync(write, caller, http.RequestAborted));
    }
}
