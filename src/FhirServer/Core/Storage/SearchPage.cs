using FhirHub.Core.Model;

namespace FhirHub.Core.Storage;

/// <summary>A page of matches.</summary>
/// <param name="Matches">The resources, in the order of the search.</param>
/// <param name="Total">How many there are in all; null when nobody asked.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
public sealed record SearchPage(IReadOnlyList<StoredResource> Matches, long? Total, SearchCursor? Next);

/// <summary>A place between two matches, and the commit as of which all pages of the search look.</summary>
public readonly record struct SearchCursor(CommitPosition AsOf, long After);
