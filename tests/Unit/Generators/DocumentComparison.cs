using FhirHub.Fhir.Documents;

namespace FhirHub.Generators;

/// <summary>Compares documents as trees: names, types, value texts and children in their order, not bytes.</summary>
static class DocumentComparison
{
    /// <summary>The first difference with its path, or null when both say the same.</summary>
    internal static string? Difference(FhirDocument left, FhirDocument right) =>
        Difference(left.Root, right.Root, left.Type.Name);

    static string? Difference(FhirNode left, FhirNode right, string path)
    {
        if (left.Name != right.Name || !ReferenceEquals(left.Property, right.Property) || left.Type != right.Type)
        {
            return $"{path}: {left} against {right}";
        }

        if (left.Text != right.Text)
        {
            return $"{path}: the value '{left.Text}' against '{right.Text}'";
        }

        // Children keep their order within an element; between elements JSON gives order no meaning.
        var (ours, theirs) = (Children(left), Children(right));
        if (ours.Count != theirs.Count)
        {
            return $"{path}: {Named(ours)} against {Named(theirs)}";
        }

        for (var i = 0; i < ours.Count; i++)
        {
            if (Difference(ours[i], theirs[i], $"{path}.{ours[i].Name}[{i}]") is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    static List<FhirNode> Children(FhirNode node)
    {
        var children = new List<FhirNode>();
        foreach (var child in node.Children)
        {
            children.Add(child);
        }

        return [.. children.OrderBy(child => child.Element?.Ordinal ?? 0)];
    }

    static string Named(List<FhirNode> nodes) => "(" + string.Join(", ", nodes.Select(node => node.Name)) + ")";
}
