namespace FhirHub.Samples.Generator;

/// <summary>What region is wanted: the same request gives the same bytes, on a machine of any size.</summary>
public sealed record RegionRequest(int Seed, int Lives)
{
    public const int LivesMax = 1_000_000;

    /// <summary>The first year a pregnancy may begin in.</summary>
    public int FromYear { get; init; } = 2019;

    /// <summary>The last year anything happens in.</summary>
    public int ToYear { get; init; } = 2025;

    /// <summary>How many of the resources that could bear a fault get one, from 0 to 1.</summary>
    public double FaultRate { get; init; }

    /// <summary>Whether the first households show what is rare, as a small region otherwise would not.</summary>
    public bool IsShowcase { get; init; }

    /// <summary>The day the region is looked at. Nothing in it happened later, and no clock is ever read.</summary>
    public DateOnly Today => new(ToYear + 1, 1, 1);

    /// <summary>The first day a pregnancy may begin on.</summary>
    public DateOnly Start => new(FromYear, 1, 1);
}
