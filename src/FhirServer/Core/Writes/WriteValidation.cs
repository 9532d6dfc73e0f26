using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Core.Validation;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Writes;

/// <summary>Validates what is written, as far as the policy wants it, before it is committed.</summary>
public sealed class WriteValidation(IResourceValidator validator, ValidationPolicy policy)
{
    /// <summary>The extension of a report that leads to the resource it is about.</summary>
    public const string Subject = "urn:fhirhub:StructureDefinition:validated-resource";

    const string ReportType = "OperationOutcome";
    const int IdLengthMax = 64;
    const int ProblemsMax = 50;

    static readonly Counter<long> Validated = Telemetry.Meter.CreateCounter<long>(
        "fhirhub.writes.validated", "{resource}", "Resources validated on the way in, by whether they conform.");

    /// <summary>Throws where a resource has to conform and does not; the findings of the others, by change.</summary>
    internal async ValueTask<IReadOnlyList<(int Change, Problem Problem)>> CheckAsync(
        WritePlan plan, IResourceStore store, Caller caller, CancellationToken cancel)
    {
        if (policy.IsOff)
        {
            return [];
        }

        var refused = new List<Problem>();
        var told = new List<(int, Problem)>();
        var count = plan.Changes.Count;
        for (var i = 0; i < count; i++)
        {
            var change = plan.Changes[i];
            var level = policy.Of(caller.Provenance.Source, change.Key.Type);
            if (level == ValidationLevel.Report && change.Document is null)
            {
                await ForgetAsync(plan, store, change, cancel);
            }

            if (level == ValidationLevel.Off || change.Document is not { } document)
            {
                continue;
            }

            // 1. What there is to say.
            var report = await validator.ValidateAsync(
                new ValidationRequest(document.Root, caller) { ChecksBestPractice = false }, cancel);
            Validated.Add(1, new KeyValuePair<string, object?>("conforms", report.IsValid));
            var problems = report.Issues.Where(issue => issue.IsError).Select(issue => Problem(issue, change.Place));

            // 2. What becomes of it.
            if (level == ValidationLevel.Enforce)
            {
                refused.AddRange(problems.Take(ProblemsMax - refused.Count));
                continue;
            }

            told.AddRange(problems.Select(problem => (i, problem)));
            await KeepAsync(plan, store, change, report, cancel);
        }

        return refused.Count == 0
            ? told
            : throw new FhirException(refused[0] with { More = refused.GetRange(1, refused.Count - 1) });
    }

    /// <summary>The key under which the report of a resource is kept.</summary>
    public static ResourceKey ReportOf(ResourceKey key)
    {
        var id = $"{key.Type}.{key.Id}";
        if (id.Length > IdLengthMax)
        {
            id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
        }

        return key with { Type = ReportType, Id = id };
    }

    /// <summary>
    /// The report beside the resource: made anew at each write, and gone when there is nothing to say.
    /// </summary>
    static async ValueTask KeepAsync(
        WritePlan plan,
        IResourceStore store,
        WritePlan.Change change,
        ValidationReport report,
        CancellationToken cancel)
    {
        if (change.Key.Type == ReportType)
        {
            return; // a report on a report says nothing anybody asked for
        }

        if (report.Issues.Count > 0)
        {
            var key = ReportOf(change.Key);
            plan.AddBeside(new WritePlan.Change(key, Outcome(change.Key, report), WriteMethod.Put));
        }
        else
        {
            await ForgetAsync(plan, store, change, cancel);
        }
    }

    /// <summary>Deletes the report of a resource, which would refer to nothing or say what is no longer so.</summary>
    static async ValueTask ForgetAsync(
        WritePlan plan, IResourceStore store, WritePlan.Change change, CancellationToken cancel)
    {
        var key = ReportOf(change.Key);
        if (change.Key.Type != ReportType
            && await store.ReadAsync(key, null, AccessRule.Everything, cancel) is { IsDeleted: false })
        {
            plan.AddBeside(new WritePlan.Change(key, null, WriteMethod.Delete));
        }
    }

    static FhirDocument Outcome(ResourceKey key, ValidationReport report)
    {
        var outcome = ReportOutcome.Of(report.Issues);
        return FhirBuilder.From(outcome)
            .Add("extension", e => e.Set("url", Subject).Set("valueReference.reference", $"{key.Type}/{key.Id}"))
            .Build();
    }

    static Problem Problem(ValidationIssue issue, string? place)
    {
        var dot = issue.Expression.IndexOf('.', StringComparison.Ordinal);
        var expression = place is null ? issue.Expression
            : dot < 0 ? $"{place}.resource" : $"{place}.resource{issue.Expression[dot..]}";
        return new Problem(ProblemKind.Unprocessable, issue.Code, issue.Text, expression) { IsFinding = true };
    }
}
