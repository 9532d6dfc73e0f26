using System.IO.Compression;
using FhirHub.Core.Model;

namespace FhirHub.Terminology.Import;

/// <summary>The files of a folder or a zip file, found by the ends of their paths.</summary>
sealed class ReleaseFiles : IDisposable
{
    const int FilesMax = 20_000;

    /// <summary>The largest file there is among those of SNOMED CT, several times over.</summary>
    const long FileBytesMax = 8L * 1024 * 1024 * 1024;

    readonly string _path;
    readonly ZipArchive? _zip;

    ReleaseFiles(string path, ZipArchive? zip)
    {
        (_path, _zip) = (path, zip);
        Names = zip is not null
            ? [.. zip.Entries.Take(FilesMax).Select(entry => entry.FullName)]
            : [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Take(FilesMax)
                .Select(file => Path.GetRelativePath(path, file).Replace('\\', '/'))];
    }

    internal IReadOnlyList<string> Names { get; }

    internal static ReleaseFiles Open(string path) =>
        new(path, Directory.Exists(path) ? null : ZipFile.OpenRead(path));

    public void Dispose() => _zip?.Dispose();

    /// <summary>The shortest path that ends so, at a slash or as a whole; null when there is none.</summary>
    internal string? Find(string end) => Names
        .Where(name => name.Equals(end, StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("/" + end, StringComparison.OrdinalIgnoreCase))
        .MinBy(name => name.Length);

    /// <summary>The paths whose last part begins so.</summary>
    internal IEnumerable<string> Starting(string start) => Names
        .Where(name => name[(name.LastIndexOf('/') + 1)..].StartsWith(start, StringComparison.OrdinalIgnoreCase))
        .Order(StringComparer.Ordinal);

    internal Stream Read(string name)
    {
        if (_zip is null)
        {
            return File.OpenRead(Path.Combine(_path, name));
        }

        var entry = _zip.GetEntry(name) ?? throw new InvalidDataException($"{name} is not there any more.");
        return entry.Length <= FileBytesMax
            ? entry.Open()
            : throw new FhirException(ProblemKind.TooLarge, "too-long", $"{name} is larger than any release has.");
    }
}
