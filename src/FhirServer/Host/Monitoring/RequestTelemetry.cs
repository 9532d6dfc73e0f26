using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using FhirHub.Core;

namespace FhirHub.Host.Monitoring;

/// <summary>
/// Around every request: a span, its duration by interaction and status, and one line in the log. None of them
/// holds a path, a query or an id of a resource.
/// </summary>
sealed class RequestTelemetry(RequestDelegate next, ILogger<RequestTelemetry> logger)
{
    static readonly Histogram<double> Duration = Telemetry.Meter.CreateHistogram<double>(
        "fhirhub.request.duration", "s", "Requests by FHIR interaction and HTTP status.");

    static readonly string[] Statuses =
        [.. Enumerable.Range(0, 600).Select(static s => s.ToString(CultureInfo.InvariantCulture))];

    public Task InvokeAsync(HttpContext http) =>
        MeasureAsync(http, (http.GetEndpoint() as RouteEndpoint)?.RoutePattern);

    async Task MeasureAsync(HttpContext http, Microsoft.AspNetCore.Routing.Patterns.RoutePattern? pattern)
    {
        var method = http.Request.Method;
        var interaction = InteractionName.Of(method, pattern);
        var started = Stopwatch.GetTimestamp();
        using var span = Telemetry.Source.HasListeners() ? Span(http, interaction) : null;
        try
        {
            await next(http);
        }
        finally
        {
            var elapsed = Stopwatch.GetElapsedTime(started);
            var status = http.Response.StatusCode;
            Duration.Record(
                elapsed.TotalSeconds,
                new KeyValuePair<string, object?>("interaction", interaction),
                new KeyValuePair<string, object?>("status", Statuses[status % Statuses.Length]));
            span?.SetTag("http.response.status_code", status);
            if (logger.IsEnabled(LogLevel.Debug))
            {
                Log.Request(
                    logger, method, pattern?.RawText ?? "-", status, elapsed.TotalMilliseconds, http.TraceIdentifier);
            }
        }
    }

    /// <summary>https://opentelemetry.io/docs/specs/semconv/http/http-spans/, without the path.</summary>
    static Activity? Span(HttpContext http, string interaction)
    {
        _ = ActivityContext.TryParse(http.Request.Headers.TraceParent, http.Request.Headers.TraceState, out var parent);
        return Telemetry.Source.StartActivity(interaction, ActivityKind.Server, parent)
            ?.SetTag("http.request.method", http.Request.Method);
    }
}
