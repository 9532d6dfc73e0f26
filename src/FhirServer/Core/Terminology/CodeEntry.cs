namespace FhirHub.Core.Terminology;

/// <summary>A code as an expansion or a look-up gives it.</summary>
/// <param name="System">The code system's URL.</param>
/// <param name="Version">The version it was taken from; null when its system has none or is not here.</param>
/// <param name="Code">The code, as its system writes it.</param>
/// <param name="Display">What to show for it; null when nobody says.</param>
/// <param name="IsInactive">Whether it is no longer for use in new content; stored content may well hold it.</param>
/// <param name="IsAbstract">Whether it only groups others and is not to be chosen.</param>
public sealed record CodeEntry(
    string System, string? Version, string Code, string? Display, bool IsInactive, bool IsAbstract);
