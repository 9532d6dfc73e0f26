using FhirHub.Fhir.Documents;

namespace FhirHub.Host.Http;

/// <summary>Answers with a resource in the format the client asked for.</summary>
static class FhirResult
{
    internal static Task WriteAsync(HttpContext http, FhirDocument resource) =>
        WriteAsync(http, resource, FhirFormat.OfAnswer(http.Request));

    internal static async Task WriteAsync(HttpContext http, FhirDocument resource, WireFormat format)
    {
        var isPretty = http.Request.Query["_pretty"] == "true";
        var body = format == WireFormat.Xml
            ? resource.ToXml(isPretty).AsMemory()
            : isPretty ? resource.ToJson(indented: true).AsMemory() : resource.Json;
        http.Response.ContentType = FhirFormat.MediaType(format);
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
