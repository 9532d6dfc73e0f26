namespace FhirHub.Terminology.Dictionaries;

/// <summary>Which proposals are wanted.</summary>
public sealed record ProposalRequest
{
    /// <summary>The local code system; null for the one the map is from.</summary>
    public string? Source { get; init; }

    /// <summary>The standard; null for the one the map is to.</summary>
    public string? Target { get; init; }

    /// <summary>The only local code that is wanted; null for all that are not mapped.</summary>
    public string? Code { get; init; }

    public int Offset { get; init; }

    public int Count { get; init; } = 50;

    /// <summary>How many candidates for each code.</summary>
    public int CandidatesMax { get; init; } = 5;

    /// <summary>The least score of a candidate.</summary>
    public double Least { get; init; } = 0.3;
}
