using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Packages;

/// <summary>
/// A package on the disk as the hub keeps it: an index, and compressed blocks of resources with their snapshots made. A
/// start reads the index; a resource is unpacked when it is asked for.
/// </summary>
sealed class InstalledPackage
{
    internal const string ManifestType = "package.json";
    internal const string Example = "example:";

    readonly string _path;
    readonly List<ArchiveEntry> _entries;
    readonly long[] _blocks;

    InstalledPackage(string path, PackageManifest manifest, List<ArchiveEntry> entries, long[] blocks)
    {
        _path = path;
        Manifest = manifest;
        _entries = entries;
        _blocks = blocks;
    }

    internal PackageManifest Manifest { get; }

    /// <summary>The definitions, without the examples.</summary>
    internal IEnumerable<ArchiveEntry> Definitions => _entries.Where(
        entry => entry.Type != ManifestType && !entry.Type.StartsWith(Example, StringComparison.Ordinal));

    internal IEnumerable<ArchiveEntry> Examples =>
        _entries.Where(entry => entry.Type.StartsWith(Example, StringComparison.Ordinal));

    internal static InstalledPackage Open(string path)
    {
        using var stream = File.OpenRead(path);
        var (entries, blocks) = ArchiveFile.ReadIndex(stream);
        var manifest = entries.Find(entry => entry.Type == ManifestType)
            ?? throw new InvalidDataException($"{Path.GetFileName(path)} holds no manifest.");
        var block = ArchiveFile.Decompress(stream, blocks[manifest.Block]);
        return new InstalledPackage(
            path,
            PackageManifest.Read(block.AsMemory(manifest.Offset, manifest.Length)),
            entries,
            blocks);
    }

    internal byte[] Json(ArchiveEntry entry)
    {
        using var stream = File.OpenRead(_path);
        return ArchiveFile.Decompress(stream, _blocks[entry.Block])
            .AsSpan(entry.Offset, entry.Length).ToArray();
    }

    internal FhirDocument? Read(ArchiveEntry entry) =>
        FhirDocument.ParseJson(Json(entry), ParseOptions.Lenient).Document;
}
