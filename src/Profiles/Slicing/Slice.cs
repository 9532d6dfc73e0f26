using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Running;

namespace FhirHub.Profiles.Slicing;

/// <summary>One slice: how to tell what is of it, and what holds for that.</summary>
sealed class Slice(string name, Criterion[] criteria, ElementRules rules)
{
    internal string Name { get; } = name;

    internal ElementRules Rules { get; } = rules;

    /// <summary>Whether an occurrence is of this slice, by all of the discriminators.</summary>
    internal bool Takes(ValidationRun run, FhirNode node, int position)
    {
        foreach (var criterion in criteria)
        {
            if (!criterion.IsMet(run, node, position))
            {
                return false;
            }
        }

        // Without a discriminator what conforms is of the slice.
        return criteria.Length > 0 || run.Passes(node, Rules.Each.Check);
    }
}
