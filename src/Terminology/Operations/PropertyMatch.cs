using FhirHub.Core.Terminology;

namespace FhirHub.Terminology.Operations;

/// <summary>A code that was found by properties, and those of them that it does not have.</summary>
public sealed record PropertyMatch(CodeEntry Entry, IReadOnlyList<PropertyValue> Unmatched);
