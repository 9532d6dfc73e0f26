using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Writes;
using FhirHub.Host.Http;

namespace FhirHub.Host.Interactions;

/// <summary>Create and conditional create: https://hl7.org/fhir/R4/http.html#create</summary>
static class Create
{
    internal static void Map(IEndpointRouteBuilder fhir) => fhir.MapPost("/{type}", HandleAsync);

    static async Task HandleAsync(string type, HttpContext http, Writer writer, Conditions conditions, Caller caller)
    {
        QueryRule.Check(http, "Create", FhirRoutes.TypeOf(type));
        var resource = await Binaries.ReadAsync(http, type) ?? await FhirBody.ReadAsync(http, FhirRoutes.TypeOf(type));
        var condition = http.Request.Headers["If-None-Exist"].ToString();
        var query = condition.Length == 0
            ? null
            : await conditions.ReadAsync(caller, type, condition, http.RequestAborted);
        var result = await writer.WriteAsync(new Write.Create(resource, query), caller, http.RequestAborted);
        await FhirResult.WriteAsync(http, result);
    }
}
