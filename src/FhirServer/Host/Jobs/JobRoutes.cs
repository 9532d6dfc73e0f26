using System.Globalization;
using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;

namespace FhirHub.Host.Jobs;

/// <summary>State, result and cancellation of asynchronous requests: https://hl7.org/fhir/R4/async.html</summary>
static class JobRoutes
{
    internal const string Segment = "_async";
    internal const string Start = $"{FhirRoutes.Base}/{Segment}/";
    internal const string Result = "result";
    internal const string Response = "response";

    static readonly string[] Reads = ["GET", "HEAD"];

    internal static void Map(IEndpointRouteBuilder fhir)
    {
        fhir.MapMethods($"/{Segment}/{{job}}", Reads, StatusAsync);
        fhir.MapDelete($"/{Segment}/{{job}}", DeleteAsync);
        fhir.MapMethods($"/{Segment}/{{job}}/{Result}", Reads, ResultAsync);
        fhir.MapMethods($"/{Segment}/{{job}}/{Response}", Reads, ResponseAsync);
    }

    static async Task StatusAsync(
        string job, HttpContext http, JobQueue queue, JobFolder folder, TimeProvider time, Caller caller)
    {
        var state = queue.Find(job, caller);
        http.Response.Headers.CacheControl = "no-store";
        if (state.Job.Answer is not { } answer)
        {
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            http.Response.Headers["X-Progress"] = state.Run?.Progress ?? "waiting";
            http.Response.Headers.RetryAfter =
                RetrySeconds(time.GetUtcNow() - state.Job.Accepted).ToString(CultureInfo.InvariantCulture);
            return;
        }

        SetExpires(http.Response, queue, answer);
        if (answer.IsFailure)
        {
            await FailAsync(http, answer, await ReadAsync(folder, job, http.RequestAborted));
            return;
        }

        var manifest = JobManifest.Make(state.Job, answer, $"{FhirResult.BaseUrl(http)}/{Segment}/{job}", false);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = manifest.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(manifest, http.RequestAborted);
        }
    }

    static async Task ResultAsync(string job, HttpContext http, JobQueue queue, JobFolder folder, Caller caller)
    {
        var answer = Answer(queue.Find(job, caller));
        if (answer.ResourceType is null)
        {
            throw new FhirException(ProblemKind.NotFound, "not-found", "The request was answered without a resource.");
        }

        SetExpires(http.Response, queue, answer);
        await using var file = folder.OpenResult(job);
        await JobResult.WriteAsync(http, file);
    }

    /// <summary>The answer with its own status, as the entry of a batch has it.</summary>
    static async Task ResponseAsync(string job, HttpContext http, JobQueue queue, JobFolder folder, Caller caller)
    {
        var answer = Answer(queue.Find(job, caller));
        SetExpires(http.Response, queue, answer);
        using var bundle = new BundleWriter("batch-response", FhirResult.BaseUrl(http));
        bundle.StartEntries();
        bundle.Response(new EntryResponse(answer.Status)
        {
            Location = answer.Location,
            ETag = answer.ETag,
            LastModified = answer.LastModified,
            Json = answer.ResourceType is null ? default : await ReadAsync(folder, job, http.RequestAborted),
            IsOutcome = answer.IsFailure,
        });
        bundle.EndEntries();
        await FhirResult.WriteJsonAsync(http, bundle.End());
    }

    static async Task DeleteAsync(string job, HttpContext http, JobQueue queue, Caller caller)
    {
        var state = queue.Find(job, caller);
        queue.Forget(state);
        http.Response.StatusCode = StatusCodes.Status202Accepted;
        await FhirResult.WriteAsync(http, OutcomeHandler.Information(state.Job.Answer is null
            ? "The request is cancelled. What it had changed already stays changed."
            : "The result is removed."));
    }

    /// <summary>R4 has 5XX and JSON for every failure; the outcome tells what the status would have been.</summary>
    static async Task FailAsync(HttpContext http, JobAnswer answer, byte[] json)
    {
        var parsed = json.Length == 0 ? null : FhirDocument.ParseJson(json, ParseOptions.Lenient).Document;
        var outcome = parsed?.Type.Name == "OperationOutcome"
            ? FhirBuilder.From(parsed)
            : FhirBuilder.Create("OperationOutcome");
        outcome.Add("issue", i => i
            .Set("severity", parsed is null ? "error" : "information")
            .Set("code", parsed is null ? "processing" : "informational")
            .Set("diagnostics", $"The request itself would have been answered {JobManifest.Status(answer.Status)}."));
        http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        await FhirResult.WriteAsync(http, outcome.Build(), WireFormat.Json);
    }

    static JobAnswer Answer(JobState state) => state.Job.Answer
        ?? throw new FhirException(
            ProblemKind.NotFound, "not-found", "The request is not finished; GET its status says how far it is.");

    static async Task<byte[]> ReadAsync(JobFolder folder, string job, CancellationToken cancel)
    {
        await using var file = folder.OpenResult(job);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, cancel);
        return bytes;
    }

    static void SetExpires(HttpResponse response, JobQueue queue, JobAnswer answer) =>
        response.Headers.Expires = (answer.Finished + queue.KeptFor).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Seconds until it is worth asking again: the longer it takes, the less often.</summary>
    static int RetrySeconds(TimeSpan age) => (int)Math.Clamp(age.TotalSeconds / 4, 1, 60);
}
