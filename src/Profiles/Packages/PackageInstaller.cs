using FhirHub.Core.Model;

namespace FhirHub.Profiles.Packages;

/// <summary>
/// Installs packages with what they rest on, from a folder of tarballs and, where that is allowed, by npm.
/// </summary>
public sealed class PackageInstaller(PackageFolder packages, string? folder, bool usesNpm)
{
    const int DepthMax = 10;

    /// <summary>The packages there are.</summary>
    public PackageFolder Packages { get; } = packages;

    /// <summary>Installs a package by name: the one in the folder, or else the one npm brings.</summary>
    public async ValueTask<IReadOnlyList<PackageReport>> InstallAsync(
        string name, string version, CancellationToken cancel)
    {
        if (await FetchAsync(name, version, cancel) is not { } tarball)
        {
            throw new FhirException(
                ProblemKind.NotFound, "not-found",
                $"There is no package {name}#{version} in the package folder"
                    + (usesNpm ? " or for npm." : "; npm is not allowed here."));
        }

        return await InstallAsync(tarball, cancel);
    }

    /// <summary>Installs a package that was sent, and what it rests on as far as that can be had.</summary>
    public async ValueTask<IReadOnlyList<PackageReport>> InstallAsync(byte[] tarball, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(tarball);
        var reports = new List<PackageReport>();
        await InstallAsync(tarball, reports, 0, cancel);
        return reports;
    }

    /// <summary>Installs every tarball of the folder that is not installed yet.</summary>
    public async ValueTask<IReadOnlyList<PackageReport>> InstallFolderAsync(CancellationToken cancel)
    {
        var reports = new List<PackageReport>();
        if (!Directory.Exists(folder))
        {
            return reports;
        }

        foreach (var file in Directory.GetFiles(folder, "*.tgz").Order(StringComparer.Ordinal))
        {
            // Named as npm names them: then nothing has to be read of those that are here.
            var name = Path.GetFileNameWithoutExtension(file);
            if (!Packages.Packages.Any(package => $"{package.Name}-{package.Version}" == name))
            {
                await InstallAsync(await File.ReadAllBytesAsync(file, cancel), reports, 0, cancel);
            }
        }

        return reports;
    }

    async ValueTask InstallAsync(byte[] tarball, List<PackageReport> reports, int depth, CancellationToken cancel)
    {
        // 1. What the package rests on first: its snapshots are made of that.
        var (manifest, _) = PackageTarball.Read(new MemoryStream(tarball));
        foreach (var (name, version) in depth < DepthMax ? Packages.Missing(manifest) : [])
        {
            if (await FetchAsync(name, version, cancel) is { } needed)
            {
                await InstallAsync(needed, reports, depth + 1, cancel);
            }
        }

        // 2. The package itself.
        reports.Add(await Packages.InstallAsync(new MemoryStream(tarball), cancel));
    }

    async ValueTask<byte[]?> FetchAsync(string name, string version, CancellationToken cancel)
    {
        if (!PackageManifest.IsPlain(name) || !PackageManifest.IsPlain(version))
        {
            return null;
        }

        if (folder is not null && Path.Combine(folder, $"{name}-{version}.tgz") is var path && File.Exists(path))
        {
            return await File.ReadAllBytesAsync(path, cancel);
        }

        return usesNpm ? await NpmClient.PackAsync(name, version, cancel) : null;
    }
}
