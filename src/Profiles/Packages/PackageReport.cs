namespace FhirHub.Profiles.Packages;

/// <summary>What became of an installation.</summary>
/// <param name="Manifest">The package.</param>
/// <param name="IsNew">Whether it was not here before.</param>
/// <param name="Definitions">How many definitions it has.</param>
/// <param name="Examples">How many examples it has.</param>
/// <param name="Missing">The packages it rests on that are not here.</param>
/// <param name="Problems">What is wrong with its content, by file and element.</param>
public sealed record PackageReport(
    PackageManifest Manifest,
    bool IsNew,
    int Definitions,
    int Examples,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Problems);
