using FhirHub.Core.Model;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>The next resources of a walk, and the walk as it is behind them.</summary>
/// <param name="Resources">Their current versions; none when nothing is left.</param>
/// <param name="After">The walk, its place and count moved on.</param>
public sealed record IndexBatch(IReadOnlyList<StoredResource> Resources, IndexWalk After);
