using System.Text.Json;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Library;
using FhirHub.Profiles.Snapshots;

namespace FhirHub.Profiles.Packages;

/// <summary>
/// Makes of a package's files what is kept of them: every resource checked for being one, every profile with its
/// snapshot, so that nothing has to be done again at the next start.
/// </summary>
sealed class PackageCompiler(Func<string, string, (InstalledPackage Package, ArchiveEntry Entry)?> installed)
{
    const int ProblemsMax = 200;
    readonly List<string> _problems = [];
    readonly Dictionary<string, FhirDocument> _profiles = new(StringComparer.Ordinal);

    internal async ValueTask<(IReadOnlyList<ArchiveItem> Items, IReadOnlyList<string> Problems)> CompileAsync(
        PackageManifest manifest, IReadOnlyList<PackageEntry> entries, CancellationToken cancel)
    {
        // 1. The resources; a package has other JSON as well.
        var resources = new List<(PackageEntry File, FhirDocument Document)>();
        foreach (var entry in entries)
        {
            cancel.ThrowIfCancellationRequested();
            if (Parse(entry) is { } document)
            {
                resources.Add((entry, document));
                if (!entry.IsExample && document.Type.Name == "StructureDefinition"
                    && document.Root.First("url").Text is { } url)
                {
                    _profiles[url] = document;
                    _profiles[$"{url}|{document.Root.First("version").Text}"] = document;
                }
            }
        }

        // 2. The snapshots that were left out.
        var set = new ProfileSet((canonical, _) => ValueTask.FromResult(Find(canonical)));
        List<ArchiveItem> items = [Manifest(manifest)];
        foreach (var (file, document) in resources)
        {
            var kept = file.IsExample || document.Type.Name != "StructureDefinition"
                ? document
                : await WithSnapshotAsync(set, file, document, cancel);
            var root = kept.Root;
            var type = file.IsExample ? InstalledPackage.Example + kept.Type.Name : kept.Type.Name;
            items.Add(new ArchiveItem(
                type,
                root.First("id").Text ?? Path.GetFileNameWithoutExtension(file.Name),
                Text(root, "url"),
                Text(root, "version"),
                kept.Json.ToArray()));
        }

        return (items, _problems);
    }

    async ValueTask<FhirDocument> WithSnapshotAsync(
        ProfileSet set, PackageEntry file, FhirDocument profile, CancellationToken cancel)
    {
        if (profile.Root.First("snapshot").Exists || profile.Root.First("derivation").Text != "constraint")
        {
            return profile;
        }

        var snapshot = await set.SnapshotAsync(profile.Root, cancel);
        foreach (var problem in snapshot.Problems)
        {
            Report($"{file.Name}: {problem}");
        }

        if (snapshot.Root is not { } root)
        {
            return profile;
        }

        var builder = FhirBuilder.From(profile);
        ElementTree.Write(root, builder);
        return builder.Build(ParseOptions.Lenient).Document ?? profile;
    }

    FhirDocument? Parse(PackageEntry entry)
    {
        if (!IsResource(entry.Json))
        {
            return null;
        }

        // Guides are published with small faults; what can be used of a resource is.
        var parsed = FhirDocument.ParseJson(entry.Json, ParseOptions.Lenient);
        foreach (var issue in parsed.Issues.Take(3))
        {
            Report($"{entry.Name}: {issue.Expression}: {issue.Text}");
        }

        return parsed.Document;
    }

    FhirDocument? Find(string canonical) => _profiles.TryGetValue(canonical, out var own) ? own
        : installed("StructureDefinition", canonical) is var (package, entry) ? package.Read(entry)
        : DefinitionArchive.R4.TryGet(canonical, out var shipped) ? shipped
        : null;

    void Report(string problem)
    {
        if (_problems.Count < ProblemsMax)
        {
            _problems.Add(problem);
        }
    }

    static string? Text(FhirNode root, string element) =>
        root.Type.TryGetElement(element, out var found) && root.Of(found).First is { IsPrimitive: true } node
            ? node.Text
            : null;

    static ArchiveItem Manifest(PackageManifest manifest) => new(
        InstalledPackage.ManifestType,
        manifest.Name,
        null,
        manifest.Version,
        JsonSerializer.SerializeToUtf8Bytes(new
        {
            name = manifest.Name,
            version = manifest.Version,
            title = manifest.Title,
            fhirVersions = manifest.FhirVersions,
            dependencies = manifest.Dependencies,
        }));

    static bool IsResource(byte[] json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1
                    && reader.ValueTextEquals("resourceType"))
                {
                    return true;
                }

                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    reader.Skip();
                }
            }
        }
        catch (JsonException)
        {
            // Not JSON at all: nothing to keep, and the parser would say no more.
        }

        return false;
    }
}
