using FhirHub.Core.Storage;

namespace FhirHub.Core.Search;

/// <summary>A search, parsed and understood.</summary>
public sealed record SearchQuery
{
    public required string Tenant { get; init; }

    /// <summary>The type searched.</summary>
    public required string Type { get; init; }

    public required SearchExpression Expression { get; init; }

    /// <summary>More types that are searched at the same time, each in its own words.</summary>
    public IReadOnlyList<SearchTarget> Others { get; init; } = [];

    /// <summary>How many matches on a page at most.</summary>
    public required int Count { get; init; }

    /// <summary>The order of the matches, the first key first; without keys the newest resource comes first.</summary>
    public IReadOnlyList<SortKey> Sort { get; init; } = [];

    /// <summary>What else goes on the page because a match refers to it, or it to a match.</summary>
    public IReadOnlyList<Include> Includes { get; init; } = [];

    /// <summary>Whether the number of all matches is wanted, and how exactly.</summary>
    public SearchTotal Total { get; init; }

    /// <summary>The server's own base: references that begin with it are followed; null when nobody knows.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>What the caller may see; it holds for every resource the search looks at.</summary>
    public required AccessRule Access { get; init; }

    /// <summary>Whether resources inside others are searched.</summary>
    public ContainedSearch Contained { get; init; }

    /// <summary>Whether these are given themselves, and not what they are in.</summary>
    public bool ReturnsContained { get; init; }

    public SearchCursor? After { get; init; }

    /// <summary>Whether nobody waits for the answer, so that it may be many times the work of others.</summary>
    public bool IsUnhurried { get; init; }

    /// <summary>Whether the page says how it was found.</summary>
    public bool WantsPlan { get; init; }

    /// <summary>Every type searched, with its expression.</summary>
    public IEnumerable<SearchTarget> Targets => Others.Prepend(new SearchTarget(Type, Expression));
}

/// <summary>A type, and what its resources must be.</summary>
public sealed record SearchTarget(string Type, SearchExpression Expression);

/// <summary>Which resources are searched: https://hl7.org/fhir/R4/search.html#contained</summary>
public enum ContainedSearch : byte
{
    /// <summary>None of those inside others.</summary>
    None,

    /// <summary>Only those inside others.</summary>
    Only,
    Both,
}

/// <summary>How much is to be known about the number of matches.</summary>
public enum SearchTotal : byte
{
    /// <summary>Only if it is known anyway.</summary>
    None,

    /// <summary>If few match, so that counting them costs next to nothing.</summary>
    IfFew,
    Estimate,
    Accurate,
}
