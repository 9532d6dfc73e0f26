using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Compilation;
using FhirHub.Profiles.Library;
using FhirHub.Profiles.Messages;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Assertions;

/// <summary>The profiles of a type, of which the value has to meet one.</summary>
sealed class TypeProfiles(TypeSchema type, ProfileSlot[] slots) : Assertion
{
    internal static IEnumerable<Assertion> Build(ElementFacts facts, ProfileSet profiles) =>
        from type in facts.Types
        group type by type.Type into same
        // An entry without profiles permits the type as it is.
        where same.All(type => type.Profiles.Count > 0)
        select new TypeProfiles(
            same.Key, [.. same.SelectMany(type => type.Profiles).Distinct().Select(profiles.Slot)]);

    internal override void Check(ValidationRun run, FhirNode node)
    {
        if (!node.Type.IsA(type))
        {
            return;
        }

        if (slots.Length == 1)
        {
            CheckOnly(run, node);
            return;
        }

        var isUnknown = false;
        foreach (var slot in slots)
        {
            if (!slot.TryGet(run, out var profile) || profile is null)
            {
                isUnknown = true;
            }
            else if (run.Passes(node, profile.Check))
            {
                return;
            }
        }

        if (!isUnknown)
        {
            run.Error(RuleMessages.NoProfileMet, node, string.Join(", ", slots.Select(slot => slot.Canonical)));
        }
    }

    void CheckOnly(ValidationRun run, FhirNode node)
    {
        if (!slots[0].TryGet(run, out var profile))
        {
            return;
        }

        if (profile is null)
        {
            run.Warning(RuleMessages.ProfileUnknown, node, slots[0].Canonical);
            return;
        }

        var outer = run.Profile;
        run.Profile = profile.Url;
        profile.Check(run, node);
        run.Profile = outer;
    }
}
