using System.Diagnostics;

namespace FhirHub.Host.Http;

/// <summary>
/// Gives every answer the id by which client and server can speak of the request: the client's own, or a new one
/// (https://hl7.org/fhir/R4/http.html#custom), and the trace it belongs to (https://www.w3.org/TR/trace-context/).
/// </summary>
static class RequestIds
{
    internal const string Header = "X-Request-Id";
    const string TraceHeader = "traceparent";
    const int LengthMax = 128;

    internal static Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var id = Usable(http.Request.Headers[Header]) ?? ActivityTraceId.CreateRandom().ToHexString();
        http.TraceIdentifier = id;
        var trace = http.Request.Headers[TraceHeader].ToString();
        var given = ActivityContext.TryParse(trace, null, out _) ? trace : Activity.Current?.Id;

        // An error starts the answer's headers anew, so they are set when it begins.
        http.Response.OnStarting(() =>
        {
            http.Response.Headers[Header] = id;
            http.Response.Headers[TraceHeader] = given;
            return Task.CompletedTask;
        });
        return next(http);
    }

    /// <summary>A client's id goes into our headers and logs, so only what is harmless there is taken.</summary>
    internal static string? Usable(string? text) =>
        text is { Length: > 0 and <= LengthMax }
        && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '/' or '+' or '=')
            ? text
            : null;
}
