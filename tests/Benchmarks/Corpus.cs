using System.Formats.Tar;
using System.IO.Compression;

namespace FhirHub.Benchmarks;

/// <summary>The files of the R4 examples package the build has fetched, in memory.</summary>
static class Corpus
{
    const string Tarball = "artifacts/definitions/hl7.fhir.r4.examples-4.0.1.tgz";

    /// <summary>Types whose files define the specification; all others are examples of records.</summary>
    static readonly string[] Definitional =
    [
        "CapabilityStatement", "CodeSystem", "CompartmentDefinition", "ConceptMap", "ImplementationGuide", "NamingSystem",
        "OperationDefinition", "SearchParameter", "StructureDefinition", "ValueSet",
    ];

    internal static string RepositoryRoot { get; } = FindRoot();

    internal static List<(string Name, byte[] Json)> Load()
    {
        var files = new List<(string, byte[])>();
        using var stream = new GZipStream(File.OpenRead(Path.Combine(RepositoryRoot, Tarball)), CompressionMode.Decompress);
        using var tar = new TarReader(stream);
        while (tar.GetNextEntry() is { } entry)
        {
            var name = Path.GetFileName(entry.Name);
            if (entry.DataStream is { } data && name.EndsWith(".json", StringComparison.Ordinal) && char.IsUpper(name[0]))
            {
                var bytes = new byte[data.Length];
                data.ReadExactly(bytes);
                files.Add((name, bytes));
            }
        }

        return files;
    }

    /// <summary>Examples of clinical and administrative records, which is what a hub is fed all day.</summary>
    internal static List<(string Name, byte[] Json)> Records(List<(string Name, byte[] Json)> files) =>
        [.. files.Where(f => f.Json.Length < 200_000
            && !Definitional.Any(type => f.Name.StartsWith(type + "-", StringComparison.Ordinal)))];

    static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "FhirHub.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException("Run this from inside the repository.");
    }
}
