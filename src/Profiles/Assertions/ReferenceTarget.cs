using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Compilation;
using FhirHub.Profiles.Library;
using FhirHub.Profiles.Messages;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Assertions;

/// <summary>
/// What a reference may lead to: the type, the profile, where the resource may be, and whether a version is named.
/// https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.type.targetProfile
/// </summary>
sealed class ReferenceTarget : Assertion
{
    const string CoreDefinitions = "http://hl7.org/fhir/StructureDefinition/";

    readonly TypeSchema[] _types;
    readonly ProfileSlot[] _profiles;
    readonly string _names;
    readonly string[] _aggregation;
    readonly string? _versioning;

    ReferenceTarget(IReadOnlyList<TypeFacts> references, ProfileSet profiles)
    {
        var targets = references.SelectMany(type => type.TargetProfiles).Distinct(StringComparer.Ordinal).ToList();
        _types = [.. targets.Select(CoreType).OfType<TypeSchema>()];
        _profiles = [.. targets.Where(target => CoreType(target) is null).Select(profiles.Slot)];
        _names = string.Join(", ", targets.Select(target => CoreType(target)?.Name ?? target));
        _aggregation = [.. references.SelectMany(type => type.Aggregation).Distinct(StringComparer.Ordinal)];
        _versioning = references.Select(type => type.Versioning).FirstOrDefault(v => v is not (null or "either"));
    }

    internal static Assertion? Build(ElementFacts facts, ProfileSet profiles)
    {
        var references = facts.Types.Where(type => type.Type.Name == "Reference").ToList();
        // One entry without a target permits every type.
        var says = references.Count > 0 && (references.All(type => type.TargetProfiles.Count > 0)
            || references.Any(type => type.Aggregation.Count > 0 || type.Versioning is not (null or "either")));
        return says ? new ReferenceTarget(references, profiles) : null;
    }

    internal override void Check(ValidationRun run, FhirNode node)
    {
        if (node.Type.Name != "Reference")
        {
            return; // another type of a choice
        }

        var text = ElementPart.Reference.First(node).Text;
        var form = text is null ? default : ReferenceForm.Of(text);
        var target = text is null ? default : run.ResolveInside(node, text);
        if (text is not null)
        {
            CheckPlace(run, node, form, target);
        }

        if (_types.Length + _profiles.Length == 0)
        {
            return;
        }

        var type = target.Exists ? target.Type : form.Type ?? TypeNamed(node);
        if (type is null || Permits(type))
        {
            return;
        }

        CheckProfiles(run, node, text, target, type);
    }

    void CheckPlace(ValidationRun run, FhirNode node, ReferenceForm form, FhirNode target)
    {
        if (_aggregation.Length > 0)
        {
            var place = form.Kind == ReferenceKind.Contained ? "contained" : target.Exists ? "bundled" : "referenced";
            if (!_aggregation.Contains(place))
            {
                run.Error(RuleMessages.ReferenceAggregation, node, string.Join(", ", _aggregation), place);
            }
        }

        if (_versioning is not null && (_versioning == "specific") != form.HasVersion)
        {
            run.Error(RuleMessages.ReferenceVersioning, node, _versioning);
        }
    }

    /// <summary>No type is permitted as it is: then one of the profiles on the type has to be met.</summary>
    void CheckProfiles(ValidationRun run, FhirNode node, string? text, FhirNode target, TypeSchema type)
    {
        var isOfType = false;
        foreach (var slot in _profiles)
        {
            if (!slot.TryGet(run, out var profile))
            {
                return; // this run is done again
            }

            // One that is not here may be what is meant; nobody can say that it is not.
            isOfType |= profile?.Rules is not { } rules || type.IsA(rules.Type);
        }

        if (!isOfType)
        {
            run.Error(RuleMessages.ReferenceType, node, _names, type.Name);
            return;
        }

        if (!target.Exists && text is not null)
        {
            target = run.Resolve(text) is { } stored ? stored.Root : default;
        }

        if (!target.Exists)
        {
            run.Information(RuleMessages.ReferenceUnchecked, node);
            return;
        }

        foreach (var slot in _profiles)
        {
            if (slot.TryGet(run, out var profile) && (profile?.Rules is null || run.PassesOnce(target, profile)))
            {
                return;
            }
        }

        run.Error(RuleMessages.ReferenceProfile, node, string.Join(", ", _profiles.Select(p => p.Canonical)));
    }

    bool Permits(TypeSchema type)
    {
        foreach (var permitted in _types)
        {
            if (type.IsA(permitted))
            {
                return true;
            }
        }

        return false;
    }

    static TypeSchema? TypeNamed(FhirNode node) =>
        ElementPart.Type.First(node).Text is { } name && FhirSchema.R4.TryGetType(name, out var type) && type.IsResource
            ? type
            : null;

    /// <summary>The type of R4 a target is, which newer guides name with a version as well.</summary>
    static TypeSchema? CoreType(string profile)
    {
        if (!profile.StartsWith(CoreDefinitions, StringComparison.Ordinal))
        {
            return null;
        }

        var bar = profile.IndexOf('|', StringComparison.Ordinal);
        var name = bar < 0 ? profile[CoreDefinitions.Length..] : profile[CoreDefinitions.Length..bar];
        return FhirSchema.R4.TryGetType(name, out var type) && type.IsResource ? type : null;
    }
}
