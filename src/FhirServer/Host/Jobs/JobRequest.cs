using FhirHub.Core.Storage;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;

namespace FhirHub.Host.Jobs;

/// <summary>
/// Sends a job through the routes of the server, as bundle entries are sent, and its answer's body into a file.
/// </summary>
static class JobRequest
{
    /// <returns>The answer; what it says of the time is the caller's to set.</returns>
    internal static async Task<JobAnswer> SendAsync(
        Job job, JobRun run, RequestDelegate routes, IServiceProvider scope, JobFolder folder, CancellationToken cancel)
    {
        await using var request = folder.OpenRequest(job.Id);
        await using var result = folder.CreateResult(job.Id);
        var http = new DefaultHttpContext
        {
            RequestServices = scope,
            RequestAborted = cancel,
            TraceIdentifier = job.Id,
        };
        Set(http.Request, job, request);
        http.Response.Body = result;
        var version = new AnsweredVersion();
        http.Features.Set(version);
        http.Features.Set(new KeptAnswer());
        http.Features.Set(run);
        RequestCaller.Be(scope, run.CallerAt(null));

        await AnswerAsync(http, job, run, routes);
        await http.Response.CompleteAsync();
        result.Flush(flushToDisk: true);
        return new JobAnswer
        {
            Status = http.Response.StatusCode,
            Location = http.Response.Headers.Location,
            ETag = http.Response.Headers.ETag,
            LastModified = version.LastUpdated is { } time ? FhirTime.Format(time) : null,
            ResourceType = result.Length == 0 ? null : ResourceTypeReader.Read(result),
            Bytes = result.Length,
            TransactionTime = default,
            Finished = default,
        };
    }

    /// <summary>Answers what went wrong before or after the routes.</summary>
    internal static JobAnswer Fail(Job job, FhirDocument outcome, JobFolder folder)
    {
        using var result = folder.CreateResult(job.Id);
        result.Write(outcome.Json.Span);
        result.Flush(flushToDisk: true);
        return new JobAnswer
        {
            Status = StatusCodes.Status500InternalServerError,
            ResourceType = "OperationOutcome",
            Bytes = result.Length,
            TransactionTime = default,
            Finished = default,
        };
    }

    static Task AnswerAsync(HttpContext http, Job job, JobRun run, RequestDelegate routes)
    {
        if (job.IsBundle || run.RecalledOperation("") is not { } recalled)
        {
            return routes(http);
        }

        if (recalled.Known is { } known)
        {
            return FhirResult.WriteAsync(http, known);
        }

        http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        return FhirResult.WriteAsync(http, OutcomeHandler.Outcome(run.Interrupted()));
    }

    static void Set(HttpRequest request, Job job, FileStream? body)
    {
        request.Method = job.Method;
        request.Scheme = job.Scheme;
        request.Host = new HostString(job.Host);
        request.PathBase = new PathString(job.PathBase);
        request.Path = new PathString(job.Path);
        request.QueryString = new QueryString(job.Query);
        request.Protocol = HttpProtocol.Http11;
        request.Headers.Accept = FhirFormat.Json;
        request.Headers["Prefer"] = job.Prefer;
        if (body is not null)
        {
            request.ContentType = job.ContentType;
            request.ContentLength = body.Length;
            request.Body = body;
        }
    }
}
