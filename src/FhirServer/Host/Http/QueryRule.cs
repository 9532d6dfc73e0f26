using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Host.Http;

/// <summary>
/// Parameters an interaction does not have are refused, because a client that sends one expects something of it; a
/// lenient request goes without them (https://hl7.org/fhir/R4/http.html#parameters).
/// </summary>
static class QueryRule
{
    /// <summary>What an answer with one resource in it can be cut to.</summary>
    internal static readonly string[] OfResource = ["_summary", "_elements"];

    /// <summary>What every answer has.</summary>
    static readonly string[] OfAnswer = ["_format", "_pretty"];

    /// <summary>Checks the names, and that the cut asked for is one, before anything is done.</summary>
    internal static void Check(HttpContext http, string interaction, TypeSchema type)
    {
        Check(http, interaction, OfResource);
        CheckCut(http.Request, type);
    }

    /// <summary>Checks the names; <c>_page</c>, if it is one, comes from our own links and is not told.</summary>
    internal static void Check(HttpContext http, string interaction, params string[] known)
    {
        foreach (var name in http.Request.Query.Keys)
        {
            if (!known.Contains(name, StringComparer.Ordinal)
                && !OfAnswer.Contains(name, StringComparer.Ordinal)
                && !IsLenient(http))
            {
                throw Unknown(interaction, name, known, null);
            }
        }
    }

    /// <summary>
    /// Checks the cut of an answer with one resource: a count of it is no cut, and a wrong one must not show only when
    /// the write is done.
    /// </summary>
    internal static void CheckCut(HttpRequest request, TypeSchema type)
    {
        _ = Preferences.Filter(request, type);
        CheckNoCount(request);
    }

    /// <summary>Refuses a count where there is no search.</summary>
    internal static void CheckNoCount(HttpRequest request)
    {
        if (request.Query["_summary"] == "count")
        {
            throw new FhirException(ProblemKind.Invalid, "invalid", "'_summary=count' is for searches.");
        }
    }

    /// <summary>Checks a writing entry of a transaction, whose address has a query only as its condition.</summary>
    internal static void Check(HttpContext http, BundleEntry entry)
    {
        var isCondition = entry.Method != "POST" && !entry.Path.Contains('/', StringComparison.Ordinal);
        if (entry.Query.Length == 0 || isCondition)
        {
            return;
        }

        foreach (var (name, _) in ConditionalQuery.Pairs(entry.Query))
        {
            if (!OfAnswer.Contains(name, StringComparer.Ordinal) && !IsLenient(http))
            {
                var place = BundleEntry.PlaceOf(entry.Index);
                throw Unknown($"{place}: A {entry.Method} in a transaction", name, [], place + ".request.url");
            }
        }
    }

    internal static bool IsLenient(HttpContext http) => Preferences.IsLenient(
        http.Request, http.RequestServices.GetRequiredService<HubOptions>().IsLenient);

    static FhirException Unknown(string interaction, string name, string[] known, string? expression) => new(
        ProblemKind.Invalid,
        "invalid",
        $"{interaction} has no parameter '{name}'. It has: "
            + $"{string.Join(", ", known.Where(k => k != "_page").Concat(OfAnswer))}.",
        expression);
}
