namespace FhirHub.Terminology.ConceptMaps;

/// <summary>What else has to be said besides a target: <c>ConceptMap.group.element.target.product</c>.</summary>
public sealed record Product(string Element, string? System, string Value, string? Display);
