namespace FhirHub.Profiles;

/// <summary>How much of profiles is kept in memory.</summary>
public sealed record ProfileOptions
{
    /// <summary>Of how many tenants the compiled profiles are kept.</summary>
    public int TenantsMax { get; init; } = 32;

    /// <summary>How long compiled profiles count as current, for what another process may have changed.</summary>
    public int KeptMinutes { get; init; } = 10;
}
