namespace FhirHub.Terminology.Dictionaries;

/// <summary>A standard code that a local one may mean.</summary>
/// <param name="Code">The standard code.</param>
/// <param name="Display">What it is called.</param>
/// <param name="Score">How alike the names are, from 0 to 1; 1 only for the same name.</param>
/// <param name="Reason">In what they are alike.</param>
public sealed record MappingCandidate(string Code, string? Display, double Score, MappingReason Reason)
{
    /// <summary>What speaks against it although the names look alike, such as 左/右; null when nothing does.</summary>
    public string? Difference { get; init; }

    /// <summary>Whether the code is no longer for use.</summary>
    public bool IsInactive { get; init; }
}

/// <summary>In what two names are alike.</summary>
public enum MappingReason
{
    /// <summary>One of the names is the same but for case, width, spaces and traditional characters.</summary>
    SameName,
    Characters,

    /// <summary>The pinyin is alike.</summary>
    Sound,

    /// <summary>The local name is the initials of the pinyin.</summary>
    Initials,
}

/// <summary>A local code that is still to be mapped, and what it may mean, the likeliest first.</summary>
public sealed record MappingProposal(
    string Code, string? Display, long Count, IReadOnlyList<MappingCandidate> Candidates);

/// <summary>A part of what is still to be mapped.</summary>
/// <param name="Total">How many codes there are to map in all.</param>
/// <param name="Proposals">The part, the most frequently met first.</param>
public sealed record ProposalPage(int Total, IReadOnlyList<MappingProposal> Proposals);
