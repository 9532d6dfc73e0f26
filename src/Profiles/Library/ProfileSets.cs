using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Terminology;
using FhirHub.Core.Validation;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Library;

/// <summary>The profile sets of the tenants that validated last, each renewed when profiles have changed.</summary>
sealed class ProfileSets(
    ProfileSources sources,
    TimeProvider time,
    ProfileOptions options,
    ProfileChanges profileChanges,
    TerminologyChanges codeChanges)
{
    /// <summary>By what a caller may see as well: what he does not see is no definition for him.</summary>
    readonly Dictionary<(string Tenant, AccessRule Access), Entry> _entries = [];
    readonly Lock _lock = new();

    internal ProfileSet Of(Caller caller)
    {
        var (profiles, codes, now) = (profileChanges.Count, codeChanges.Count, time.GetTimestamp());
        lock (_lock)
        {
            var key = (caller.Tenant, caller.Access);
            if (!_entries.TryGetValue(key, out var entry) || entry.Profiles != profiles
                || time.GetElapsedTime(entry.Made, now).TotalMinutes > options.KeptMinutes)
            {
                DropOldest(key);
                entry = new Entry(new ProfileSet((canonical, cancel) => FindAsync(canonical, caller, cancel)))
                {
                    Profiles = profiles,
                    Codes = codes,
                    Made = now,
                };
                _entries[key] = entry;
            }

            if (entry.Codes != codes)
            {
                entry.Codes = codes;
                entry.Set.ForgetCodes();
            }

            entry.Used = now;
            return entry.Set;
        }
    }

    /// <summary>What the tenant stored, before what packages bring, before what ships with the hub.</summary>
    async ValueTask<FhirDocument?> FindAsync(string canonical, Caller caller, CancellationToken cancel) =>
        await sources.Stored("StructureDefinition", canonical, caller, cancel)
        ?? sources.Packaged("StructureDefinition", canonical)
        ?? (DefinitionArchive.R4.TryGet(canonical, out var shipped) && shipped.Type.Name == "StructureDefinition"
            ? shipped
            : null);

    void DropOldest((string Tenant, AccessRule Access) key)
    {
        if (_entries.Count >= options.TenantsMax && !_entries.ContainsKey(key))
        {
            _entries.Remove(_entries.MinBy(entry => entry.Value.Used).Key);
        }
    }

    /// <summary>A set, and what had changed when it was made.</summary>
    sealed class Entry(ProfileSet set)
    {
        internal ProfileSet Set => set;

        internal long Profiles { get; init; }

        internal long Codes { get; set; }

        internal long Made { get; init; }

        internal long Used { get; set; }
    }
}
