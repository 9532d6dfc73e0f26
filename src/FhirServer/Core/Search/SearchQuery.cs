using FhirHub.Core.Storage;

namespace FhirHub.Core.Search;

/// <summary>A search, parsed and understood.</summary>
public sealed record SearchQuery
{
    public required string Tenant { get; init; }

    /// <summary>The type searched.</summary>
    public required string Type { get; init; }

    public required SearchExpression Expression { get; init; }

    /// <summary>How many matches on a page at most.</summary>
    public required int Count { get; init; }

    /// <summary>Whether the number of all matches is wanted.</summary>
    public bool WantsTotal { get; init; }

    public SearchCursor? After { get; init; }
}
