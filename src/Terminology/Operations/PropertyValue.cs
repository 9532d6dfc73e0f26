namespace FhirHub.Terminology.Operations;

/// <summary>A property of a concept: code, type, and the value as text, a Coding as <c>system|code</c>.</summary>
public sealed record PropertyValue(string Code, string Type, string Text);
