using System.Globalization;
using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Fhir.Documents;
using FhirHub.Host.Http;
using FhirHub.Host.Interactions;
using FhirHub.Host.Jobs;
using FhirHub.Profiles.Library;
using FhirHub.Profiles.Plans;

namespace FhirHub.Host.Operations;

/// <summary>Evaluate a measure: https://hl7.org/fhir/R4/measure-operation-evaluate-measure.html</summary>
static class EvaluateMeasure
{
    static readonly string[] Methods = ["GET", "HEAD", "POST"];

    static readonly string[] OfInstance =
        ["periodStart", "periodEnd", "reportType", "subject", "practitioner", "lastReceivedOn"];

    static readonly string[] OfType = ["measure", .. OfInstance];

    internal static void Map(IEndpointRouteBuilder fhir)
    {
        fhir.MapMethods("/Measure/$evaluate-measure", Methods, HandleTypeAsync);
        fhir.MapMethods("/Measure/{id}/$evaluate-measure", Methods, HandleInstanceAsync);
    }

    static async Task HandleInstanceAsync(
        string id, HttpContext http, MeasureEvaluator measures, IResourceStore store, Caller caller)
    {
        var parameters = await ReadAsync(http, OfInstance);
        var measure = await Read.DocumentAsync("Measure", id, store, caller, http.RequestAborted);
        await WriteAsync(http, measure, parameters, measures, caller);
    }

    static async Task HandleTypeAsync(
        HttpContext http, MeasureEvaluator measures, ProfileSources definitions, IResourceStore store, Caller caller)
    {
        var parameters = await ReadAsync(http, OfType);
        var named = parameters.Needed("measure");
        const string Address = "Measure/";
        var id = named.StartsWith(Address, StringComparison.Ordinal) ? named[Address.Length..] : named;
        // A canonical URL has a colon, and an id has none.
        var measure = ResourceId.IsValid(id)
            ? await Read.DocumentAsync("Measure", id, store, caller, http.RequestAborted)
            : await definitions.FindAsync("Measure", named, caller, http.RequestAborted)
                ?? throw new FhirException(
                    ProblemKind.NotFound, "not-found",
                    "'measure': there is no Measure of that URL and version here; Measure/[id] names a stored one.");
        await WriteAsync(http, measure, parameters, measures, caller);
    }

    static async Task<OperationParameters> ReadAsync(HttpContext http, string[] known)
    {
        var parameters = await OperationParameters.ReadAsync(http, known);
        parameters.RefuseBare();
        return parameters.All("practitioner").Any() ? throw NotSupported(
                "'practitioner': nothing says which patients are a practitioner's own; leave it out.")
            : parameters.All("lastReceivedOn").Any() ? throw NotSupported(
                "'lastReceivedOn' limits the resources of a report, and the reports of this server have none.")
            : parameters;
    }

    static async Task WriteAsync(
        HttpContext http, FhirDocument measure, OperationParameters parameters, MeasureEvaluator measures,
        Caller caller)
    {
        var (start, _) = Days(parameters.Needed("periodStart"), "periodStart");
        var (_, end) = Days(parameters.Needed("periodEnd"), "periodEnd");
        if (start > end)
        {
            throw OperationParameters.Refused("'periodEnd' is before 'periodStart'.");
        }

        var subject = parameters.Once("subject");
        var reportType = parameters.Once("reportType");
        Check(reportType, subject);
        var report = await measures.EvaluateAsync(
            new MeasureRequest(measure.Root, start, end, caller)
            {
                Subject = subject,
                ListsSubjects = reportType == "subject-list",
                IsUnhurried = JobRun.Has(http),
            },
            http.RequestAborted);
        await FhirResult.WriteJsonAsync(http, report.ToJson());
    }

    static void Check(string? reportType, string? subject)
    {
        switch (reportType)
        {
            case null or "subject" when reportType is null || subject is not null:
            case "population" or "subject-list" when subject is null:
                return;
            case "subject":
                throw OperationParameters.Refused("'reportType' subject needs a 'subject'.");
            case "population" or "subject-list":
                throw OperationParameters.Refused(
                    $"'reportType' {reportType} is about everybody; leave 'subject' out, or ask for subject.");
            default:
                throw OperationParameters.Refused("'reportType' takes subject, subject-list or population.");
        }
    }

    /// <summary>The first and the last day of a date, which may be a year or a month.</summary>
    static (DateOnly First, DateOnly Last) Days(string text, string name)
    {
        foreach (var (format, months) in (ReadOnlySpan<(string, int)>)[("yyyy-MM-dd", 0), ("yyyy-MM", 1), ("yyyy", 12)])
        {
            if (DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var first))
            {
                return (first, months == 0 ? first : first.AddMonths(months).AddDays(-1));
            }
        }

        throw OperationParameters.Refused($"'{name}' takes a date such as 2026, 2026-03 or 2026-03-04.");
    }

    static FhirException NotSupported(string text) => new(ProblemKind.NotSupported, "not-supported", text);
}
