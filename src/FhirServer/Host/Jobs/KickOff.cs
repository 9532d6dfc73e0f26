using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Host.Http;
using FhirHub.Host.Interactions;
using Microsoft.AspNetCore.Http.Extensions;

namespace FhirHub.Host.Jobs;

/// <summary>
/// Makes a job of a request that prefers not to wait for its answer (https://hl7.org/fhir/R4/async.html), where the
/// answer may take long. Elsewhere the preference is ignored, as https://www.rfc-editor.org/rfc/rfc7240#section-2
/// allows.
/// </summary>
sealed class KickOff(
    JobQueue queue, JobFolder folder, JobRecovery recovery, SearchParser parser, HubOptions options, TimeProvider time)
{
    const string OutputFormat = "_outputFormat";
    const int RetrySeconds = 10;

    /// <summary>The step of the pipeline before the routes.</summary>
    internal static Task InvokeAsync(HttpContext http, RequestDelegate next) =>
        Preferences.IsAsync(http.Request) && MayTakeLong(http)
            ? http.RequestServices.GetRequiredService<KickOff>().HandleAsync(http)
            : next(http);

    /// <summary>Everything but what is about one resource or about the server: those are answered in no time.</summary>
    internal static bool MayTakeLong(string method, string pattern) => method switch
    {
        "GET" => pattern is not ("/fhir/{type}/{id}" or "/fhir/{type}/{id}/_history/{version}")
            && !pattern.StartsWith("/fhir/metadata", StringComparison.Ordinal)
            && !pattern.StartsWith(JobRoutes.Start, StringComparison.Ordinal),
        "POST" => pattern is not "/fhir/{type}",
        _ => false,
    };

    static bool MayTakeLong(HttpContext http) =>
        http.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } pattern } endpoint
        && pattern.StartsWith(FhirRoutes.Base, StringComparison.Ordinal)
        // Without methods, a route is there to say what is wrong with the request.
        && endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is not null
        && MayTakeLong(http.Request.Method, pattern);

    async Task HandleAsync(HttpContext http)
    {
        // 1. Whether it can be answered at all, now or later.
        FhirFormat.OfAnswer(http.Request);
        FhirBody.RequireUnpacked(http.Request);
        var caller = http.RequestServices.GetRequiredService<RequestCaller>().Caller;
        var job = await JobAsync(http.Request, caller, http.RequestAborted);
        Reserve(http);
        try
        {
            // 2. The body, then the facts: from then on the job survives whatever comes.
            await using (var body = await KeepBodyAsync(http.Request, job.Id))
            {
                await CheckAsync(http, body, caller);
            }

            folder.Save(job);
            queue.Add(job);
        }
        catch
        {
            queue.Release();
            folder.Discard(job.Id);
            throw;
        }

        // 3. Where to ask for it.
        http.Response.StatusCode = StatusCodes.Status202Accepted;
        http.Response.Headers.ContentLocation = $"{FhirResult.BaseUrl(http)}/{JobRoutes.Segment}/{job.Id}";
        http.Response.Headers["Preference-Applied"] = "respond-async";
        await FhirResult.WriteAsync(http, OutcomeHandler.Information(
            "The request is accepted and will be carried out. GET the address in Content-Location for its state; "
                + "DELETE it there to cancel the request or to remove its result."));
    }

    async Task<Job> JobAsync(HttpRequest request, Caller caller, CancellationToken cancel)
    {
        var url = request.GetEncodedUrl();
        var query = WithoutOutputFormat(request.QueryString.Value ?? "");
        request.QueryString = new QueryString(query);
        var path = request.Path.Value ?? "";
        var isSearch = path.EndsWith("/_search", StringComparison.Ordinal);
        return new Job
        {
            Id = ResourceId.New(time),
            Caller = caller,
            Method = request.Method,
            Url = url,
            Scheme = request.Scheme,
            Host = request.Host.Value ?? "",
            PathBase = request.PathBase.Value ?? "",
            Path = path,
            Query = query,
            ContentType = request.ContentType,
            Prefer = request.Headers["Prefer"],
            IsRead = isSearch || (HttpMethods.IsGet(request.Method) && !path.Contains("/$", StringComparison.Ordinal)),
            Position = (await recovery.PositionAsync(caller.Tenant, cancel)).Value,
            Accepted = time.GetUtcNow(),
        };
    }

    void Reserve(HttpContext http)
    {
        try
        {
            queue.Reserve();
        }
        catch (FhirException)
        {
            // An error starts the answer's headers anew, so this one is set when it begins.
            http.Response.OnStarting(() =>
            {
                http.Response.Headers.RetryAfter = $"{RetrySeconds}";
                return Task.CompletedTask;
            });
            throw;
        }
    }

    async Task<FileStream?> KeepBodyAsync(HttpRequest request, string id)
    {
        if (!HttpMethods.IsPost(request.Method))
        {
            return null;
        }

        var file = folder.CreateRequest(id);
        try
        {
            await FhirBody.CopyToAsync(request, file);
            file.Flush(flushToDisk: true);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>A search that is wrong is refused now, which R4 gives as the example of a refusal.</summary>
    async Task CheckAsync(HttpContext http, FileStream? body, Caller caller)
    {
        if (Search.IsAt((http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText, http.Request.Method))
        {
            http.Request.Body = body ?? Stream.Null;
            await Search.CheckAsync(http, parser, options.IsLenient, caller);
        }
    }

    /// <summary>
    /// The query without the format of the files, which is always NDJSON: https://hl7.org/fhir/R4/async.html
    /// </summary>
    internal static string WithoutOutputFormat(string query)
    {
        var pairs = query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries);
        var kept = pairs.Where(p => Name(p) != OutputFormat).ToList();
        foreach (var pair in pairs.Where(p => Name(p) == OutputFormat))
        {
            // A plus sign in a query string is a space unless it was escaped.
            var format = Uri.UnescapeDataString(pair[Math.Min(pair.Length, OutputFormat.Length + 1)..]);
            if (!JobResult.IsNdjson(format.Replace(' ', '+')))
            {
                throw new FhirException(
                    ProblemKind.Invalid,
                    "not-supported",
                    $"'{OutputFormat}' takes {JobResult.Ndjson}, application/ndjson or ndjson.");
            }
        }

        return kept.Count == 0 ? "" : "?" + string.Join('&', kept);
    }

    static string Name(string pair) => Uri.UnescapeDataString(pair.Split('=')[0]);
}
