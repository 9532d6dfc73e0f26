namespace FhirHub.EndToEnd.Hub;

/// <summary>Where the tests find what the build made.</summary>
static class Repository
{
    internal static readonly string Root = FindRoot();

    /// <summary>The host of the same build: tests of a Release build start a Release host.</summary>
    internal static string Host { get; } =
        Path.Combine(Root, "artifacts", "bin", "FhirHub.Host", Configuration, "FhirHub.Host.dll");

    /// <summary>The last folder of the build's output: debug or release.</summary>
    static string Configuration => Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));

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
}
