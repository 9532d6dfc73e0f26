using FhirHub.Core.Model;
using Microsoft.Net.Http.Headers;

namespace FhirHub.Host.Http;

/// <summary>Which format a request carries and wants: https://hl7.org/fhir/R4/http.html#mime-type</summary>
static class FhirFormat
{
    internal const string Json = "application/fhir+json";
    internal const string Xml = "application/fhir+xml";

    /// <summary>The format of the body; JSON when the request does not say.</summary>
    internal static WireFormat OfBody(HttpRequest request)
    {
        if (string.IsNullOrEmpty(request.ContentType))
        {
            return WireFormat.Json;
        }

        // FHIR is UTF-8 in both formats: https://hl7.org/fhir/R4/http.html#mime-type
        return MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && Named(type.MediaType.Value) is { } known
            && (!type.Charset.HasValue
                || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            && IsOurVersion(type)
            ? known
            : throw new FhirException(
                ProblemKind.UnsupportedMediaType,
                "not-supported",
                $"Send the body as {Json} or {Xml}, in UTF-8 and FHIR 4.0.");
    }

    /// <summary>The format to answer in: <c>_format</c> before <c>Accept</c>, JSON when neither says.</summary>
    internal static WireFormat OfAnswer(HttpRequest request)
    {
        if (request.HttpContext.Features.Get<KeptAnswer>() is not null)
        {
            return WireFormat.Json;
        }

        if (request.Query["_format"] is [{ Length: > 0 } wanted, ..])
        {
            // A plus sign in a query string is a space unless it was escaped.
            return Named(wanted.Replace(' ', '+')) ?? throw NotAcceptable("_format");
        }

        var accepted = request.GetTypedHeaders().Accept;
        if (accepted.Count == 0)
        {
            return WireFormat.Json;
        }

        foreach (var type in accepted.Where(t => t.Quality is not 0).OrderByDescending(t => t.Quality ?? 1))
        {
            if (type.MatchesAllTypes || type.MediaType == "application/*")
            {
                return WireFormat.Json;
            }

            if (Named(type.MediaType.Value) is { } format && IsOurVersion(type))
            {
                return format;
            }
        }

        throw NotAcceptable("Accept");
    }

    internal static string MediaType(WireFormat format) => (format == WireFormat.Json ? Json : Xml) + "; charset=utf-8";

    /// <summary>Whether a media type is FHIR's own, or one of the general ones that FHIR shares.</summary>
    internal static bool IsFhir(string mediaType) => Named(mediaType) is not null;

    /// <summary>Whether it is one that nothing but FHIR uses.</summary>
    internal static bool IsOwn(string mediaType) =>
        IsFhir(mediaType) && mediaType.Contains("fhir", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the client says by name that it wants FHIR, not just anything.</summary>
    internal static bool IsAsked(HttpRequest request) =>
        request.Query.ContainsKey("_format")
        || request.GetTypedHeaders().Accept.Any(t => Named(t.MediaType.Value) is not null);

    /// <summary>https://hl7.org/fhir/R4/versioning.html#mt-version</summary>
    static bool IsOurVersion(MediaTypeHeaderValue type)
    {
        var version = type.Parameters
            .FirstOrDefault(p => p.Name.Equals("fhirVersion", StringComparison.OrdinalIgnoreCase));
        return version is null || version.GetUnescapedValue().Value is "4.0" or "4.0.1";
    }

    static WireFormat? Named(string? mediaType) => mediaType?.Split(';')[0].Trim().ToLowerInvariant() switch
    {
        "json" or Json or "application/json" or "text/json" or "application/json+fhir" => WireFormat.Json,
        "xml" or Xml or "application/xml" or "text/xml" or "application/xml+fhir" => WireFormat.Xml,
        _ => null,
    };

    static FhirException NotAcceptable(string where) => new(
        ProblemKind.NotAcceptable,
        "not-supported",
        $"{where} asks for a format this server does not write; it writes {Json} and {Xml} of FHIR 4.0.");
}
