using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace FhirHub.DefinitionsCompiler;

/// <summary>Reads the resources of an npm FHIR package straight from its tarball.</summary>
static class PackageReader
{
    internal static IEnumerable<PackageFile> Files(string tarball)
    {
        using var stream = new GZipStream(File.OpenRead(tarball), CompressionMode.Decompress);
        using var tar = new TarReader(stream);
        while (tar.GetNextEntry() is { } entry)
        {
            // Sub-folders hold other renderings of the same content (other/, xml/).
            if (entry.DataStream is null || !entry.Name.EndsWith(".json", StringComparison.Ordinal)
                || Path.GetDirectoryName(entry.Name) != "package")
            {
                continue;
            }

            using var json = JsonDocument.Parse(entry.DataStream);
            if (json.RootElement.TryGetProperty("resourceType", out var type))
            {
                yield return new PackageFile(Path.GetFileName(entry.Name), type.GetString() ?? "", json.RootElement);
            }
        }
    }
}

/// <summary>A FHIR resource in a package, with what is needed to sort it.</summary>
sealed record PackageFile(string Name, string ResourceType, JsonElement Resource);
