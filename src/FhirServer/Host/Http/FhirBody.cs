using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;

namespace FhirHub.Host.Http;

/// <summary>Reads the resource in a request body.</summary>
static class FhirBody
{
    /// <summary>Reads and parses the body; what is wrong with it is in the result.</summary>
    internal static async Task<ParseResult> ReadAsync(HttpContext http)
    {
        var format = FhirFormat.OfBody(http.Request);
        var bytes = await BytesAsync(http.Request, http.RequestAborted);
        if (bytes.Length == 0)
        {
            throw new FhirException(ProblemKind.Invalid, "required", "The request needs a resource as its body.");
        }

        return format == WireFormat.Json
            ? FhirDocument.ParseJson(bytes, ParseOptions.Strict)
            : FhirDocument.ParseXml(bytes, ParseOptions.Strict);
    }

    static async Task<byte[]> BytesAsync(HttpRequest request, CancellationToken cancel)
    {
        if (request.ContentLength is { } length)
        {
            // Kestrel has refused what is longer than the limit; the array is exactly what the document keeps.
            var exact = new byte[length];
            await request.Body.ReadExactlyAsync(exact, cancel);
            return exact;
        }

        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancel);
        return body.ToArray();
    }
}
