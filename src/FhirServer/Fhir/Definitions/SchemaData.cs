namespace FhirHub.Fhir.Definitions;

// The plain content of the compiled definitions, exactly as the definitions compiler writes it and FhirSchema reads it.
// This file and SchemaFile.cs are compiled into both, so that the two cannot disagree.

/// <summary>Everything the compiled schema file holds.</summary>
sealed record SchemaData(
    string FhirVersion,
    IReadOnlyList<InvariantData> Invariants,
    IReadOnlyList<TypeData> Types,
    IReadOnlyList<SearchParameterData> SearchParameters,
    IReadOnlyList<CompartmentData> Compartments);

/// <summary>A constraint on an element; elements share them by index because most inherit the same few.</summary>
sealed record InvariantData(string Key, bool IsError, string Human, string? Expression, string? Source);

/// <summary>One type: a primitive, a data type, a backbone or a resource.</summary>
sealed record TypeData(
    string Name,
    TypeKind Kind,
    string? Base,
    bool IsAbstract,
    PrimitiveKind Primitive,
    string? Regex,
    long? MinValue,
    long? MaxValue,
    int? MaxLength,
    IReadOnlyList<int> Invariants,
    IReadOnlyList<ElementData> Elements);

/// <summary>One element of a type; <c>Max</c> is -1 for <c>*</c>.</summary>
sealed record ElementData(
    string Name,
    string Path,
    int Min,
    int Max,
    ElementFlags Flags,
    string? ContentReference,
    IReadOnlyList<TypeReferenceData> Types,
    BindingData? Binding,
    IReadOnlyList<int> Invariants);

/// <summary>One permitted type of an element, with the profiles and reference targets it is limited to.</summary>
sealed record TypeReferenceData(string Type, IReadOnlyList<string> Profiles, IReadOnlyList<string> TargetProfiles);

/// <summary>The binding of a coded element to a value set.</summary>
sealed record BindingData(BindingStrength Strength, string? ValueSet, string? MaxValueSet);

/// <summary>A search parameter as published, its expression still text.</summary>
sealed record SearchParameterData(
    string Url,
    string Name,
    string Code,
    SearchParameterType Type,
    string? Expression,
    IReadOnlyList<string> Base,
    IReadOnlyList<string> Targets,
    IReadOnlyList<SearchComponentData> Components);

/// <summary>One part of a composite search parameter.</summary>
sealed record SearchComponentData(string Definition, string Expression);

/// <summary>A compartment: for each member type, the search parameters that put a resource in it.</summary>
sealed record CompartmentData(string Type, IReadOnlyList<CompartmentMemberData> Members);

/// <summary>A resource type in a compartment and its parameters (<c>{def}</c> means the focus itself).</summary>
sealed record CompartmentMemberData(string Type, IReadOnlyList<string> Parameters);

/// <summary>What is true of an element beyond its name, type and cardinality.</summary>
[Flags]
public enum ElementFlags : byte
{
    None = 0,
    Choice = 1,
    Summary = 2,
    Modifier = 4,

    /// <summary>An attribute in XML: <c>id</c> of data types and <c>url</c> of extensions.</summary>
    XmlAttribute = 8,
}

/// <summary>How strictly a binding holds: https://hl7.org/fhir/R4/terminologies.html#strength</summary>
public enum BindingStrength : byte
{
    Required,
    Extensible,
    Preferred,
    Example,
}

/// <summary>The types of search parameter: https://hl7.org/fhir/R4/search.html#ptypes</summary>
public enum SearchParameterType : byte
{
    Number,
    Date,
    String,
    Token,
    Reference,
    Composite,
    Quantity,
    Uri,
    Special,
}
