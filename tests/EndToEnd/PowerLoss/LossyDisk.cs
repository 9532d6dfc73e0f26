using System.Diagnostics;
using System.Globalization;
using FhirHub.EndToEnd.Hub;

namespace FhirHub.EndToEnd.PowerLoss;

/// <summary>
/// A folder to run a server in, and beside it what a power failure would leave of it; powerloss.c says by which rules.
/// </summary>
sealed class LossyDisk : IDisposable
{
    static readonly Lazy<string> Library = new(Build);

    readonly string _root;

    LossyDisk(string root, string folder)
    {
        (_root, Folder) = (root, folder);
        Directory.CreateDirectory(Folder);
        Directory.CreateDirectory(Disk);
    }

    /// <summary>Where the server works.</summary>
    internal string Folder { get; }

    /// <summary>What is left of it when the power fails.</summary>
    internal string Left => Path.Combine(Disk, "folder");

    string Disk => Path.Combine(_root, "disk");

    internal static LossyDisk New()
    {
        var root = NewRoot();
        return new LossyDisk(root, Path.Combine(root, "start"));
    }

    /// <summary>The power comes back: a disk whose folder is what was left of this one.</summary>
    internal LossyDisk Revive() => new(NewRoot(), Left);

    /// <summary>The environment of a server on this disk.</summary>
    /// <param name="seed">Of the chance by which unsynced bytes arrive.</param>
    /// <param name="earlyPercent">Of how many writes some sectors arrive although nobody synced them.</param>
    /// <param name="lies">Whether the disk only says that it has flushed.</param>
    internal IReadOnlyDictionary<string, string> Environment(int seed, int earlyPercent = 0, bool lies = false) =>
        new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = Library.Value,
            ["POWERLOSS_FOLDER"] = Folder,
            ["POWERLOSS_DISK"] = Disk,
            ["POWERLOSS_SEED"] = seed.ToString(CultureInfo.InvariantCulture),
            ["POWERLOSS_EARLY"] = earlyPercent.ToString(CultureInfo.InvariantCulture),
            ["POWERLOSS_LIES"] = lies ? "1" : "0",
        };

    public void Dispose() => Directory.Delete(_root, recursive: true);

    static string NewRoot() => Directory.CreateTempSubdirectory("fhirhub-power-").FullName;

    static string Build()
    {
        var source = Path.Combine(Repository.Root, "tests", "EndToEnd", "PowerLoss", "powerloss.c");
        var library = Path.Combine(AppContext.BaseDirectory, "powerloss.so");
        string[] arguments = ["-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror", "-o", library, source, "-ldl"];
        using var compiler = Process.Start("gcc", arguments);
        compiler.WaitForExit();
        return compiler.ExitCode == 0
            ? library
            : throw new InvalidOperationException("gcc could not build powerloss.c; scripts/setup installs gcc.");
    }
}
