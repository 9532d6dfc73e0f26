using System.Globalization;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Fhir.Documents;

/// <summary>
/// The path by which a <see cref="FhirBuilder"/> of a node's document knows the node: <c>entry[3].resource.name[0]</c>,
/// and nothing for the root.
/// </summary>
static class NodePath
{
    internal static string Of(FhirNode node) => string.Join('.', Steps(node, static property => property.Name));

    /// <summary>The same as FHIRPath from the resource on: <c>Observation.value.reference</c>.</summary>
    internal static string Expression(FhirNode node) => string.Join(
        '.', Steps(node, static property => property.Element.Name).Prepend(node.Document.Type.Name));

    static List<string> Steps(FhirNode node, Func<PropertySchema, string> name)
    {
        var steps = new List<string>();
        for (var at = node.Document.Root; at != node;)
        {
            at = ChildTowards(at, node, out var index);
            // Only the root has no property.
            var property = at.Property!;
            steps.Add(property.Element.IsArray
                ? string.Create(CultureInfo.InvariantCulture, $"{name(property)}[{index}]")
                : name(property));
        }

        return steps;
    }

    static FhirNode ChildTowards(FhirNode from, FhirNode node, out int index)
    {
        // The repetitions of a property stand side by side in JSON, one array, so a new property begins a new count.
        var property = default(PropertySchema);
        index = 0;
        foreach (var child in from.Children)
        {
            index = child.Property == property ? index + 1 : 0;
            property = child.Property;
            var (first, end) = node.Document.ChildRange(child.Index);
            if (child == node || (node.Index >= first && node.Index < end))
            {
                return child;
            }
        }

        throw new InvalidOperationException("A node is in its document, so one child leads to it.");
    }
}
