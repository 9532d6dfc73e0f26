using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;

namespace FhirHub.Host.Interactions;

/// <summary>Capabilities: https://hl7.org/fhir/R4/http.html#capabilities</summary>
static class Capabilities
{
    internal static void Map(IEndpointRouteBuilder fhir) => fhir.MapGet("/metadata", HandleAsync);

    static Task HandleAsync(HttpContext http, TimeProvider time) => FhirResult.WriteAsync(http, FhirBuilder
        .Create("CapabilityStatement")
        .Set("status", "active")
        .Set("date", time.GetUtcNow())
        .Set("kind", "instance")
        .Set("software.name", "FhirHub")
        .Set("implementation.description", "FhirHub: the FHIR R4 engine. Storage and REST interactions follow.")
        .Set("fhirVersion", "4.0.1")
        .Add("format", "json")
        .Add("format", "xml")
        .Add("rest", rest => rest
            .Set("mode", "server")
            .Add("operation", o => Operation(o, "convert"))
            .Add("operation", o => Operation(o, "validate")))
        .Build());

    static void Operation(FhirBuilder operation, string name) => operation
        .Set("name", name)
        .Set("definition", $"http://hl7.org/fhir/OperationDefinition/Resource-{name}");
}
