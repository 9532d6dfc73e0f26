using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Writes;
using FhirHub.Host.Http;

namespace FhirHub.Host.Interactions;

/// <summary>Patch and conditional patch, in all three formats: https://hl7.org/fhir/R4/http.html#patch</summary>
static class Patch
{
    internal static void Map(IEndpointRouteBuilder fhir)
    {
        fhir.MapPatch("/{type}/{id}", HandleAsync);
        fhir.MapPatch("/{type}", HandleConditionalAsync);
    }

    static async Task HandleAsync(string type, string id, HttpContext http, Writer writer, Caller caller)
    {
        QueryRule.Check(http, "Patch", FhirRoutes.TypeOf(type));
        var body = await FhirBody.ReadPatchAsync(http);
        var write = new Write.Patch(type, id, body, Preferences.Precondition(http.Request));
        await FhirResult.WriteAsync(http, await writer.WriteAsync(write, caller, http.RequestAborted));
    }

    static async Task HandleConditionalAsync(
        string type, HttpContext http, Writer writer, Conditions conditions, Caller caller)
    {
        QueryRule.CheckCut(http.Request, FhirRoutes.TypeOf(type));
        var body = await FhirBody.ReadPatchAsync(http);
        var query = await Condition.QueryAsync(conditions, caller, type, http);
        var write = new Write.ConditionalPatch(query, body, Preferences.Precondition(http.Request));
        await FhirResult.WriteAsync(http, await writer.WriteAsync(write, caller, http.RequestAborted));
    }
}
