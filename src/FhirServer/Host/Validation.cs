using FhirHub.Core.Validation;
using FhirHub.Core.Writes;
using FhirHub.Profiles.Library;
using FhirHub.Profiles.Packages;

namespace FhirHub.Host;

/// <summary>What validation is made of in this process.</summary>
static class Validation
{
    const string PackagesFolder = "packages";

    /// <summary>Definitions are those stored, before those of packages, before those that ship with the hub.</summary>
    internal static ProfileSources Sources(StoredDefinitions stored, PackageFolder packages) => new()
    {
        Stored = stored.FindAsync,
        Packaged = packages.Find,
        Resolve = stored.ResolveAsync,
    };

    /// <summary>The packages installed in a data folder.</summary>
    internal static PackageFolder PackagesOf(HubOptions options) =>
        new(Path.Combine(options.Data, PackagesFolder));

    internal static PackageInstaller Installer(HubOptions options, PackageFolder packages) =>
        new(packages, options.PackageFolder.Length == 0 ? null : options.PackageFolder, options.AllowsNpm);

    /// <summary>Installs what the deployment has put into its package folder, before the first request.</summary>
    internal static async Task InstallFolderAsync(IServiceProvider services, CancellationToken cancel)
    {
        var reports = await services.GetRequiredService<PackageInstaller>().InstallFolderAsync(cancel);
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("FhirHub.Packages");
        foreach (var report in reports)
        {
            Log.PackageInstalled(
                logger, report.Manifest.Key, report.Definitions, report.Missing.Count, report.Problems.Count);
        }

        if (reports.Count > 0)
        {
            services.GetRequiredService<DefinitionChanges>().Note();
        }
    }

    /// <summary>What is asked of every write.</summary>
    internal static WriteRules Rules(HubOptions options, IResourceValidator validator, ProfileChanges profiles) =>
        new(options.ReferentialIntegrity)
        {
            Validation = options.ValidationPolicy is { IsOff: false } policy
                ? new WriteValidation(validator, policy)
                : null,
            Profiles = profiles,
        };
}
