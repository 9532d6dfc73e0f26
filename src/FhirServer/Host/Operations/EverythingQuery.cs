using FhirHub.Core.Search;

namespace FhirHub.Host.Operations;

/// <summary>Which part of everything is asked for.</summary>
/// <param name="Types">Only these types; empty for all.</param>
/// <param name="Since">Only what changed at or after this time.</param>
/// <param name="Care">Only care that touches this period; null for any.</param>
sealed record EverythingQuery(IReadOnlyList<string> Types, DateTimeOffset? Since, DateRange? Care)
{
    internal bool Wants(string type) => Types.Count == 0 || Types.Contains(type);
}
