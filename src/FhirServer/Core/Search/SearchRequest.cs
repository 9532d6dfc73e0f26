using FhirHub.Core.Model;

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
}
