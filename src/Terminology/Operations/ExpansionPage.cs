using FhirHub.Terminology.ValueSets;

namespace FhirHub.Terminology.Operations;

/// <summary>A part of an expansion.</summary>
/// <param name="Total">How many codes pass the filter in all.</param>
/// <param name="Offset">How many of them come before this part.</param>
/// <param name="Codes">The part.</param>
/// <param name="IsComplete">Whether everything the value set draws on is here as a whole.</param>
public sealed record ExpansionPage(int Total, int Offset, IReadOnlyList<ExpandedCode> Codes, bool IsComplete)
{
    /// <summary>The value set's URL, empty for one that was sent along without.</summary>
    public required string Url { get; init; }

    public string? Version { get; init; }

    public required ValueSetHead Head { get; init; }

    /// <summary>The supplements that were drawn on, as canonicals.</summary>
    public IReadOnlyList<string> UsedSupplements { get; init; } = [];

    /// <summary>The code systems that were drawn on, as canonicals with their versions.</summary>
    public IReadOnlyList<string> UsedSystems { get; init; } = [];
}
