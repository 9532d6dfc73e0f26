using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;

namespace FhirHub.Host.Interactions;

/// <summary>
/// Binary as the content it is: written from any media type and read back as that
/// (https://hl7.org/fhir/R4/binary.html#rest). In FHIR's own media types it is a resource like every other.
/// </summary>
static class Binaries
{
    const string SecurityContext = "X-Security-Context";
    static readonly string[] Methods = ["GET", "HEAD"];

    internal static void Map(IEndpointRouteBuilder fhir)
    {
        fhir.MapPost("/Binary", CreateAsync);
        fhir.MapPut("/Binary/{id}", UpdateAsync);
        fhir.MapMethods("/Binary/{id}", Methods, ReadAsync);
        fhir.MapMethods("/Binary/{id}/_history/{version}", Methods, ReadVersionAsync);
    }

    static async Task CreateAsync(HttpContext http, Writer writer, SearchParser parser, Caller caller)
    {
        if (await RawAsync(http, null) is not { } resource)
        {
            await Create.HandleAsync("Binary", http, writer, parser, caller);
            return;
        }

        var condition = http.Request.Headers["If-None-Exist"].ToString();
        var query = condition.Length == 0 ? null : Condition.Query(parser, caller, "Binary", condition);
        var result = await writer.WriteAsync(new Write.Create(resource, query), caller, http.RequestAborted);
        await AnswerAsync(http, result);
    }

    static async Task UpdateAsync(string id, HttpContext http, Writer writer, Caller caller)
    {
        if (await RawAsync(http, id) is not { } resource)
        {
            await Update.HandleAsync("Binary", id, http, writer, caller);
            return;
        }

        var write = new Write.Update(resource, id, Preferences.Precondition(http.Request));
        await AnswerAsync(http, await writer.WriteAsync(write, caller, http.RequestAborted));
    }

    static async Task ReadAsync(string id, HttpContext http, IResourceStore store, Caller caller)
    {
        if (FhirFormat.IsAsked(http.Request))
        {
            await Read.HandleAsync("Binary", id, http, store, caller);
            return;
        }

        var resource = await Read.FindAsync("Binary", id, null, store, caller, http.RequestAborted);
        if (Read.IsUnchanged(http.Request, resource))
        {
            FhirResult.SetVersion(http.Response, resource);
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await WriteContentAsync(http, resource);
    }

    static async Task ReadVersionAsync(string id, string version, HttpContext http, IResourceStore store, Caller caller)
    {
        if (FhirFormat.IsAsked(http.Request))
        {
            await Read.HandleVersionAsync("Binary", id, version, http, store, caller);
            return;
        }

        await WriteContentAsync(http, await Read.FindVersionAsync("Binary", id, version, http, store, caller));
    }

    /// <summary>The resource around a body of any media type; null when the body is the resource already.</summary>
    static async Task<FhirDocument?> RawAsync(HttpContext http, string? id)
    {
        var contentType = http.Request.ContentType;
        if (string.IsNullOrEmpty(contentType) || FhirFormat.IsOwn(contentType))
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

        return resource.Set("data", System.Convert.ToBase64String(bytes)).Build();
    }

    static bool IsResource(byte[] bytes, WireFormat format)
    {
        var parsed = format == WireFormat.Json
            ? FhirDocument.ParseJson(bytes, ParseOptions.Lenient)
            : FhirDocument.ParseXml(bytes, ParseOptions.Lenient);
        return parsed.Document?.Type.Name == "Binary";
    }

    /// <summary>The client knows the bytes it sent, so they do not come back unless it asks for the resource.</summary>
    static Task AnswerAsync(HttpContext http, WriteResult result)
    {
        if (!FhirFormat.IsAsked(http.Request))
        {
            // Accept may name the content's own type, in which no resource can be written.
            http.Request.Headers.Accept = FhirFormat.Json;
        }

        return FhirResult.WriteAsync(http, result);
    }

    static async Task WriteContentAsync(HttpContext http, StoredResource resource)
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
}
