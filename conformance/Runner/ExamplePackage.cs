using System.Formats.Tar;
using System.IO.Compression;

namespace FhirHub.Conformance;

/// <summary>
/// The published R4 examples, read straight from the npm tarball that the build has fetched and verified.
/// </summary>
static class ExamplePackage
{
    /// <summary>Where the build keeps it: in the artifacts folder beside the solution.</summary>
    internal static string DefaultPath
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "FhirHub.sln")))
            {
                folder = Path.GetDirectoryName(folder)
                    ?? throw new InvalidOperationException("Outside the repository the tarball must be named.");
            }

            return Path.Combine(folder, "artifacts", "definitions", "hl7.fhir.r4.examples-4.0.1.tgz");
        }
    }

    internal static List<(string Name, byte[] Json)> Read(string tarball)
    {
        var files = new List<(string, byte[])>();
        using var stream = new GZipStream(File.OpenRead(tarball), CompressionMode.Decompress);
        using var tar = new TarReader(stream);
        while (tar.GetNextEntry() is { } entry)
        {
            var name = Path.GetFileName(entry.Name);
            if (entry.DataStream is { } data && name.EndsWith(".json", StringComparison.Ordinal)
                && name is not ("package.json" or ".index.json"))
            {
                var bytes = new byte[data.Length];
                data.ReadExactly(bytes);
                files.Add((name, bytes));
            }
        }

        files.Sort((left, right) => string.CompareOrdinal(left.Item1, right.Item1));
        return files;
    }
}
