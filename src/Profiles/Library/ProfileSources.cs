using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Library;

/// <summary>Where definitions and resources come from, beside what ships with the hub.</summary>
public sealed record ProfileSources
{
    /// <summary>Nothing but what ships with the hub.</summary>
    public static ProfileSources None { get; } = new();

    /// <summary>Finds what a tenant has stored by type and canonical URL, with or without a version.</summary>
    public Func<string, string, Caller, CancellationToken, ValueTask<FhirDocument?>> Stored { get; init; } =
        static (_, _, _, _) => ValueTask.FromResult<FhirDocument?>(null);

    /// <summary>Finds what installed packages have by type and canonical URL.</summary>
    public Func<string, string, FhirDocument?> Packaged { get; init; } = static (_, _) => null;

    /// <summary>Finds the resource a reference leads to; null where there is no store to look in.</summary>
    public Func<string, Caller, CancellationToken, ValueTask<FhirDocument?>>? Resolve { get; init; }

    /// <summary>The definition of a canonical URL: what the tenant has stored before what packages have.</summary>
    public async ValueTask<FhirDocument?> FindAsync(
        string type, string canonical, Caller caller, CancellationToken cancel) =>
        await Stored(type, canonical, caller, cancel) ?? Packaged(type, canonical);
}
