using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Messages;

namespace FhirHub.Profiles.Running;

/// <summary>Validates a resource against R4 or, where it names profiles that are here, against those.</summary>
static class ResourceCheck
{
    internal static void Check(ValidationRun run, FhirNode resource, IReadOnlyList<string>? asked = null)
    {
        var outer = run.Profile;
        var isCovered = false;

        // 1. The profiles asked for: one that is not here is an error, since nobody can say that it was met.
        foreach (var canonical in asked ?? [])
        {
            isCovered |= CheckAgainst(run, resource, canonical, isAsked: true, default);
        }

        // 2. The profiles it names itself.
        foreach (var named in ElementPart.Profile.All(ElementPart.Meta.First(resource)))
        {
            if (named.Text is { } canonical && asked?.Contains(canonical) != true)
            {
                isCovered |= CheckAgainst(run, resource, canonical, isAsked: false, named);
            }
        }

        // 3. R4 itself, which every profile of the type includes.
        if (!isCovered)
        {
            run.Profile = null;
            run.Profiles.BaseOf(resource.Type).Check(run, resource);
        }

        run.Profile = outer;
    }

    static bool CheckAgainst(ValidationRun run, FhirNode resource, string canonical, bool isAsked, FhirNode place)
    {
        if (!run.Profiles.Slot(canonical).TryGet(run, out var profile))
        {
            return false;
        }

        run.Profile = canonical;
        if (profile is null)
        {
            run.Report(
                isAsked ? IssueSeverity.Error : IssueSeverity.Warning,
                RuleMessages.ProfileUnknown,
                place.Exists ? place : resource,
                canonical);
            return false;
        }

        if (!profile.IsSound)
        {
            run.Report(
                isAsked ? IssueSeverity.Error : IssueSeverity.Warning,
                RuleMessages.ProfileBroken,
                place.Exists ? place : resource,
                canonical,
                profile.FirstProblem);
        }

        profile.Check(run, resource);
        return profile.Rules is not null && profile.Rules.Type == resource.Type;
    }
}
