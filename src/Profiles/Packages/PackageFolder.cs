using System.Collections.Immutable;
using FhirHub.Core.Model;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Packages;

/// <summary>
/// The packages of an installation, several versions of one side by side, in a folder of the data folder. Readers see
/// one state or the next; changes take turns.
/// </summary>
public sealed class PackageFolder : IDisposable
{
    const string Extension = ".fhirpackage";
    const int PackagesMax = 500;

    /// <summary>What ships with the hub and is not installed again.</summary>
    static readonly HashSet<string> BuiltIn = new(StringComparer.Ordinal)
    {
        "hl7.fhir.r4.core", "hl7.fhir.r4.examples", "hl7.fhir.r4.expansions", "hl7.terminology.r4", "hl7.terminology",
    };

    readonly string _folder;
    readonly SemaphoreSlim _turn = new(1);
    volatile State _state = State.Empty;

    /// <summary>Opens the folder; only the indexes of the packages in it are read.</summary>
    public PackageFolder(string folder)
    {
        _folder = folder;
        if (Directory.Exists(folder))
        {
            _state = State.Of([.. Directory.GetFiles(folder, "*" + Extension).Select(InstalledPackage.Open)]);
        }
    }

    /// <summary>The packages there are, by name and version.</summary>
    public IReadOnlyList<PackageManifest> Packages => [.. _state.Packages.Select(package => package.Manifest)];

    /// <summary>The definition of a type and a canonical URL: of the version named, or else of the latest.</summary>
    public FhirDocument? Find(string type, string canonical)
    {
        ArgumentNullException.ThrowIfNull(canonical);
        return _state.Find(type, canonical) is var (package, entry) ? package.Read(entry) : null;
    }

    /// <summary>The definitions of some types in a package, as they are kept.</summary>
    public IEnumerable<FhirDocument> Definitions(string name, string version, params string[] types) =>
        from package in _state.Packages
        where package.Manifest.Name == name && package.Manifest.Version == version
        from entry in package.Definitions
        where types.Contains(entry.Type)
        select package.Read(entry) into document
        where document is not null
        select document;

    /// <summary>The examples of a package.</summary>
    public IEnumerable<FhirDocument> Examples(string name, string version) =>
        from package in _state.Packages
        where package.Manifest.Name == name && package.Manifest.Version == version
        from entry in package.Examples
        select package.Read(entry) into document
        where document is not null
        select document;

    /// <summary>Installs a package from the bytes npm packs; one that is there already stays as it is.</summary>
    public async ValueTask<PackageReport> InstallAsync(Stream tarball, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(tarball);
        var (manifest, entries) = PackageTarball.Read(tarball);
        if (manifest.FhirVersions.Count > 0
            && !manifest.FhirVersions.Any(v => v.StartsWith("4.0", StringComparison.Ordinal)))
        {
            throw new FhirException(
                ProblemKind.Unprocessable, "not-supported",
                $"{manifest.Key} is for FHIR {string.Join(", ", manifest.FhirVersions)}; this is a server for R4.");
        }

        await _turn.WaitAsync(cancel);
        try
        {
            if (_state.Package(manifest.Name, manifest.Version) is { } there)
            {
                return Report(there, isNew: false, []);
            }

            if (_state.Packages.Length >= PackagesMax)
            {
                throw new FhirException(
                    ProblemKind.Unprocessable, "too-costly", $"There are {PackagesMax} packages; uninstall one first.");
            }

            var made = await new PackageCompiler(_state.Find).CompileAsync(manifest, entries, cancel);
            var installed = Write(manifest, made.Items);
            _state = State.Of(_state.Packages.Add(installed));
            return Report(installed, isNew: true, made.Problems);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Removes a package; refused while another one rests on it.</summary>
    public async ValueTask<bool> UninstallAsync(string name, string version, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (_state.Package(name, version) is not { } package)
            {
                return false;
            }

            var dependents = _state.Packages.Where(other => other != package
                && other.Manifest.Dependencies.TryGetValue(name, out var wanted)
                && PackageVersion.Satisfies(version, wanted)).Select(other => other.Manifest.Key).ToList();
            if (dependents.Count > 0)
            {
                throw new FhirException(
                    ProblemKind.Conflict, "conflict",
                    $"{package.Manifest.Key} is needed by {string.Join(", ", dependents)}; uninstall that first.");
            }

            _state = State.Of(_state.Packages.Remove(package));
            File.Delete(PathOf(package.Manifest));
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// The packages a package rests on that are neither installed nor built in, each with its version.
    /// </summary>
    public IReadOnlyList<(string Name, string Version)> Missing(PackageManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return
        [
            .. manifest.Dependencies
                .Where(d => !BuiltIn.Contains(d.Key) && !_state.Packages.Any(
                    p => p.Manifest.Name == d.Key && PackageVersion.Satisfies(p.Manifest.Version, d.Value)))
                .Select(d => (d.Key, d.Value)),
        ];
    }

    public void Dispose() => _turn.Dispose();

    PackageReport Report(InstalledPackage package, bool isNew, IReadOnlyList<string> problems) => new(
        package.Manifest,
        isNew,
        package.Definitions.Count(),
        package.Examples.Count(),
        [.. Missing(package.Manifest).Select(d => $"{d.Name}#{d.Version}")],
        problems);

    /// <summary>
    /// Writes beside the target and moves into place, so that a power failure leaves no half package.
    /// </summary>
    InstalledPackage Write(PackageManifest manifest, IReadOnlyList<ArchiveItem> items)
    {
        Directory.CreateDirectory(_folder);
        var path = PathOf(manifest);
        var temporary = path + ".new";
        using (var stream = File.Create(temporary))
        {
            ArchiveFile.Write(items, stream);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        return InstalledPackage.Open(path);
    }

    string PathOf(PackageManifest manifest) => Path.Combine(_folder, manifest.Key + Extension);

    /// <summary>All packages at one moment, and their definitions by canonical URL.</summary>
    sealed class State
    {
        readonly Dictionary<(string Type, string Canonical), (InstalledPackage, ArchiveEntry)> _byCanonical = [];

        State(ImmutableArray<InstalledPackage> packages)
        {
            Packages = packages;
            foreach (var package in packages)
            {
                foreach (var entry in package.Definitions.Where(entry => entry.Url is not null))
                {
                    _byCanonical[(entry.Type, $"{entry.Url}|{entry.Version}")] = (package, entry);
                    var plain = (entry.Type, entry.Url!); // only those with one are walked
                    if (!_byCanonical.TryGetValue(plain, out var other) || IsLater((package, entry), other))
                    {
                        _byCanonical[plain] = (package, entry);
                    }
                }
            }
        }

        internal static State Empty { get; } = new([]);

        internal ImmutableArray<InstalledPackage> Packages { get; }

        internal static State Of(ImmutableArray<InstalledPackage> packages) => new(
            [.. packages.OrderBy(p => p.Manifest.Name, StringComparer.Ordinal)
                .ThenBy(p => p.Manifest.Version, Comparer<string>.Create(PackageVersion.Compare))]);

        internal (InstalledPackage Package, ArchiveEntry Entry)? Find(string type, string canonical) =>
            _byCanonical.TryGetValue((type, canonical), out var found) ? found : null;

        internal InstalledPackage? Package(string name, string version) =>
            Packages.FirstOrDefault(p => p.Manifest.Name == name && p.Manifest.Version == version);

        static bool IsLater(
            (InstalledPackage Package, ArchiveEntry Entry) one, (InstalledPackage Package, ArchiveEntry Entry) other)
        {
            var order = PackageVersion.Compare(one.Entry.Version, other.Entry.Version);
            return order > 0 || (order == 0
                && PackageVersion.Compare(one.Package.Manifest.Version, other.Package.Manifest.Version) > 0);
        }
    }
}
