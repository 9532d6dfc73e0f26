using System.Buffers;
using FhirHub.Host.Http;

namespace FhirHub.Host.Jobs;

/// <summary>
/// The resource a job was answered with, as NDJSON unless another format is asked for by name
/// (https://hl7.org/fhir/R4/async.html, File Requests).
/// </summary>
static class JobResult
{
    internal const string Ndjson = "application/fhir+ndjson";
    const int BufferBytes = 64 * 1024;

    static readonly SearchValues<byte> LineBreaks = SearchValues.Create("\r\n"u8);

    internal static bool IsNdjson(string? mediaType) => mediaType?.Split(';')[0].Trim().ToLowerInvariant()
        is Ndjson or "application/ndjson" or "application/x-ndjson" or "ndjson";

    internal static async Task WriteAsync(HttpContext http, FileStream json)
    {
        if (IsNdjsonAsked(http.Request))
        {
            http.Response.ContentType = Ndjson;
            http.Response.ContentLength = json.Length + 1;
            if (!HttpMethods.IsHead(http.Request.Method))
            {
                await WriteLineAsync(json, http.Response.Body, http.RequestAborted);
            }

            return;
        }

        var bytes = new byte[json.Length];
        await json.ReadExactlyAsync(bytes, http.RequestAborted);
        await FhirResult.WriteJsonAsync(http, bytes);
    }

    /// <summary>
    /// The JSON as one line. Between its tokens a line break means no more than a space, and within a string it cannot
    /// stand.
    /// </summary>
    internal static async Task WriteLineAsync(Stream json, Stream line, CancellationToken cancel)
    {
        var buffer = new byte[BufferBytes];
        int count;
        while ((count = await json.ReadAsync(buffer, cancel)) > 0)
        {
            buffer.AsSpan(0, count).ReplaceAny(LineBreaks, (byte)' ');
            await line.WriteAsync(buffer.AsMemory(0, count), cancel);
        }

        await line.WriteAsync("\n"u8.ToArray(), cancel);
    }

    static bool IsNdjsonAsked(HttpRequest request)
    {
        if (request.Query["_format"] is [{ Length: > 0 } wanted, ..])
        {
            return IsNdjson(wanted.Replace(' ', '+'));
        }

        var accepted = request.GetTypedHeaders().Accept;
        foreach (var type in accepted.Where(t => t.Quality is not 0).OrderByDescending(t => t.Quality ?? 1))
        {
            if (IsNdjson(type.MediaType.Value) || type.MatchesAllTypes || type.MediaType == "application/*")
            {
                return true;
            }

            if (FhirFormat.IsFhir(type.MediaType.Value ?? ""))
            {
                return false;
            }
        }

        return accepted.Count == 0;
    }
}
