namespace FhirHub.Fhir.Definitions;

/// <summary>An element of a type: <c>Patient.birthDate</c>, or the choice <c>Observation.value[x]</c> as one.</summary>
public sealed class ElementSchema
{
    /// <summary>The name FHIRPath uses: <c>value</c> for <c>value[x]</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The definition's own path, such as <c>Observation.value[x]</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The type that owns the element.</summary>
    public required TypeSchema Owner { get; init; }

    /// <summary>The position among the owner's elements, which is also their order in XML.</summary>
    public required int Ordinal { get; init; }

    public required int Min { get; init; }

    /// <summary>The most repetitions allowed; <see cref="int.MaxValue"/> for <c>*</c>.</summary>
    public required int Max { get; init; }

    public required ElementFlags Flags { get; init; }

    /// <summary>The path this element takes its content from, such as <c>Questionnaire.item</c>.</summary>
    public string? ContentReference { get; init; }

    public BindingSchema? Binding { get; init; }

    public required IReadOnlyList<InvariantSchema> Invariants { get; init; }

    /// <summary>The permitted types, one for most elements, several for a choice.</summary>
    public IReadOnlyList<TypeReference> Types { get; internal set; } = [];

    /// <summary>The property names of the element, one per permitted type.</summary>
    public IReadOnlyList<PropertySchema> Properties { get; internal set; } = [];

    public bool IsArray => Max > 1;

    public bool IsChoice => (Flags & ElementFlags.Choice) != 0;

    public bool IsSummary => (Flags & ElementFlags.Summary) != 0;

    public bool IsModifier => (Flags & ElementFlags.Modifier) != 0;

    public bool IsXmlAttribute => (Flags & ElementFlags.XmlAttribute) != 0;

    public override string ToString() => Path;
}

/// <summary>A permitted type of an element, and what limits it further.</summary>
public sealed record TypeReference(
    TypeSchema Type, IReadOnlyList<string> Profiles, IReadOnlyList<string> TargetProfiles);

/// <summary>The value set a coded element is bound to.</summary>
public sealed record BindingSchema(BindingStrength Strength, string? ValueSet, string? MaxValueSet);

/// <summary>A rule on an element that FHIRPath decides.</summary>
public sealed record InvariantSchema(string Key, bool IsError, string Human, string? Expression, string? Source);
