using System.Globalization;
using FhirHub.Core.Model;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Documents;

namespace FhirHub.Host.Http;

/// <summary>
/// Answers with resources: stored ones as the bytes they are, with the headers that go with a version.
/// </summary>
static class FhirResult
{
    /// <summary>Where a version of a resource is found.</summary>
    internal static string Location(HttpContext http, StoredResource resource) =>
        $"{BaseUrl(http)}/{resource.Key}/_history/{resource.Version.ToString(CultureInfo.InvariantCulture)}";

    internal static string BaseUrl(HttpContext http) =>
        $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}{FhirRoutes.Base}";

    internal static int Status(WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Created => StatusCodes.Status201Created,
        WriteOutcome.Deleted or WriteOutcome.Absent => StatusCodes.Status204NoContent,
        _ => StatusCodes.Status200OK,
    };

    /// <summary>Answers a read: the version's bytes, cut and converted only as far as the client asks.</summary>
    internal static Task WriteAsync(HttpContext http, StoredResource resource)
    {
        SetVersion(http.Response, resource);
        return WriteJsonAsync(http, Cut(http, resource));
    }

    /// <summary>Answers a write, with as much of the result as the client prefers.</summary>
    internal static Task WriteAsync(HttpContext http, WriteResult result)
    {
        http.Response.StatusCode = Status(result.Outcome);
        WriteWarnings.Tell(http, result.Warnings);
        if (result.Resource is not { Version: > 0 } resource)
        {
            return Task.CompletedTask;
        }

        SetVersion(http.Response, resource);
        if (http.Response.StatusCode == StatusCodes.Status204NoContent)
        {
            return WriteWarnings.AnswerAsync(http, result.Warnings);
        }

        http.Response.Headers.Location = Location(http, resource);
        return Preferences.Return(http.Request) switch
        {
            ReturnPreference.Minimal => Task.CompletedTask,
            ReturnPreference.OperationOutcome => WriteAsync(http, WriteWarnings.Outcome(result.Warnings)),
            _ => WriteJsonAsync(http, Cut(http, resource)),
        };
    }

    internal static Task WriteAsync(HttpContext http, FhirDocument resource) =>
        WriteAsync(http, resource, FhirFormat.OfAnswer(http.Request));

    internal static Task WriteAsync(HttpContext http, FhirDocument resource, WireFormat format)
    {
        var isPretty = IsPretty(http.Request);
        var body = format == WireFormat.Xml
            ? resource.ToXml(isPretty).AsMemory()
            : isPretty ? resource.ToJson(indented: true).AsMemory() : resource.Json;
        return WriteBytesAsync(http, body, format);
    }

    /// <summary>Answers with JSON we wrote ourselves or stored: parsed only for XML or for people.</summary>
    internal static Task WriteJsonAsync(HttpContext http, ReadOnlyMemory<byte> json)
    {
        var format = FhirFormat.OfAnswer(http.Request);
        return format == WireFormat.Json && !IsPretty(http.Request)
            ? WriteBytesAsync(http, json, format)
            : WriteAsync(http, FhirDocument.ParseJson(json, ParseOptions.Lenient).OrThrow(), format);
    }

    /// <summary>ETag and Last-Modified: https://hl7.org/fhir/R4/http.html#versioning</summary>
    internal static void SetVersion(HttpResponse response, StoredResource resource)
    {
        response.Headers.ETag = $"W/\"{resource.Version.ToString(CultureInfo.InvariantCulture)}\"";
        response.Headers.LastModified = resource.LastUpdated.ToString("R", CultureInfo.InvariantCulture);
        if (response.HttpContext.Features.Get<AnsweredVersion>() is { } answered)
        {
            answered.LastUpdated = resource.LastUpdated;
        }
    }

    static bool IsPretty(HttpRequest request) =>
        request.Query["_pretty"] == "true" && request.HttpContext.Features.Get<KeptAnswer>() is null;

    static ReadOnlyMemory<byte> Cut(HttpContext http, StoredResource resource) =>
        Preferences.Filter(http.Request, FhirRoutes.TypeOf(resource.Key.Type)) is { } filter
            ? filter.Apply(resource.Json.Span, Fhir.Definitions.FhirSchema.R4)
            : resource.Json;

    static async Task WriteBytesAsync(HttpContext http, ReadOnlyMemory<byte> body, WireFormat format)
    {
        http.Response.ContentType = FhirFormat.MediaType(format);
        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
        }
    }
}
