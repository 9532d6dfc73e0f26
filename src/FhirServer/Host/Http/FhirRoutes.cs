using FhirHub.Core.Model;
using FhirHub.Host.Interactions;
using FhirHub.Host.Operations;

namespace FhirHub.Host.Http;

/// <summary>Every route of the server.</summary>
static class FhirRoutes
{
    internal static void Map(IEndpointRouteBuilder fhir)
    {
        Capabilities.Map(fhir);
        Validate.Map(fhir);
        Operations.Convert.Map(fhir);
        fhir.MapFallback(static (HttpContext http) => throw new FhirException(
            ProblemKind.NotFound,
            "not-found",
            $"Nothing is served at '{http.Request.Path}'. GET /metadata lists what is."));
    }
}
