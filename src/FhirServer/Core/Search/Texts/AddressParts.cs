namespace FhirHub.Core.Search;

/// <summary>An Address as it is written.</summary>
public sealed record AddressParts(
    string? Country, string? State, string? City, string? District, IReadOnlyList<string> Lines, string? Text);
