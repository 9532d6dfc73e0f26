namespace FhirHub.Fhir.Definitions;

/// <summary>A search parameter of the specification (or a custom one of the same shape).</summary>
public sealed record SearchParameterSchema(
    string Url,
    string Name,
    string Code,
    SearchParameterType Type,
    string? Expression,
    IReadOnlyList<string> Base,
    IReadOnlyList<string> Targets,
    IReadOnlyList<SearchComponentSchema> Components);

/// <summary>
/// One part of a composite: the parameter that gives its type, and its expression from the composite's nodes.
/// </summary>
public sealed record SearchComponentSchema(string Definition, string Expression);

/// <summary>
/// A compartment: member resource type to the codes of the parameters that link it to the focus. The code
/// <c>{def}</c> is no parameter: it says that the focus itself is a member.
/// </summary>
public sealed record CompartmentSchema(string Type, IReadOnlyDictionary<string, IReadOnlyList<string>> Members);
