using System.Globalization;
using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Snapshots;

/// <summary>The tree of the elements of a snapshot or differential, read from the flat list and written back.</summary>
static class ElementTree
{
    const int DepthMax = 64;

    /// <summary>
    /// Reads <c>snapshot</c> or <c>differential</c>; null when it has no element. Elements that only pass through, of
    /// which a differential says nothing, are nodes without a definition.
    /// </summary>
    internal static ElementNode? Read(FhirNode list)
    {
        ElementNode? root = null;
        List<Step> last = [];
        foreach (var node in list.Exists ? list["element"] : default)
        {
            var definition = new ElementDefinition(node);
            var steps = Steps(definition, last);
            if (steps.Count + steps.Sum(step => step.Slice?.Count(c => c == '/') ?? 0) > DepthMax)
            {
                continue; // deeper than anything a document may hold; what walks the tree goes that deep as well
            }

            root ??= new ElementNode(steps[0].Name);
            var at = root;
            foreach (var step in steps.Skip(1))
            {
                at = Find(at, step);
            }

            at.Definition = definition;
            last = steps;
        }

        return root;
    }

    /// <summary>Puts the tree into the builder of a StructureDefinition as its snapshot.</summary>
    internal static void Write(ElementNode root, FhirBuilder profile)
    {
        profile.Remove("snapshot");
        profile.At("snapshot");
        Write(root, root.Name, root.Name, profile);
    }

    static void Write(ElementNode node, string path, string id, FhirBuilder profile)
    {
        if (node.Definition is { } definition)
        {
            profile.Add("snapshot.element", element => Write(definition, path, id, SliceNameOf(id), element));
        }

        foreach (var child in node.Children)
        {
            Write(child, $"{path}.{child.Name}", $"{id}.{child.Name}", profile);
        }

        foreach (var slice in node.Slices)
        {
            // A slice of a slice is named by both: "a/b".
            Write(slice, path, node.Slice is null ? $"{id}:{slice.Slice}" : $"{id}/{slice.Slice}", profile);
        }
    }

    static void Write(ElementDefinition definition, string path, string id, string? slice, FhirBuilder element)
    {
        element.Set("id", id).Set("path", path);
        if (slice is not null)
        {
            element.Set("sliceName", slice);
        }

        if (definition.Min is { } min)
        {
            element.Set("min", min.ToString(CultureInfo.InvariantCulture));
        }

        if (definition.Max is { } max)
        {
            element.Set("max", max);
        }

        if (definition.Base is { } origin)
        {
            element.Set("base.path", origin.Path).Set("base.min", origin.Min).Set("base.max", origin.Max);
        }

        foreach (var node in definition.Nodes)
        {
            // The root of a document stands under no property, and no definition holds one.
            var property = node.Property!;
            if (property.Element.IsArray)
            {
                element.Add(property.Name, node);
            }
            else
            {
                element.Set(property.Name, node);
            }
        }
    }

    static string? SliceNameOf(string id)
    {
        var step = id[(id.LastIndexOf('.') + 1)..];
        var colon = step.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : step[(colon + 1)..];
    }

    static ElementNode Find(ElementNode parent, Step step)
    {
        var at = parent.Child(step.Name);
        if (at is null)
        {
            parent.Children.Add(at = new ElementNode(step.Name));
        }

        foreach (var slice in step.Slice?.Split('/') ?? [])
        {
            var found = at.SliceNamed(slice);
            if (found is null)
            {
                at.Slices.Add(found = new ElementNode(step.Name) { Slice = slice });
            }

            at = found;
        }

        return at;
    }

    /// <summary>
    /// Where an element stands. Its id says so exactly, when it has one that agrees with its path; otherwise it is in
    /// the slice that was begun last on the same path.
    /// </summary>
    static List<Step> Steps(ElementDefinition definition, List<Step> last)
    {
        var path = definition.Path.Split('.');
        if (definition.Id is { } id && ById(id, path, definition.SliceName) is { } steps)
        {
            return steps;
        }

        List<Step> made = [];
        var isAlong = true;
        for (var i = 0; i < path.Length; i++)
        {
            isAlong = isAlong && i < last.Count && last[i].Name == path[i];
            var slice = i == path.Length - 1 ? definition.SliceName : isAlong ? last[i].Slice : null;
            made.Add(new Step(path[i], slice));
        }

        return made;
    }

    static List<Step>? ById(string id, string[] path, string? sliceName)
    {
        var parts = id.Split('.');
        if (parts.Length != path.Length)
        {
            return null;
        }

        List<Step> steps = [];
        for (var i = 0; i < parts.Length; i++)
        {
            var colon = parts[i].IndexOf(':', StringComparison.Ordinal);
            var step = colon < 0 ? new Step(parts[i], null) : new Step(parts[i][..colon], parts[i][(colon + 1)..]);
            if (step.Name != path[i])
            {
                return null;
            }

            steps.Add(step);
        }

        var slice = steps[^1].Slice;
        // An id without the slice its name says, or with another one, was not kept up.
        return (slice is null) == (sliceName is null)
            && (slice is null || slice == sliceName || slice.EndsWith("/" + sliceName, StringComparison.Ordinal))
            ? steps
            : null;
    }

    /// <summary>A step of a path, with the slice it goes through.</summary>
    sealed record Step(string Name, string? Slice);
}
