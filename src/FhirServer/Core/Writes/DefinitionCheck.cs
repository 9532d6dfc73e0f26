using FhirHub.Core.Model;
using FhirHub.Core.Search;

namespace FhirHub.Core.Writes;

/// <summary>
/// SearchParameters among the changes of a commit: what they say takes effect with it, so it is checked before.
/// </summary>
static class DefinitionCheck
{
    internal const string Type = "SearchParameter";

    internal static bool IsNeeded(IReadOnlyList<WritePlan.Change> changes) => changes.Any(c => c.Key.Type == Type);

    /// <summary>Throws what is wrong with the first that is wrong.</summary>
    /// <param name="changes">The changes of the commit.</param>
    /// <param name="own">The tenant's definitions as they are before it.</param>
    internal static void Check(IReadOnlyList<WritePlan.Change> changes, IReadOnlyList<CustomDefinition> own)
    {
        var ids = changes.Where(c => c.Key.Type == Type).Select(c => c.Key.Id).ToHashSet(StringComparer.Ordinal);
        var others = own.Where(o => !ids.Contains(o.Id)).ToList();
        foreach (var change in changes)
        {
            if (change.Key.Type != Type || change.Document is not { } document)
            {
                continue;
            }

            try
            {
                if (CustomDefinitionReader.Read(change.Key.Id, document) is { } definition)
                {
                    others.Add(CustomDefinitions.Clash(definition, others) is { } clash
                        ? throw new FhirException(clash)
                        : definition);
                }
            }
            catch (FhirException wrong) when (change.Place is { } place)
            {
                var problem = wrong.Problem;
                var path = problem.Expression?.Replace(Type, $"{place}.resource", StringComparison.Ordinal) ?? place;
                throw new FhirException(problem with { Text = $"{place}: {problem.Text}", Expression = path });
            }
        }
    }
}
