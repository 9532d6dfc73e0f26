using System.Formats.Tar;
using System.IO.Compression;

namespace FhirHub.Profiles.Packages;

/// <summary>Reads a package as npm packs it, straight from the bytes: nothing is unpacked to a disk.</summary>
static class PackageTarball
{
    const int FilesMax = 50_000;
    const int FileBytesMax = 128 * 1024 * 1024;
    const long BytesMax = 2L * 1024 * 1024 * 1024;

    /// <summary>The manifest, and every JSON file of the folders <c>package</c> and <c>package/example</c>.</summary>
    internal static (PackageManifest Manifest, List<PackageEntry> Entries) Read(Stream stream)
    {
        var entries = new List<PackageEntry>();
        byte[]? manifest = null;
        var (files, bytes) = (0, 0L);
        try
        {
            using var gzip = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
            using var tar = new TarReader(gzip);
            while (tar.GetNextEntry() is { } entry)
            {
                if (++files > FilesMax || entry.Length > FileBytesMax || (bytes += entry.Length) > BytesMax)
                {
                    throw PackageManifest.Refused("it is larger than any package there is");
                }

                if (entry.DataStream is not { } data || !entry.Name.EndsWith(".json", StringComparison.Ordinal))
                {
                    continue;
                }

                var folder = Path.GetDirectoryName(entry.Name)?.Replace('\\', '/');
                var name = Path.GetFileName(entry.Name);
                if (folder == "package" && name == "package.json")
                {
                    manifest = Content(data, entry.Length);
                }
                else if (folder is "package" or "package/example" or "package/examples" && name[0] != '.')
                {
                    entries.Add(new PackageEntry(name, folder != "package", Content(data, entry.Length)));
                }
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw PackageManifest.Refused("it is no gzipped tar file, or breaks off");
        }

        return manifest is null
            ? throw PackageManifest.Refused("it has no package/package.json")
            : (PackageManifest.Read(manifest), entries);
    }

    static byte[] Content(Stream data, long length)
    {
        var content = new byte[length];
        data.ReadExactly(content);
        return content;
    }
}

/// <summary>A file of a package.</summary>
sealed record PackageEntry(string Name, bool IsExample, byte[] Json);
