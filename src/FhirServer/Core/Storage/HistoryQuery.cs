using FhirHub.Core.Model;
using FhirHub.Core.Search;

namespace FhirHub.Core.Storage;

/// <summary>A walk through versions, the newest first.</summary>
public sealed record HistoryQuery
{
    public required string Tenant { get; init; }

    /// <summary>Only this type; null for all.</summary>
    public string? Type { get; init; }

    /// <summary>Only this resource of the type; null for all.</summary>
    public string? Id { get; init; }

    /// <summary>Only versions committed at or after this time.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only versions that were current at some moment of this period.</summary>
    public DateRangeFilter? At { get; init; }

    /// <summary>Only versions at or before this commit: what keeps the pages of one walk the same.</summary>
    public CommitPosition? AsOf { get; init; }

    /// <summary>Continue behind this version, the last of the page before.</summary>
    public HistoryCursor? After { get; init; }

    public required int Count { get; init; }

    /// <summary>What the caller may see: a version is seen with the resource as it is now.</summary>
    public required AccessRule Access { get; init; }
}

/// <summary>A period, both ends inclusive.</summary>
public readonly record struct DateRangeFilter(DateTimeOffset Low, DateTimeOffset High);

/// <summary>A place in a walk through versions.</summary>
public readonly record struct HistoryCursor(CommitPosition Position, int Entry)
{
    public static HistoryCursor At(StoredResource version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return new HistoryCursor(version.Position, version.Entry);
    }
}
