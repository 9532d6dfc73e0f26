namespace FhirHub.Terminology.Operations;

/// <summary>A property of a concept: its code, its type, and its value as text (a Coding as <c>system|code</c>).</summary>
public sealed record PropertyValue(string Code, string Type, string Text);
