using FhirHub.Core.Validation;
using FhirHub.Core.Writes;
using FhirHub.Profiles.Library;

namespace FhirHub.Host;

/// <summary>What validation is made of in this process.</summary>
static class Validation
{
    /// <summary>Profiles and questionnaires are those stored, before those that ship with the hub.</summary>
    internal static ProfileSources Sources(StoredDefinitions stored) => new()
    {
        Stored = stored.FindAsync,
        Resolve = stored.ResolveAsync,
    };

    /// <summary>What is asked of every write.</summary>
    internal static WriteRules Rules(HubOptions options, IResourceValidator validator, ProfileChanges profiles) =>
        new(options.ReferentialIntegrity)
        {
            Validation = options.ValidationPolicy is { IsOff: false } policy
                ? new WriteValidation(validator, policy)
                : null,
            Profiles = profiles,
        };
}
