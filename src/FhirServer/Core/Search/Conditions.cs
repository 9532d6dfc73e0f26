using FhirHub.Core.Model;

namespace FhirHub.Core.Search;

/// <summary>
/// Reads the conditions of writes. What they ask of the terminology is looked up once, when they are read: a commit
/// then makes sure that the resources with these codes are still the same ones.
/// </summary>
public sealed class Conditions(SearchParser parser, SearchTerminology terminology)
{
    public ValueTask<SearchQuery> ReadAsync(Caller caller, string type, string search, CancellationToken cancel) =>
        ReadAsync(caller, type, ConditionalQuery.Pairs(search), cancel);

    public ValueTask<SearchQuery> ReadAsync(
        Caller caller, string type, IEnumerable<KeyValuePair<string, string>> search, CancellationToken cancel) =>
        terminology.ResolveAsync(ConditionalQuery.Parse(parser, caller, type, search), caller, cancel);
}
