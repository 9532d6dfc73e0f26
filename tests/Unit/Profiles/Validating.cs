using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Core.Terminology;
using FhirHub.Core.Validation;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles;
using FhirHub.Profiles.Library;
using FhirHub.Terminology;

namespace FhirHub.Unit.Profiles;

/// <summary>A validator with a few profiles and resources, on the terminology that ships with the hub.</summary>
sealed class Validating
{
    static readonly Lazy<HubTerminology> Shared = new(() =>
    {
        var empty = new NoStore();
        return new HubTerminology(
            empty, empty, TimeProvider.System, new TerminologyOptions { BelievedSeconds = 3600 },
            new TerminologyChanges(), new UnmappedCodes(TimeProvider.System));
    });

    readonly Dictionary<string, FhirDocument> _stored = new(StringComparer.Ordinal);

    internal Validating() => Validator = new ProfileValidator(
        new ProfileSources
        {
            Stored = (_, canonical, _, _) => ValueTask.FromResult(Source.Own(canonical)),
            Resolve = (reference, _, _) => ValueTask.FromResult(_stored.GetValueOrDefault(reference)),
        },
        Shared.Value,
        TimeProvider.System,
        new ProfileOptions(),
        Changes,
        new TerminologyChanges());

    internal ProfileSource Source { get; } = new();

    internal ProfileChanges Changes { get; } = new();

    internal ProfileValidator Validator { get; }

    internal void Store(string reference, string json) => _stored[reference] = ProfileSource.Parse(json);

    internal async Task<IReadOnlyList<ValidationIssue>> IssuesAsync(string json, params string[] profiles) =>
        await IssuesAsync(ProfileSource.Parse(json), profiles);

    internal async Task<IReadOnlyList<ValidationIssue>> IssuesAsync(FhirDocument resource, params string[] profiles)
    {
        var request = new ValidationRequest(resource.Root, Caller.Open)
        {
            Profiles = profiles,
            HasSource = true,
            ChecksBestPractice = false,
        };
        return (await Validator.ValidateAsync(request, CancellationToken.None)).Issues;
    }

    /// <summary>The ids of the messages that are errors, with where they are.</summary>
    internal async Task<string> ErrorsAsync(string json, params string[] profiles) => string.Join(
        '\n',
        (await IssuesAsync(json, profiles)).Where(i => i.IsError).Select(i => $"{i.MessageId} {i.Expression}"));

    internal async Task<string> AllAsync(string json, params string[] profiles) => string.Join(
        '\n', (await IssuesAsync(json, profiles)).Select(i => $"{i.MessageId} {i.Expression}"));
}
