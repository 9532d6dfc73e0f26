using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Messages;
using FhirHub.Profiles.Snapshots;

namespace FhirHub.Profiles.Running;

/// <summary>A StructureDefinition made ready to check with; the same for all threads.</summary>
sealed class CompiledProfile(string url, ContentRules? rules, IReadOnlyList<SnapshotProblem> problems)
{
    internal string Url { get; } = url;

    /// <summary>The rules; null when the profile is too broken to have any.</summary>
    internal ContentRules? Rules { get; } = rules;

    /// <summary>What is wrong with the profile itself.</summary>
    internal IReadOnlyList<SnapshotProblem> Problems { get; } = problems;

    /// <summary>For an extension: where it may be used.</summary>
    internal ExtensionUse? Extension { get; init; }

    internal bool IsSound => Rules is not null && Problems.Count == 0;

    internal string FirstProblem => Problems.Count > 0 ? Problems[0].ToString() : "";

    internal void Check(ValidationRun run, FhirNode node)
    {
        if (Rules is null)
        {
            return;
        }

        if (node.Type.IsA(Rules.Type))
        {
            Rules.Check(run, node);
        }
        else
        {
            run.Error(RuleMessages.ProfileOfOtherType, node, Url, Rules.Type.Name, node.Type.Name);
        }
    }
}
