using System.Diagnostics;
using System.Security.Cryptography;

namespace FhirHub.DefinitionsCompiler;

/// <summary>A package pinned by name, version and hash, fetched with the machine's own npm client.</summary>
sealed record PackagePin(string Name, string Version, string Sha512)
{
    /// <summary>The package that defines R4 itself; the others only add resources.</summary>
    internal bool IsCore => Name.StartsWith("hl7.fhir.r4.", StringComparison.Ordinal);

    internal static IEnumerable<PackagePin> ReadAll(string path) =>
        from line in File.ReadLines(path)
        where line.Length > 0 && line[0] != '#'
        let fields = line.Split('\t')
        select new PackagePin(fields[0], fields[1], fields[2]);

    /// <summary>The verified tarball in that folder, fetched when it is not there yet.</summary>
    internal string Fetch(string folder)
    {
        var path = Path.Combine(folder, $"{Name}-{Version}.tgz");
        if (File.Exists(path) && Hash(path) == Sha512)
        {
            return path;
        }

        Npm(folder);
        if (!File.Exists(path))
        {
            throw new PackageException($"npm pack {Name}@{Version} brought no {Path.GetFileName(path)}.");
        }

        var hash = Hash(path);
        return hash == Sha512
            ? path
            : throw new PackageException(
                $"{Name}@{Version} has SHA-512 {hash}, but packages.tsv pins {Sha512}. "
                + "Do not build from it before you know why.");
    }

    void Npm(string folder)
    {
        // 'npm pack' takes the tarball as it is: no dependencies, no scripts, nothing unpacked.
        var start = new ProcessStartInfo("npm")
        {
            ArgumentList = { "pack", $"{Name}@{Version}", "--pack-destination", ".", "--silent", "--ignore-scripts" },
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        try
        {
            using var npm = Process.Start(start) ?? throw new PackageException("npm could not be started.");
            npm.StandardOutput.ReadToEnd();
            npm.WaitForExit();
            if (npm.ExitCode != 0)
            {
                throw new PackageException(
                    $"npm pack {Name}@{Version} failed with exit code {npm.ExitCode}; is a registry reachable?");
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new PackageException("npm is not on the PATH. Install Node.js 20 or newer; the build needs it once.");
        }
    }

    static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToBase64String(SHA512.HashData(stream));
    }
}

/// <summary>A package that cannot be had or is not the pinned one.</summary>
sealed class PackageException(string message) : Exception(message);
