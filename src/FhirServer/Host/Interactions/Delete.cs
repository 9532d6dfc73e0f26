using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Writes;
using FhirHub.Host.Http;

namespace FhirHub.Host.Interactions;

/// <summary>Delete and conditional delete: https://hl7.org/fhir/R4/http.html#delete</summary>
static class Delete
{
    internal static void Map(IEndpointRouteBuilder fhir)
    {
        fhir.MapDelete("/{type}/{id}", HandleAsync);
        fhir.MapDelete("/{type}", HandleConditionalAsync);
    }

    static async Task HandleAsync(string type, string id, HttpContext http, Writer writer, Caller caller)
    {
        FhirRoutes.TypeOf(type);
        QueryRule.Check(http, "Delete");
        var write = new Write.Delete(type, id, Preferences.Precondition(http.Request));
        await FhirResult.WriteAsync(http, await writer.WriteAsync(write, caller, http.RequestAborted));
    }

    static async Task HandleConditionalAsync(
        string type, HttpContext http, Writer writer, Conditions conditions, HubOptions options, Caller caller)
    {
        FhirRoutes.TypeOf(type);
        var query = await Condition.QueryAsync(conditions, caller, type, http);
        var write = new Write.ConditionalDelete(query, options.DeletesMany);
        var results = await writer.WriteAllAsync([write], caller, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        List<Problem> warnings = [.. results.SelectMany(r => r.Warnings)];
        WriteWarnings.Tell(http, warnings);
        await WriteWarnings.AnswerAsync(http, warnings);
    }
}
