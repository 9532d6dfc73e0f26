using System.Globalization;
using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Running;

/// <summary>The FHIRPath of a node, from the resource that is validated on: <c>Patient.name[0].given[1]</c>.</summary>
static class NodeExpression
{
    internal static string Of(FhirNode root, FhirNode node)
    {
        // What a reference leads to is in a document of its own, and its path begins there.
        var at = node.Document == root.Document ? root : node.Document.Root;
        var path = at.Type.Name;
        while (at != node)
        {
            if (Towards(at, node) is not var (child, index) || child.Element is not { } element)
            {
                return path;
            }

            path = element.IsArray
                ? string.Create(CultureInfo.InvariantCulture, $"{path}.{element.Name}[{index}]")
                : $"{path}.{element.Name}";
            at = child;
        }

        return path;
    }

    static (FhirNode Child, int Index)? Towards(FhirNode from, FhirNode node)
    {
        var counts = new Dictionary<object, int>();
        foreach (var child in from.Children)
        {
            // Only a root stands under no element.
            var element = child.Element!;
            counts[element] = counts.TryGetValue(element, out var count) ? count + 1 : 0;
            var (first, end) = node.Document.ChildRange(child.Index);
            if (child == node || (node.Index >= first && node.Index < end))
            {
                return (child, counts[element]);
            }
        }

        return null;
    }
}
