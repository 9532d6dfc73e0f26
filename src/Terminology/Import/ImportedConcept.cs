using FhirHub.Terminology.Operations;

namespace FhirHub.Terminology.Import;

/// <summary>A concept as a reader found it.</summary>
sealed record ImportedConcept(string Code, string? Display)
{
    internal string? Definition { get; init; }

    internal IReadOnlyList<Designation> Designations { get; init; } = [];

    internal IReadOnlyList<PropertyValue> Properties { get; init; } = [];

    /// <summary>The codes directly above it.</summary>
    internal IReadOnlyList<string> Parents { get; init; } = [];

    internal bool IsInactive { get; init; }
}
