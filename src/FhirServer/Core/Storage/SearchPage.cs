using FhirHub.Core.Model;

namespace FhirHub.Core.Storage;

/// <summary>A page of matches, all of one moment.</summary>
/// <param name="Matches">The resources, in the order of the search.</param>
/// <param name="Total">How many there are in all; null when nobody asked and it is not known anyway.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
public sealed record SearchPage(IReadOnlyList<StoredResource> Matches, long? Total, SearchCursor? Next)
{
    /// <summary>Where the page before this one is; null on the first.</summary>
    public SearchCursor? Previous { get; init; }

    /// <summary>What is there because of the matches: each once, and none that is a match.</summary>
    public IReadOnlyList<StoredResource> Included { get; init; } = [];

    /// <summary>Whether there would be more to include than a page may have.</summary>
    public bool IsIncludedCut { get; init; }

    /// <summary>What it took to find the page, in the unit that the limit of one search is given in.</summary>
    public long Steps { get; init; }

    /// <summary>How it was found, step by step, when that was asked for.</summary>
    public IReadOnlyList<SearchStep> Plan { get; init; } = [];
}

/// <summary>A place between two matches, and the commit as of which all pages of the search look.</summary>
/// <param name="AsOf">The commit of the first page.</param>
/// <param name="After">The store's own number of the match on this side of the place.</param>
public readonly record struct SearchCursor(CommitPosition AsOf, long After)
{
    /// <summary>That match's values of the sort keys, in their order; empty where there are none.</summary>
    public IReadOnlyList<SortValue> Keys { get => field ?? []; init; }

    /// <summary>Whether the matches before the place are wanted.</summary>
    public bool IsBackward { get; init; }

    /// <summary>The number of all matches, if the first page knew it.</summary>
    public long? Total { get; init; }
}

/// <summary>A resource's value of a sort key: one of the three, or nothing for a resource without a value.</summary>
public readonly record struct SortValue(long? Integer, double? Real, string? Text);

/// <summary>A step of how a search was carried out.</summary>
/// <param name="What">What it looks at: parameters and types, never values.</param>
/// <param name="How">Which way it goes: collected, walked in order, probed.</param>
/// <param name="Estimate">How many resources it was expected to give; null where nobody estimated.</param>
public sealed record SearchStep(string What, string How, long? Estimate)
{
    /// <summary>Of how many resources a condition was asked; null where nobody counted.</summary>
    public long? Asked { get; init; }

    /// <summary>How many the step gave until the page was full, or of how many it is true; null likewise.</summary>
    public long? Given { get; init; }
}
