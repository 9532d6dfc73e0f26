using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Patches;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace FhirHub.Host.Http;

/// <summary>Reads what a request carries.</summary>
static class FhirBody
{
    /// <summary>The longest body that is given its memory before it has arrived.</summary>
    const int ClaimedBytesMax = 1024 * 1024;

    /// <summary>More parameters than any search may have.</summary>
    const int FormPairsMax = 1024;

    /// <summary>More than any body has unless a deployment wants larger ones.</summary>
    const int UsualBytesMax = 64 * 1024 * 1024;

    /// <summary>Reads and parses the body; what is wrong with it is in the result.</summary>
    internal static async Task<ParseResult> ReadAsync(HttpContext http)
    {
        var (format, bytes) = await ReadBytesAsync(http);
        return Parse(format, bytes, ParseOptions.Strict);
    }

    internal static async Task<(WireFormat Format, byte[] Bytes)> ReadBytesAsync(HttpContext http)
    {
        var format = FhirFormat.OfBody(http.Request);
        FhirFormat.OfAnswer(http.Request); // refused now rather than after the write it would belong to
        return (format, await BytesAsync(http.Request, http.RequestAborted));
    }

    internal static ParseResult Parse(WireFormat format, byte[] bytes, ParseOptions options) =>
        format == WireFormat.Json
        ? FhirDocument.ParseJson(bytes, options)
        : FhirDocument.ParseXml(bytes, options);

    /// <summary>Reads a resource of the type its address names, or says everything that is wrong with it.</summary>
    internal static async Task<FhirDocument> ReadAsync(HttpContext http, TypeSchema expected)
    {
        var resource = (await ReadAsync(http)).OrThrow();
        return resource.Type == expected
            ? resource
            : throw new FhirException(
                ProblemKind.Invalid,
                "invalid",
                $"Expected a {expected.Name} at this address, found a {resource.Type.Name}.");
    }

    /// <summary>Reads a patch, whose format its media type says: https://hl7.org/fhir/R4/http.html#patch</summary>
    internal static async Task<PatchBody> ReadPatchAsync(HttpContext http)
    {
        var named = MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) ? type.MediaType.Value : null;
        PatchFormat? format = named?.ToLowerInvariant() switch
        {
            "application/json-patch+json" => PatchFormat.JsonPatch,
            "application/xml-patch+xml" => PatchFormat.XmlPatch,
            { } fhir when FhirFormat.IsFhir(fhir) => FhirFormat.OfBody(http.Request) == WireFormat.Json
                ? PatchFormat.FhirPathInJson
                : PatchFormat.FhirPathInXml,
            _ => null,
        };
        if (format is null)
        {
            throw new FhirException(
                ProblemKind.UnsupportedMediaType,
                "not-supported",
                "Send a patch as application/json-patch+json, application/xml-patch+xml, or as Parameters in "
                    + $"{FhirFormat.Json} or {FhirFormat.Xml}.");
        }

        FhirFormat.OfAnswer(http.Request); // refused now rather than after the write it would belong to
        return new PatchBody(format.Value, await BytesAsync(http.Request, http.RequestAborted));
    }

    internal static void RequireUnpacked(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } packed && packed != "identity")
        {
            throw new FhirException(
                ProblemKind.UnsupportedMediaType,
                "not-supported",
                $"Send the body as it is: '{packed}' is not unpacked here.");
        }
    }

    internal static async Task<byte[]> BytesAsync(HttpRequest request, CancellationToken cancel)
    {
        RequireUnpacked(request);
        try
        {
            var bytes = await ReceiveAsync(request, cancel);
            GiveBackAtEnd(request.HttpContext, bytes.Length);
            return bytes.Length > 0
                ? bytes
                : throw new FhirException(ProblemKind.Invalid, "required", "The request needs a resource as its body.");
        }
        catch (IOException broken) when (broken is not BadHttpRequestException)
        {
            throw BrokenOff();
        }
    }

    /// <summary>Keeps a body for later, as it is.</summary>
    internal static async Task CopyToAsync(HttpRequest request, Stream target)
    {
        try
        {
            await request.Body.CopyToAsync(target, request.HttpContext.RequestAborted);
        }
        catch (IOException broken) when (broken is not BadHttpRequestException)
        {
            throw BrokenOff();
        }
    }

    /// <summary>The pairs of a form, as a search by POST has them.</summary>
    internal static async Task<List<KeyValuePair<string, string>>> FormAsync(HttpContext http)
    {
        // ASP.NET's own form is a dictionary: it would take NAME for name, and forget the order.
        using var reader = new FormReader(http.Request.Body, FormEncoding(http.Request));
        try
        {
            var pairs = new List<KeyValuePair<string, string>>();
            while (await reader.ReadNextPairAsync(http.RequestAborted) is { } pair)
            {
                if (pairs.Count == FormPairsMax)
                {
                    throw new FhirException(
                        ProblemKind.Invalid,
                        "too-long",
                        $"The form has more parameters than the limit of {FormPairsMax}.");
                }

                pairs.Add(pair);
            }

            return pairs;
        }
        catch (InvalidDataException tooMuch)
        {
            // Its text names the limit and nothing of the form.
            throw new FhirException(ProblemKind.Invalid, "too-long", $"The form cannot be read: {tooMuch.Message}");
        }
        catch (IOException broken) when (broken is not BadHttpRequestException)
        {
            throw BrokenOff();
        }
    }

    /// <summary>Whether the body is a form, the one form that parameters of searches come as.</summary>
    internal static bool IsForm(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    static Encoding FormEncoding(HttpRequest request)
    {
        var charset = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.ContentType).Charset);
        try
        {
            return charset.HasValue ? Encoding.GetEncoding(charset.Value) : Encoding.UTF8;
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            throw new FhirException(
                ProblemKind.UnsupportedMediaType,
                "not-supported",
                "The charset of the form is not known here; use UTF-8.");
        }
    }

    static async Task<byte[]> ReceiveAsync(HttpRequest request, CancellationToken cancel)
    {
        if (request.ContentLength is { } length and <= ClaimedBytesMax)
        {
            // The array is exactly what the document keeps; a larger claim gets memory only as its bytes arrive.
            var bytes = new byte[length];
            await request.Body.ReadExactlyAsync(bytes, cancel);
            return bytes;
        }

        if (request.ContentLength is not { } claimed)
        {
            var body = new MemoryStream();
            await request.Body.CopyToAsync(body, cancel);
            return body.ToArray();
        }

        // Twice as much each time that what there is has come, and in the end what was claimed.
        var received = new byte[ClaimedBytesMax];
        await request.Body.ReadExactlyAsync(received, cancel);
        while (received.Length < claimed)
        {
            var had = received.Length;
            Array.Resize(ref received, (int)Math.Min(claimed, had * 2L));
            await request.Body.ReadExactlyAsync(received.AsMemory(had), cancel);
        }

        return received;
    }

    /// <summary>
    /// After a request about a resource of hundreds of megabytes several times as much is free, which would stay with
    /// the process until the collector looks at large objects again: on a quiet server never.
    /// </summary>
    internal static void GiveBackAtEnd(HttpContext http, long bytes)
    {
        if (bytes > UsualBytesMax)
        {
            http.Response.OnCompleted(static () =>
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                return Task.CompletedTask;
            });
        }
    }

    static FhirException BrokenOff() => new(
        ProblemKind.Invalid, "structure", "The body breaks off, or its chunks are not as HTTP wants them.");
}
