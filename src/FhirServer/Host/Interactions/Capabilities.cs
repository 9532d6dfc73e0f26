using FhirHub.Core.Model;
using FhirHub.Host.Http;
using FhirHub.Terminology;

namespace FhirHub.Host.Interactions;

/// <summary>Capabilities: https://hl7.org/fhir/R4/http.html#capabilities</summary>
static class Capabilities
{
    static readonly string[] Methods = ["GET", "HEAD"];
    static readonly string[] Known = ["mode", .. QueryRule.OfResource];

    internal static void Map(IEndpointRouteBuilder fhir) => fhir.MapMethods("/metadata", Methods, HandleAsync);

    static async Task HandleAsync(
        HttpContext http, CapabilityCache cache, HubTerminology terminology, TimeProvider time, Caller caller)
    {
        QueryRule.Check(http, "Capabilities", Known);
        var mode = http.Request.Query["mode"].ToString() switch
        {
            "" or "full" => CapabilityMode.Full,
            "normative" => CapabilityMode.Normative,
            "terminology" => CapabilityMode.Terminology,
            _ => throw new FhirException(
                ProblemKind.Invalid, "invalid", "'mode' takes full, normative or terminology."),
        };
        var statement = mode == CapabilityMode.Terminology
            ? TerminologyDescription.Make(
                FhirResult.BaseUrl(http),
                time.GetUtcNow(), // what is stored may be other code systems at every request
                await terminology.CodeSystemsAsync(caller, http.RequestAborted))
            : cache.Of(mode, FhirResult.BaseUrl(http), caller);
        await (Preferences.Filter(http.Request, statement.Type) is { } filter
            ? FhirResult.WriteJsonAsync(http, filter.Apply(statement.Json.Span, statement.Schema))
            : FhirResult.WriteAsync(http, statement));
    }
}
