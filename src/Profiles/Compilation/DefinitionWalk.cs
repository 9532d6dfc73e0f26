using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Snapshots;

namespace FhirHub.Profiles.Compilation;

/// <summary>
/// Follows the path of a discriminator through definitions, into types and profiles where it leads there.
/// </summary>
sealed class DefinitionWalk(SnapshotLibrary library)
{
    /// <summary>The children a definition has: described where it stands, by its profile, or by its type.</summary>
    internal IReadOnlyList<ElementNode> Children(ElementNode node)
    {
        if (node.Children.Count > 0 || node.Definition is not { } definition)
        {
            return node.Children;
        }

        if (definition.Types is [var only] && only["profile"].ToList() is [var one] && one.Text is { } profile
            && library.Find(profile)?.Root is { } described)
        {
            return described.Children;
        }

        return definition.TypeCodes.ToList() is [var code] ? library.OfType(code)?.Root?.Children ?? [] : [];
    }

    internal ElementNode? Child(ElementNode node, string name)
    {
        foreach (var child in Children(node))
        {
            if (child.Name == name || child.Name == name + "[x]")
            {
                return child;
            }
        }

        return null;
    }

    /// <summary>The extension of that URL as the definition describes it, or else as its own definition does.</summary>
    internal ElementNode? Extension(ElementNode node, string url)
    {
        foreach (var slice in Child(node, "extension")?.Slices ?? [])
        {
            var types = slice.Definition?.Types ?? [];
            if (types.Any(type => type["profile"].Any(profile => profile.Text == url))
                || Child(slice, "url")?.Definition?.Fixed.Text == url)
            {
                return slice;
            }
        }

        return library.Find(url)?.Root;
    }

    /// <summary>What a reference may lead to.</summary>
    internal IReadOnlyList<ElementNode> Targets(ElementNode node) =>
    [
        .. TargetProfiles(node).Select(profile => library.Find(profile)?.Root).OfType<ElementNode>(),
    ];

    internal static IEnumerable<string> TargetProfiles(ElementNode node) =>
        (node.Definition?.Types ?? []).SelectMany(Targets).Distinct(StringComparer.Ordinal);

    static IEnumerable<string> Targets(FhirNode type) =>
        type["targetProfile"].Select(profile => profile.Text).OfType<string>();
}
