using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Running;

/// <summary>
/// What holds for one occurrence of an element: what the element says of it, and what its type says, or the profile
/// that goes into the type in its place.
/// </summary>
sealed class NodeRules(Assertion[] assertions, ContentRules[] contents)
{
    internal static NodeRules None { get; } = new([], []);

    internal void Check(ValidationRun run, FhirNode node)
    {
        foreach (var assertion in assertions)
        {
            assertion.Check(run, node);
        }

        foreach (var content in contents)
        {
            if (ReferenceEquals(content.Type, node.Type))
            {
                content.Check(run, node);
                return;
            }
        }

        var type = node.Type;
        if (type.IsResource)
        {
            // What stands in a bundle or is contained is validated as what it says it is.
            ResourceCheck.Check(run, node);
            return;
        }

        var content0 = run.Profiles.BaseOf(type);
        if (!content0.IsEmptyForLeaves || node.Document.ChildRange(node.Index) is var (first, end) && first < end)
        {
            content0.Check(run, node);
        }
    }
}
