using FhirHub.Core.Terminology;

namespace FhirHub.Terminology.Operations;

/// <summary>A code of an expansion with what was asked about it.</summary>
public sealed record ExpandedCode(CodeEntry Entry)
{
    /// <summary>What to show, in the language asked for where there is such a name.</summary>
    public string? Display { get; init; } = Entry.Display;

    public IReadOnlyList<Designation> Designations { get; init; } = [];

    public IReadOnlyList<PropertyValue> Properties { get; init; } = [];

    /// <summary>The codes directly below it, where the expansion is a tree.</summary>
    public IReadOnlyList<ExpandedCode> Children { get; init; } = [];
}
