using System.ComponentModel;
using System.Diagnostics;
using FhirHub.Core.Model;

namespace FhirHub.Profiles.Packages;

/// <summary>
/// Fetches packages with the npm client of the machine, as it is configured there: <c>npm pack</c> brings the tarball
/// as it is, and runs and unpacks nothing.
/// </summary>
public static class NpmClient
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>The tarball's bytes; null when the client's registry has no such package.</summary>
    public static async ValueTask<byte[]?> PackAsync(string name, string version, CancellationToken cancel)
    {
        if (!PackageManifest.IsPlain(name) || !PackageManifest.IsPlain(version))
        {
            throw new FhirException(
                ProblemKind.Invalid, "value", "Name and version are letters, digits, dots, hyphens and underscores.");
        }

        var folder = Directory.CreateTempSubdirectory("fhirhub-npm-").FullName;
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(Patience);
            return await RunAsync(name, version, folder, patience.Token)
                && Directory.GetFiles(folder, "*.tgz") is [var tarball]
                    ? await File.ReadAllBytesAsync(tarball, cancel)
                    : null;
        }
        catch (Win32Exception)
        {
            throw new FhirException(
                ProblemKind.NotSupported, "not-supported", "npm is not on the PATH of the server; upload the package.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async ValueTask<bool> RunAsync(string name, string version, string folder, CancellationToken cancel)
    {
        var start = new ProcessStartInfo("npm")
        {
            ArgumentList = { "pack", $"{name}@{version}", "--pack-destination", ".", "--silent", "--ignore-scripts" },
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var npm = Process.Start(start);
        if (npm is null)
        {
            return false;
        }

        try
        {
            await Task.WhenAll(
                npm.StandardOutput.ReadToEndAsync(cancel),
                npm.StandardError.ReadToEndAsync(cancel),
                npm.WaitForExitAsync(cancel));
            return npm.ExitCode == 0;
        }
        catch (OperationCanceledException)
        {
            npm.Kill(entireProcessTree: true);
            throw;
        }
    }
}
