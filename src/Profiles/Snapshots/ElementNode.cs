namespace FhirHub.Profiles.Snapshots;

/// <summary>An element in the tree of a StructureDefinition, with its children and its slices in their order.</summary>
sealed class ElementNode(string name)
{
    /// <summary>The last step of the path: <c>coding</c>, <c>value[x]</c>, or the type at the root.</summary>
    internal string Name { get; } = name;

    /// <summary>
    /// The name of the slice, without the names of those it is a slice of; null for the element itself.
    /// </summary>
    internal string? Slice { get; init; }

    /// <summary>What is said of the element; null where a differential only passes through it.</summary>
    internal ElementDefinition? Definition { get; set; }

    internal List<ElementNode> Children { get; } = [];

    internal List<ElementNode> Slices { get; } = [];

    internal ElementNode? Child(string name) => Children.Find(child => child.Name == name);

    internal ElementNode? SliceNamed(string slice) => Slices.Find(child => child.Slice == slice);

    /// <summary>How many elements there are from here down.</summary>
    internal int Count => 1 + Children.Sum(child => child.Count) + Slices.Sum(slice => slice.Count);

    internal ElementNode Clone() => CloneAs(Name, Slice);

    /// <summary>A deep copy under another name; the definitions are copied, the nodes they hold are shared.</summary>
    internal ElementNode CloneAs(string name, string? slice)
    {
        var copy = new ElementNode(name) { Slice = slice, Definition = Definition?.Clone() };
        copy.Children.AddRange(Children.Select(child => child.Clone()));
        copy.Slices.AddRange(Slices.Select(child => child.Clone()));
        return copy;
    }

    public override string ToString() => Slice is null ? Name : $"{Name}:{Slice}";
}
