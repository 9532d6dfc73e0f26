using FhirHub.Core.Model;
using FhirHub.Core.Search.Parsing;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Host.Http;

/// <summary>What the headers and parameters of a request say about how to answer it.</summary>
static class Preferences
{
    internal static ReturnPreference Return(HttpRequest request) => Prefer(request, "return") switch
    {
        "minimal" => ReturnPreference.Minimal,
        "OperationOutcome" => ReturnPreference.OperationOutcome,
        _ => ReturnPreference.Representation,
    };

    /// <summary>
    /// Whether what is not understood may be left out, where the client's word comes before the deployment's:
    /// https://hl7.org/fhir/R4/search.html#errors
    /// </summary>
    internal static bool IsLenient(HttpRequest request, bool otherwise) => Prefer(request, "handling") switch
    {
        "lenient" => true,
        "strict" => false,
        _ => otherwise,
    };

    /// <summary>Whether the client would rather not wait: https://hl7.org/fhir/R4/async.html</summary>
    internal static bool IsAsync(HttpRequest request)
    {
        foreach (var header in request.Headers["Prefer"])
        {
            foreach (var part in (header ?? "").Split([',', ';'], StringSplitOptions.TrimEntries))
            {
                // A preference without a value and one with an empty value are the same.
                if (part.Split('=')[0].TrimEnd().Equals("respond-async", StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>
    /// <c>If-Match</c> and <c>If-None-Match</c> of a write: https://hl7.org/fhir/R4/http.html#concurrency
    /// </summary>
    internal static Precondition Precondition(HttpRequest request) =>
        Core.Writes.Precondition.Parse(request.Headers.IfMatch, request.Headers.IfNoneMatch);

    /// <summary>The cut <c>_summary</c> or <c>_elements</c> asks for; null for the whole resource.</summary>
    internal static ElementFilter? Filter(HttpRequest request, TypeSchema type)
    {
        var elements = request.Query["_elements"].ToString();
        var summary = request.Query["_summary"].ToString();
        try
        {
            return elements.Length > 0
                ? ElementFilter.Elements(type, elements.Split(','))
                : Filter(type, summary.Length > 0 ? AnswerParameters.Cut(summary) : null, []);
        }
        catch (ArgumentException unknown)
        {
            throw new FhirException(ProblemKind.Invalid, "invalid", $"_elements: {unknown.Message}");
        }
    }

    /// <summary>The same for one of several types; elements that it does not have are those of another.</summary>
    internal static ElementFilter? Filter(TypeSchema type, SummaryMode? cut, IReadOnlyList<string> elements) =>
        elements.Count > 0
            ? ElementFilter.Elements(type, elements.Where(name => ElementFilter.IsElement(type, name)))
            : cut is { } mode ? ElementFilter.Summary(type, mode) : null;

    static string? Prefer(HttpRequest request, string name)
    {
        foreach (var header in request.Headers["Prefer"])
        {
            foreach (var part in (header ?? "").Split([',', ';'], StringSplitOptions.TrimEntries))
            {
                if (part.StartsWith(name, StringComparison.OrdinalIgnoreCase)
                    && part.AsSpan(name.Length).TrimStart() is ['=', .. var value])
                {
                    return value.Trim().Trim('"').ToString();
                }
            }
        }

        return null;
    }
}
