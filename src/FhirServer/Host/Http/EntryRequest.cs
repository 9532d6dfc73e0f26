using System.Globalization;
using FhirHub.Core.Storage;
using FhirHub.Core.Writes;
using FhirHub.Host.Jobs;
using Microsoft.Extensions.Primitives;

namespace FhirHub.Host.Http;

/// <summary>
/// Sends an entry of a bundle through the routes of the server, as if it had come by itself: there is one code for
/// every interaction, with one set of answers.
/// </summary>
static class EntryRequest
{
    static readonly Lock Building = new();

    /// <summary>The routes, and the handler of what goes wrong in them.</summary>
    internal static RequestDelegate Pipeline(IEndpointRouteBuilder routes)
    {
        // Every pipeline adds its routes to one list of the framework, which bears neither two writers nor a reader
        // meanwhile. The table is its reader: it is made once, before.
        lock (Building)
        {
            _ = routes.ServiceProvider.GetRequiredService<RouteTable>();
            var app = routes.CreateApplicationBuilder();
            app.UseExceptionHandler(static _ => { });
            app.UseRouting();
            app.UseEndpoints(FhirRoutes.Map);
            return app.Build();
        }
    }

    internal static async Task<EntryResponse> SendAsync(
        HttpContext outer, RequestDelegate interactions, BundleEntry entry)
    {
        if (outer.Features.Get<JobRun>() is not { } run)
        {
            return await SendAsync(outer, outer.RequestServices, interactions, entry);
        }

        // In a job, each entry is marked with its place, and what an earlier run did is not done again.
        var place = BundleEntry.PlaceOf(entry.Index);
        var response = run.Steps.Find(place) ?? Recalled(outer, run, entry, place);
        if (response is null)
        {
            await using var scope = outer.RequestServices.CreateAsyncScope();
            RequestCaller.Be(scope.ServiceProvider, run.CallerAt(place));
            response = await SendAsync(outer, scope.ServiceProvider, interactions, entry);
        }

        run.Advance();
        return response;
    }

    static EntryResponse? Recalled(HttpContext outer, JobRun run, BundleEntry entry, string place)
    {
        if (entry.Path.Contains('$', StringComparison.Ordinal))
        {
            return run.RecalledOperation(place) switch
            {
                { Known: { } known } => EntryResponse.Of(outer, known),
                { Lost: { } lost } => EntryResponse.Of(lost),
                _ => null,
            };
        }

        return run.Made(place) is [.., var last] ? EntryResponse.Of(outer, last) : null;
    }

    static async Task<EntryResponse> SendAsync(
        HttpContext outer, IServiceProvider services, RequestDelegate interactions, BundleEntry entry)
    {
        var http = new DefaultHttpContext
        {
            RequestServices = services,
            RequestAborted = outer.RequestAborted,
            TraceIdentifier = outer.TraceIdentifier,
            User = outer.User,
        };
        SetAddress(http.Request, outer.Request, entry);
        SetHeaders(http.Request.Headers, outer.Request.Headers, entry);
        SetBody(http.Request, entry);
        using var body = new MemoryStream();
        http.Response.Body = body;
        http.Features.Set(new AnsweredVersion());
        await interactions(http);
        return Response(http.Response, body, entry);
    }

    static void SetAddress(HttpRequest request, HttpRequest outer, BundleEntry entry)
    {
        request.Method = entry.Method;
        request.Scheme = outer.Scheme;
        request.Host = outer.Host;
        request.PathBase = outer.PathBase;
        request.Protocol = outer.Protocol;
        request.Path = PathString.FromUriComponent($"{FhirRoutes.Base}/{entry.Path}");
        request.QueryString = QueryOf(entry);
    }

    /// <summary>The query without the format: the answer is part of a bundle that has one already.</summary>
    static QueryString QueryOf(BundleEntry entry)
    {
        var kept = string.Join('&', entry.Query.Split('&').Where(static pair =>
            !pair.StartsWith("_format=", StringComparison.Ordinal)
            && !pair.StartsWith("_pretty=", StringComparison.Ordinal)));
        return kept.Length == 0 ? QueryString.Empty : new QueryString("?" + kept);
    }

    static void SetHeaders(IHeaderDictionary headers, IHeaderDictionary outer, BundleEntry entry)
    {
        headers.Accept = FhirFormat.Json;
        headers["Prefer"] = outer["Prefer"];
        headers.IfMatch = Header(entry.IfMatch);
        headers.IfNoneMatch = Header(entry.IfNoneMatch);
        headers["If-None-Exist"] = Header(entry.IfNoneExist);
        if (DateTimeOffset.TryParse(entry.IfModifiedSince, CultureInfo.InvariantCulture, out var since))
        {
            headers.IfModifiedSince = since.ToUniversalTime().ToString("R", CultureInfo.InvariantCulture);
        }
    }

    static StringValues Header(string? text) => text is null ? StringValues.Empty : new StringValues(text);

    /// <summary>A patch that is not FHIR travels in a Binary: https://hl7.org/fhir/R4/http.html#patch</summary>
    static void SetBody(HttpRequest request, BundleEntry entry)
    {
        if (!entry.Resource.Exists || entry.IsRead)
        {
            return;
        }

        var isBinary = entry.Method == "PATCH" && entry.Resource.Type.Name == "Binary";
        var content = isBinary
            ? Convert.FromBase64String(entry.Resource.First("data").Text ?? "")
            : entry.ResourceJson;
        request.ContentType = isBinary ? entry.Resource.First("contentType").Text : FhirFormat.Json;
        request.ContentLength = content.Length;
        request.Body = new MemoryStream(content.ToArray(), writable: false);
    }

    static EntryResponse Response(HttpResponse response, MemoryStream body, BundleEntry entry)
    {
        var headers = response.Headers;
        var status = response.StatusCode;
        var isFhir = response.ContentType?.StartsWith(FhirFormat.Json, StringComparison.Ordinal) == true;
        var prefersOutcome = !entry.IsRead
            && Preferences.Return(response.HttpContext.Request) == ReturnPreference.OperationOutcome;
        return new EntryResponse(status)
        {
            Warnings = response.HttpContext.Features.Get<AnsweredVersion>()?.Warnings ?? [],
            Location = headers.Location,
            ETag = headers.ETag,
            LastModified = response.HttpContext.Features.Get<AnsweredVersion>()?.LastUpdated is { } time
                ? FhirTime.Format(time)
                : null,
            Json = isFhir ? body.ToArray() : default(ReadOnlyMemory<byte>),
            IsOutcome = status >= StatusCodes.Status400BadRequest || prefersOutcome,
        };
    }
}
