using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Terminology;
using FhirHub.Core.Validation;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles;
using FhirHub.Profiles.Library;
using FhirHub.Terminology;

namespace FhirHub.Stores.Profiles;

/// <summary>An empty store into which the guide was put, and a validator that knows it only from there.</summary>
sealed class GuideHub : IAsyncDisposable
{
    static readonly Caller Caller = new(Sample.Tenant, "test");

    readonly SqlitePair _pair = SqlitePair.Create();
    readonly ProfileValidator _validator;

    GuideHub()
    {
        var stored = new StoredDefinitions(_pair.Resources, _pair.Search);
        var codeChanges = new TerminologyChanges();
        Terminology = new HubTerminology(
            _pair.Resources,
            _pair.Search,
            _pair.Clock,
            new TerminologyOptions { BelievedSeconds = 3600 },
            codeChanges,
            new UnmappedCodes(_pair.Clock));
        _validator = new ProfileValidator(
            new ProfileSources { Stored = stored.FindAsync },
            Terminology,
            _pair.Clock,
            new ProfileOptions(),
            new ProfileChanges(),
            codeChanges);
    }

    internal HubTerminology Terminology { get; }

    internal static async Task<GuideHub> OpenAsync(IEnumerable<string> definitions)
    {
        var hub = new GuideHub();
        var result = await hub._pair.CommitAsync([.. definitions.Select(json => Sample.Put(json))]);
        Assert.IsNull(result.Conflict);
        await hub._pair.Search.CatchUpAsync(result.Position, CancellationToken.None);
        return hub;
    }

    public ValueTask DisposeAsync() => _pair.DisposeAsync();

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

    static bool IsOfGuide(string? profile) =>
        profile?.StartsWith(GuidePackage.Canonical, StringComparison.Ordinal) == true;

    internal static string Line(ValidationIssue issue) => issue.MessageId == "invariant"
        ? $"{issue.MessageId} {issue.Expression} {issue.Text.Split(':')[0]}"
        : $"{issue.MessageId} {issue.Expression}";
}
