using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;

namespace FhirHub.Host.Interactions;

/// <summary>
/// Binary as the content it is: written from any media type and read back as that
/// (https://hl7.org/fhir/R4/binary.html#rest). In FHIR's own media types it is a resource like every other.
/// </summary>
static class Binaries
{
    const string Type = "Binary";
    const string SecurityContext = "X-Security-Context";

    /// <summary>
    /// The resource around a body of any media type; null for other types, or when the body is the resource already.
    /// </summary>
    internal static async Task<FhirDocument?> ReadAsync(HttpContext http, string type, string? id = null)
    {
        var contentType = http.Request.ContentType;
        if (type != Type || string.IsNullOrEmpty(contentType) || FhirFormat.IsOwn(contentType))
        {
            return null;
        }

        var bytes = await FhirBody.BytesAsync(http.Request, http.RequestAborted);
        if (FhirFormat.IsFhir(contentType) && IsResource(bytes, FhirFormat.OfBody(http.Request)))
        {
            // A media type that FHIR shares with others: the content tells which of the two it is.
            http.Request.Body = new MemoryStream(bytes);
            http.Request.ContentLength = bytes.Length;
            return null;
        }

        var resource = FhirBuilder.Create("Binary").Set("contentType", contentType);
        if (id is not null)
        {
            resource.Set("id", id);
        }

        if (http.Request.Headers[SecurityContext].ToString() is { Length: > 0 } context)
        {
            resource.Set("securityContext.reference", context);
        }

        if (!FhirFormat.IsAsked(http.Request))
        {
            // Accept may name the content's own type, in which the answer, a resource, cannot be written.
            http.Request.Headers.Accept = FhirFormat.Json;
        }

        return resource.Set("data", System.Convert.ToBase64String(bytes)).Build();
    }

    /// <summary>
    /// Whether a read is for the content: it is unless the client asks for one of FHIR's formats by name.
    /// </summary>
    internal static bool IsContentAsked(HttpRequest request, string type) =>
        type == Type && !FhirFormat.IsAsked(request);

    internal static async Task WriteAsync(HttpContext http, StoredResource resource)
    {
        var binary = FhirDocument.ParseJson(resource.Json).Root;
        var bytes = System.Convert.FromBase64String(binary.First("data").Text ?? "");
        FhirResult.SetVersion(http.Response, resource);
        http.Response.ContentType = binary.First("contentType").Text;
        http.Response.ContentLength = bytes.Length;
        // What somebody uploaded must not run as a page of this server.
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "sandbox";
        if (binary.First("securityContext").First("reference").Text is { } context)
        {
            http.Response.Headers[SecurityContext] = context;
        }

        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
        }
    }

    static bool IsResource(byte[] bytes, WireFormat format)
    {
        var parsed = format == WireFormat.Json
            ? FhirDocument.ParseJson(bytes, ParseOptions.Lenient)
            : FhirDocument.ParseXml(bytes, ParseOptions.Lenient);
        return parsed.Document?.Type.Name == "Binary";
    }
}
