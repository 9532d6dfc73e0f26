using System.Text.Encodings.Web;
using System.Text.Json;
using FhirHub.Core.Storage;
using Microsoft.AspNetCore.WebUtilities;

namespace FhirHub.Host.Jobs;

/// <summary>
/// The complete status (https://hl7.org/fhir/R4/async.html): one file with the one resource the request was answered
/// with. What the file cannot say of the answer stands in an extension, as the bulk data guide provides.
/// </summary>
static class JobManifest
{
    // It is read by programs, not put into a web page: addresses stay readable.
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="job">The job.</param>
    /// <param name="answer">What it was answered.</param>
    /// <param name="address">The address of the job's status.</param>
    /// <param name="needsToken">Whether its files are given only to who shows a token.</param>
    internal static byte[] Make(Job job, JobAnswer answer, string address, bool needsToken)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("transactionTime", FhirTime.Format(answer.TransactionTime));
            json.WriteString("request", job.Url);
            json.WriteBoolean("requiresAccessToken", needsToken);
            json.WriteStartArray("output");
            if (answer.ResourceType is { } type)
            {
                json.WriteStartObject();
                json.WriteString("type", type);
                json.WriteString("url", $"{address}/{JobRoutes.Result}");
                json.WriteNumber("count", 1);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("error");
            json.WriteEndArray();
            json.WriteStartObject("extension");
            json.WriteString("status", Status(answer.Status));
            Optional(json, "location", answer.Location);
            Optional(json, "etag", answer.ETag);
            Optional(json, "lastModified", answer.LastModified);
            json.WriteString("batchResponse", $"{address}/{JobRoutes.Response}");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <summary>A status as <c>Bundle.entry.response.status</c> has it.</summary>
    internal static string Status(int status) => $"{status} {ReasonPhrases.GetReasonPhrase(status)}".TrimEnd();

    static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
