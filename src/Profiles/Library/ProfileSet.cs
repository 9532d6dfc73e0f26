using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Compilation;
using FhirHub.Profiles.Running;
using FhirHub.Profiles.Snapshots;

namespace FhirHub.Profiles.Library;

/// <summary>
/// The compiled profiles of one tenant, and the rules of R4 itself. Nothing in it goes stale: when a definition
/// changes, a new set takes the place of this one.
/// </summary>
sealed class ProfileSet
{
    const int SlotsMax = 5_000;
    const int ValueSetsMax = 5_000;
    const int DefinitionsMax = 5_000;
    const int CompileRoundsMax = 200;
    const string CoreDefinitions = "http://hl7.org/fhir/StructureDefinition/";

    readonly Func<string, CancellationToken, ValueTask<FhirDocument?>> _fetch;
    readonly ConcurrentDictionary<string, FhirDocument?> _definitions = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, ProfileSlot> _slots = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, CodeFacts> _valueSets = new(StringComparer.Ordinal);
    readonly ContentRules?[] _base = new ContentRules?[FhirSchema.R4.TypeArray.Length];

    /// <param name="fetch">Finds a StructureDefinition by canonical URL; null where there is none.</param>
    internal ProfileSet(Func<string, CancellationToken, ValueTask<FhirDocument?>> fetch)
    {
        _fetch = fetch;
        Snapshots = new SnapshotLibrary(Find);
    }

    internal SnapshotLibrary Snapshots { get; }

    /// <summary>The answers about whether a code system has a code.</summary>
    internal CodeFacts Systems { get; } = new(null);

    internal CodeFacts ValueSet(string canonical)
    {
        if (_valueSets.Count >= ValueSetsMax)
        {
            _valueSets.Clear(); // bindings in use hold theirs
        }

        return _valueSets.GetOrAdd(canonical, static url => new CodeFacts(url));
    }

    /// <summary>The place of a profile, the same one for everybody who names it.</summary>
    internal ProfileSlot Slot(string canonical)
    {
        if (_slots.Count >= SlotsMax)
        {
            // Only input made of URLs gets here; rules that are in use hold the slots they need.
            _slots.Clear();
        }

        return _slots.GetOrAdd(canonical, static url => new ProfileSlot(url));
    }

    /// <summary>What R4 itself says of a type.</summary>
    internal ContentRules BaseOf(TypeSchema type) => _base[type.Index] ?? MakeBase(type);

    /// <summary>Forgets what the terminology said, because it may say something else now.</summary>
    internal void ForgetCodes()
    {
        Systems.Forget();
        foreach (var facts in _valueSets.Values)
        {
            facts.Forget();
        }
    }

    /// <summary>Compiles a profile with all it takes to do so.</summary>
    internal async ValueTask FillAsync(ProfileSlot slot, CancellationToken cancel)
    {
        for (var round = 0; !slot.IsFilled; round++)
        {
            if (round == CompileRoundsMax || TryFill(slot, out var missing))
            {
                return;
            }

            await FetchAsync(missing, cancel);
        }
    }

    /// <summary>Fetches a definition that a snapshot needs.</summary>
    internal async ValueTask FetchAsync(string canonical, CancellationToken cancel)
    {
        var found = await _fetch(canonical, cancel);
        if (_definitions.Count >= DefinitionsMax)
        {
            // Names of extensions and profiles come from whoever sends resources: there is no end of them.
            _definitions.Clear();
        }

        _definitions[canonical] = found;
    }

    /// <summary>The snapshot of a definition, whatever has to be fetched for it.</summary>
    internal async ValueTask<Snapshot> SnapshotAsync(FhirNode definition, CancellationToken cancel)
    {
        for (var round = 0; ; round++)
        {
            try
            {
                return Snapshots.Of(definition, anew: true);
            }
            catch (MissingDefinitionException missing) when (round < CompileRoundsMax)
            {
                await FetchAsync(missing.Canonical, cancel);
            }
        }
    }

    bool TryFill(ProfileSlot slot, [NotNullWhen(false)] out string? missing)
    {
        missing = null;
        try
        {
            slot.Fill(Find(slot.Canonical) is { } definition
                ? new ProfileCompiler(this).Compile(definition, slot.Canonical)
                : null);
            return true;
        }
        catch (MissingDefinitionException definition)
        {
            missing = definition.Canonical;
            return false;
        }
    }

    FhirDocument? Find(string canonical)
    {
        if (_definitions.TryGetValue(canonical, out var known))
        {
            return known;
        }

        // The types of R4 are what they are, whatever is stored.
        if (canonical.StartsWith(CoreDefinitions, StringComparison.Ordinal)
            && FhirSchema.R4.TryGetType(canonical[CoreDefinitions.Length..], out _)
            && DefinitionArchive.R4.TryGet(canonical, out var core))
        {
            return _definitions.GetOrAdd(canonical, core);
        }

        throw new MissingDefinitionException(canonical);
    }

    ContentRules MakeBase(TypeSchema type)
    {
        // Several threads may make the same; each is right, and the last one stays.
        var made = new BaseCompiler(this).Compile(type);
        Volatile.Write(ref _base[type.Index], made);
        return made;
    }
}
