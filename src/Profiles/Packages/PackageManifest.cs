using System.Text.Json;
using FhirHub.Core.Model;

namespace FhirHub.Profiles.Packages;

/// <summary>
/// What a package says of itself: https://confluence.hl7.org/display/FHIR/NPM+Package+Specification
/// </summary>
/// <param name="Name">The name, such as <c>hl7.fhir.uv.ips</c>.</param>
/// <param name="Version">The version, such as <c>2.0.0</c>.</param>
/// <param name="Title">What to call it; null where it does not say.</param>
/// <param name="FhirVersions">The versions of FHIR it is for; none where it does not say.</param>
/// <param name="Dependencies">The packages it rests on, with the version of each.</param>
public sealed record PackageManifest(
    string Name,
    string Version,
    string? Title,
    IReadOnlyList<string> FhirVersions,
    IReadOnlyDictionary<string, string> Dependencies)
{
    const int NameLengthMax = 200;

    /// <summary>The name with the version: <c>hl7.fhir.uv.ips#2.0.0</c>.</summary>
    public string Key => $"{Name}#{Version}";

    internal static PackageManifest Read(ReadOnlyMemory<byte> json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException broken)
        {
            throw Refused($"package.json is no JSON (line {broken.LineNumber + 1})");
        }

        using (document)
        {
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "name") is not { } name
                || Text(root, "version") is not { } version)
            {
                throw Refused("package.json has to be an object with 'name' and 'version'");
            }

            // Both become part of a file's name.
            if (!IsPlain(name) || !IsPlain(version))
            {
                throw Refused("name and version are made of letters, digits, dots, hyphens and underscores");
            }

            return new PackageManifest(name, version, Text(root, "title"), Versions(root), Dependencies(root));
        }

        static Dictionary<string, string> Dependencies(JsonElement root) =>
            root.TryGetProperty("dependencies", out var list) && list.ValueKind == JsonValueKind.Object
                ? list.EnumerateObject().Where(d => d.Value.ValueKind == JsonValueKind.String)
                    .ToDictionary(d => d.Name, d => d.Value.GetString() ?? "", StringComparer.Ordinal)
                : [];
    }

    /// <summary>Whether a text may be a name or a version: nothing that leads elsewhere in a path.</summary>
    public static bool IsPlain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is > 0 and <= NameLengthMax && text[0] != '.'
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
    }

    internal static FhirException Refused(string why) => new(
        ProblemKind.Invalid, "structure", $"This is no FHIR package: {why}.");

    static List<string> Versions(JsonElement root)
    {
        foreach (var name in new[] { "fhirVersions", "fhir-version-list" })
        {
            if (root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array)
            {
                return [.. list.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.String ? v.GetString() : null)
                    .OfType<string>()];
            }
        }

        return [];
    }

    static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
