using FhirHub.Core.Model;
using FhirHub.Core.Search;

namespace FhirHub.Core.Storage;

/// <summary>Where resources are found: the second of the two seams of storage.</summary>
public interface ISearchIndex
{
    /// <summary>One page of the resources a query finds.</summary>
    ValueTask<SearchPage> SearchAsync(SearchQuery query, CancellationToken cancel);

    /// <summary>
    /// For each value of a parameter one of the resources of a type that has it: what there is, at the cost of how much
    /// of it differs. Tokens count as the same when only the case of letters differs.
    /// </summary>
    /// <param name="query">The type and what the caller may see; the rest of it does not count.</param>
    /// <param name="parameter">The URL of a parameter.</param>
    /// <param name="areTokens">Whether its values are tokens; else they are URIs.</param>
    /// <param name="cancel">Ends the work.</param>
    ValueTask<IReadOnlyList<StoredResource>> ExamplesAsync(
        SearchQuery query, string parameter, bool areTokens, CancellationToken cancel);

    /// <summary>Replaces what resources are found by, without changing them: reindexing and catching up.</summary>
    ValueTask ReplaceAsync(IReadOnlyList<IndexEntry> entries, CancellationToken cancel);

    /// <summary>Waits until everything up to that commit can be found, within bounds.</summary>
    ValueTask CatchUpAsync(CommitPosition position, CancellationToken cancel);
}

/// <summary>What one version of a resource is found by.</summary>
public sealed record IndexEntry(
    ResourceKey Key, long Version, IReadOnlyList<SearchEntry> SearchValues, IReadOnlyList<Compartment> Compartments);
