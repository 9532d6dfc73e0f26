using FhirHub.Core.Model;
using FhirHub.Core.Search.Parsing;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Search;

/// <summary>What became of a search's parameters.</summary>
/// <param name="Query">The query they mean.</param>
/// <param name="Used">Those that count, for the <c>self</c> link.</param>
/// <param name="Ignored">
/// Why the others were left out, which they are only if the request is lenient, and what <c>_include=*</c> leaves out
/// because its index is not complete.
/// </param>
public sealed record SearchRequest(
    SearchQuery Query, IReadOnlyList<KeyValuePair<string, string>> Used, IReadOnlyList<Problem> Ignored)
{
    /// <summary>
    /// Which of the tenant's own parameters it may be about, in which version: when one is defined anew, its rows of
    /// before are no more, and what was found by them has no further pages.
    /// </summary>
    public string Own { get; init; } = "";

    /// <summary>The elements that are asked for, of whatever type searched has them.</summary>
    public IReadOnlyList<string> Elements =>
        [.. Used.Where(one => one.Key == AnswerParameters.Elements).SelectMany(one => one.Value.Split(','))];

    /// <summary>What resources are cut to; null for all of them.</summary>
    public SummaryMode? Cut => Value(AnswerParameters.Summary) is { } summary ? AnswerParameters.Cut(summary) : null;

    /// <summary>What a parameter says of the answer, if it is there and counts.</summary>
    public string? Value(string name)
    {
        foreach (var (key, value) in Used)
        {
            if (key == name)
            {
                return value;
            }
        }

        return null;
    }
}
