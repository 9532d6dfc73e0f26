using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace FhirHub.Stores.Profiles;

/// <summary>What scripts/guide has made of src/Profiles/guide: the package, and the resources that must fail.</summary>
sealed class GuidePackage
{
    internal const string Canonical = "urn:fhirhub:mch/";
    static readonly Lazy<GuidePackage> Loaded = new(() => new GuidePackage(System.IO.Path.Combine(Root(), "artifacts", "guide")));

    readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);

    GuidePackage(string folder)
    {
        Path = Directory.GetFiles(folder, "fhirhub.cn.mch-*.tgz").Single();
        using var file = File.OpenRead(Path);
        using var gzip = new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(gzip);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } data)
            {
                using var reader = new StreamReader(data);
                _files.Add(entry.Name, reader.ReadToEnd());
            }
        }

        using var faults = JsonDocument.Parse(File.ReadAllBytes(System.IO.Path.Combine(folder, "faults.json")));
        Faults = [.. faults.RootElement.EnumerateArray().Select(GuideFault.Read)];
    }

    internal static GuidePackage Built => Loaded.Value;

    /// <summary>Where the package is.</summary>
    internal string Path { get; }

    /// <summary>The files of the package by their paths in it.</summary>
    internal IReadOnlyDictionary<string, string> Files => _files;

    /// <summary>Everything but the examples, which is what an installation puts into a hub.</summary>
    internal IEnumerable<string> Definitions => Resources("package/");

    internal IEnumerable<string> Examples => Resources("package/example/");

    internal IReadOnlyList<GuideFault> Faults { get; }

    IEnumerable<string> Resources(string folder) =>
        from file in _files
        where System.IO.Path.GetDirectoryName(file.Key) + "/" == folder
            && !file.Key.EndsWith("package.json", StringComparison.Ordinal)
            && !file.Key.EndsWith(".index.json", StringComparison.Ordinal)
        orderby file.Key
        select file.Value;

    static string Root()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            if (File.Exists(System.IO.Path.Combine(folder, "FhirHub.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException($"No FhirHub.sln above {AppContext.BaseDirectory}");
    }
}

/// <summary>A resource that must fail, and the one thing that must be said of it.</summary>
sealed record GuideFault(string Id, string Json, bool IsError, string Message, string Element, string? Rule)
{
    internal static GuideFault Read(JsonElement fault)
    {
        var expected = fault.GetProperty("expect");
        return new GuideFault(
            fault.GetProperty("id").GetString()!, // scripts/guide writes it
            fault.GetProperty("resource").GetRawText(),
            expected.GetProperty("severity").GetString() == "error",
            expected.GetProperty("message").GetString()!, // the same
            expected.GetProperty("element").GetString()!, // the same
            expected.TryGetProperty("rule", out var rule) ? rule.GetString() : null);
    }

    /// <summary>What is expected, in the form of <see cref="GuideHub.Line"/>.</summary>
    internal string Expected => Rule is null ? $"{Message} {Element}" : $"{Message} {Element} {Rule}";
}
