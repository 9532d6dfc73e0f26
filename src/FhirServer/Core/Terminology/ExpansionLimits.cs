namespace FhirHub.Core.Terminology;

/// <summary>How much an expansion may hold, and what of it is wanted.</summary>
public sealed record ExpansionLimits
{
    /// <summary>As many codes as a search can be asked to look for.</summary>
    public static ExpansionLimits Search { get; } = new();

    /// <summary>A value set with more codes is refused as too costly, not cut off.</summary>
    public int CodesMax { get; init; } = 50_000;

    /// <summary>Whether codes that are no longer for use are left out.</summary>
    public bool ActiveOnly { get; init; }
}
