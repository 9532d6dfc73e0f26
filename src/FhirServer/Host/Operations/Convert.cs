using FhirHub.Host.Http;

namespace FhirHub.Host.Operations;

/// <summary>Convert between JSON and XML: https://hl7.org/fhir/R4/resource-operation-convert.html</summary>
static class Convert
{
    internal static void Map(IEndpointRouteBuilder fhir) => fhir.MapPost("/$convert", HandleAsync);

    static async Task HandleAsync(HttpContext http)
    {
        QueryRule.Check(http, "$convert");
        var result = await FhirBody.ReadAsync(http);
        if (result.Document is { } resource)
        {
            await FhirResult.WriteAsync(http, resource);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        await FhirResult.WriteAsync(http, OutcomeHandler.Outcome(result.Issues));
    }
}
