using FhirHub.Core.Storage;

namespace FhirHub.Core.Search;

/// <summary>Where a search happens, apart from what its parameters say.</summary>
public sealed record SearchScope
{
    public required string Tenant { get; init; }

    /// <summary>The type searched; null for all, or for all of a compartment.</summary>
    public string? Type { get; init; }

    /// <summary>The compartment searched; null for the whole server.</summary>
    public Compartment? Compartment { get; init; }

    /// <summary>The server's own base, with which references to it may begin; null when nobody knows.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Whether what is not understood is left out instead of refused.</summary>
    public bool IsLenient { get; init; }

    public AccessRule Access { get; init; } = AccessRule.Everything;
}
