using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Core.Terminology;
using FhirHub.Core.Validation;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles;
using FhirHub.Profiles.Library;
using FhirHub.Profiles.Packages;
using FhirHub.Terminology;

namespace FhirHub.Stores.Profiles;

/// <summary>An empty hub with the guide installed like any package, and a validator that knows it only so.</summary>
sealed class GuideHub : IDisposable
{
    static readonly Caller Caller = new(Sample.Tenant, "test");

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fhirhub-guide-");
    readonly PackageFolder _packages;
    readonly ProfileValidator _validator;

    GuideHub()
    {
        var (store, clock, codeChanges) = (new NoStore(), new ManualClock(), new TerminologyChanges());
        _packages = new PackageFolder(_folder.FullName);
        var terminology = new HubTerminology(
            store,
            store,
            clock,
            new TerminologyOptions { BelievedSeconds = 3600, Packaged = _packages.Find },
            codeChanges,
            new UnmappedCodes(clock));
        _validator = new ProfileValidator(
            new ProfileSources { Packaged = _packages.Find },
            terminology,
            clock,
            new ProfileOptions(),
            new ProfileChanges(),
            codeChanges);
    }

    /// <summary>What the installation had to say.</summary>
    internal PackageReport Report { get; private set; } = null!; // set before anybody has the hub

    internal static async Task<GuideHub> OpenAsync()
    {
        var hub = new GuideHub();
        await using var tarball = File.OpenRead(GuidePackage.Built.Path);
        hub.Report = await hub._packages.InstallAsync(tarball, CancellationToken.None);
        return hub;
    }

    public void Dispose()
    {
        _packages.Dispose();
        _folder.Delete(recursive: true);
    }

    internal async Task<IReadOnlyList<ValidationIssue>> IssuesAsync(string json)
    {
        var resource = FhirDocument.ParseJson(Encoding.UTF8.GetBytes(json));
        var request = new ValidationRequest(resource.Root, Caller) { ChecksBestPractice = false };
        return (await _validator.ValidateAsync(request, CancellationToken.None)).Issues;
    }

    /// <summary>The errors of a resource, one a line: message, element, and for an invariant its key.</summary>
    internal async Task<string> ErrorsAsync(string json) =>
        string.Join('\n', (await IssuesAsync(json)).Where(issue => issue.IsError).Select(Line));

    /// <summary>The hints about quality that the guide's own rules give.</summary>
    internal async Task<string> HintsAsync(string json) => string.Join(
        '\n',
        (await IssuesAsync(json))
            .Where(i => !i.IsError && i.MessageId == "invariant" && IsOfGuide(i.Profile)).Select(Line));

    internal static string Line(ValidationIssue issue) => issue.MessageId == "invariant"
        ? $"{issue.MessageId} {issue.Expression} {issue.Text.Split(':')[0]}"
        : $"{issue.MessageId} {issue.Expression}";

    static bool IsOfGuide(string? profile) =>
        profile?.StartsWith(GuidePackage.Canonical, StringComparison.Ordinal) == true;
}
