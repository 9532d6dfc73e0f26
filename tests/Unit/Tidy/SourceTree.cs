namespace FhirHub.Unit.Tidy;

/// <summary>The repository this test was built from. Reading it is the one I/O the unit suite allows itself.</summary>
static class SourceTree
{
    const int BytesMax = 1_000_000;

    static readonly string[] Ignored =
        [".git", ".vs", ".idea", "artifacts", "node_modules", "bin", "obj", "TestResults"];

    static readonly HashSet<string> TextExtensions =
    [
        ".cs", ".csproj", ".props", ".targets", ".sln", ".json", ".md", ".txt", ".yml", ".yaml", ".xml", ".csv", ".sh",
        ".ts", ".tsx", ".js", ".css", ".html", ".sql", ".editorconfig", ".gitignore", ".gitattributes", ".dockerignore",
        ".npmrc", ".config", ""
    ];

    internal static readonly string Root = FindRoot();
    static readonly Lazy<IReadOnlyList<SourceFile>> LoadedFiles = new(() => [.. Load(Root)]);
    static readonly Lazy<HashSet<string>> LoadedPaths = new(() => [.. AllPaths(Root)]);

    internal static IReadOnlyList<SourceFile> Files => LoadedFiles.Value;

    internal static SourceFile? Find(string path) => Files.FirstOrDefault(file => file.Path == path);

    /// <summary>Whether the repository, ignored folders left out, has this file or folder.</summary>
    internal static bool Has(string path) => LoadedPaths.Value.Contains(path.TrimEnd('/'));

    static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "FhirHub.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException($"No FhirHub.sln above {AppContext.BaseDirectory}");
    }

    static IEnumerable<SourceFile> Load(string root) =>
        from path in AllPaths(root)
        let file = new FileInfo(Path.Combine(root, path))
        where file.Exists && file.Length <= BytesMax && TextExtensions.Contains(file.Extension)
        select new SourceFile(path, File.ReadAllText(file.FullName));

    static IEnumerable<string> AllPaths(string root, string prefix = "")
    {
        var entries = new DirectoryInfo(root).EnumerateFileSystemInfos();
        foreach (var entry in entries.OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            if (Ignored.Contains(entry.Name))
            {
                continue;
            }

            yield return prefix + entry.Name;
            if (entry is DirectoryInfo { LinkTarget: null })
            {
                foreach (var path in AllPaths(entry.FullName, $"{prefix}{entry.Name}/"))
                {
                    yield return path;
                }
            }
        }
    }
}
