namespace FhirHub.Core.Search;

/// <summary>
/// What an Address is found by beyond its parts: folded texts, and the code of GB/T 2260 of the lowest division that
/// the address names without doubt.
/// </summary>
public sealed record AddressKeys(IReadOnlyList<string> Texts, string? Code)
{
    internal static readonly AddressKeys None = new([], null);
}
