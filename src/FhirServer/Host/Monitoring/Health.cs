using System.Text.Json;
using FhirHub.Core.Model;
using FhirHub.Core.Search;

namespace FhirHub.Host.Monitoring;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can also read its store and write to it; 503
/// while it starts, migrates or loads samples.
/// </summary>
static class Health
{
    /// <summary>A store that takes longer is as good as gone to whoever asks.</summary>
    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    static readonly ResourceKey Probe = new(Caller.Open.Tenant, "Basic", "health");

    internal static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", (RequestDelegate)(http => WriteAsync(http, true, [("process", "ok")])));
        app.MapGet("/health/ready", ReadyAsync);
    }

    static async Task ReadyAsync(HttpContext http, HubStore store, ILoggerFactory loggers)
    {
        if (!store.IsReady)
        {
            await WriteAsync(http, false, [("store", "starting")]);
            return;
        }

        var logger = loggers.CreateLogger("FhirHub.Health");
        var reading = await ProbeAsync(
            logger,
            async cancel => _ = await store.Storage.Resources.ReadAsync(Probe, null, AccessRule.Everything, cancel),
            http.RequestAborted);
        // An empty list of index entries goes through the writer's queue and a transaction, and changes nothing.
        var writing = await ProbeAsync(
            logger, cancel => store.Storage.Search.ReplaceAsync([], cancel).AsTask(), http.RequestAborted);
        await WriteAsync(http, reading && writing, [("store", Text(reading)), ("writer", Text(writing))]);
    }

    static async Task<bool> ProbeAsync(ILogger logger, Func<CancellationToken, Task> probe, CancellationToken cancel)
    {
        try
        {
            await probe(cancel).WaitAsync(Timeout, cancel);
            return true;
        }
#pragma warning disable CA1031 // Whatever it is: this is the place that asks whether anything is wrong.
        catch (Exception failure) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.NotReady(logger, failure.Message);
            return false;
        }
    }

    static string Text(bool isOk) => isOk ? "ok" : "failed";

    static Task WriteAsync(HttpContext http, bool isOk, (string Name, string State)[] checks)
    {
        http.Response.StatusCode = isOk ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "no-store";
        using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("status", isOk ? "ok" : "unavailable");
        json.WriteStartObject("checks");
        foreach (var (name, state) in checks)
        {
            json.WriteString(name, state);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return Task.CompletedTask;
    }
}
