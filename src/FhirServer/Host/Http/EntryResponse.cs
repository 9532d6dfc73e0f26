using System.Globalization;
using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Documents;

namespace FhirHub.Host.Http;

/// <summary>The answer to one entry: https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry.response</summary>
sealed record EntryResponse(int Status)
{
    internal string? Location { get; init; }

    internal string? ETag { get; init; }

    /// <summary>A FHIR instant.</summary>
    internal string? LastModified { get; init; }

    /// <summary>The resource, or the outcome; empty for neither.</summary>
    internal ReadOnlyMemory<byte> Json { get; init; }

    internal bool IsOutcome { get; init; }

    /// <summary>What was done although it should not be left so, told beside the resource.</summary>
    internal IReadOnlyList<Problem> Warnings { get; init; } = [];

    internal bool IsFailure => Status >= StatusCodes.Status400BadRequest;

    /// <summary>What became of an entry of a transaction, with as much of it as the client prefers.</summary>
    internal static EntryResponse Of(HttpContext http, WriteResult result)
    {
        var response = new EntryResponse(FhirResult.Status(result.Outcome));
        if (result.Resource is not { Version: > 0 } resource)
        {
            return response;
        }

        WriteWarnings.Tell(http, result.Warnings);
        response = response with
        {
            Warnings = result.Warnings,
            ETag = $"W/\"{resource.Version.ToString(CultureInfo.InvariantCulture)}\"",
            LastModified = FhirTime.Format(resource.LastUpdated),
        };
        if (response.Status == StatusCodes.Status204NoContent)
        {
            return response;
        }

        response = response with { Location = FhirResult.Location(http, resource) };
        return Preferences.Return(http.Request) switch
        {
            ReturnPreference.Minimal => response,
            ReturnPreference.OperationOutcome =>
                response with { Json = WriteWarnings.Outcome(result.Warnings).Json, IsOutcome = true },
            _ => response with { Json = resource.Json },
        };
    }

    /// <summary>The answer to an entry that could not be tried.</summary>
    internal static EntryResponse Of(Problem problem) => new(OutcomeHandler.Status(problem.Kind))
    {
        Json = OutcomeHandler.Outcome(problem).Json,
        IsOutcome = true,
    };

    /// <summary>The answer to an entry whose resource is not FHIR.</summary>
    internal static EntryResponse Of(IReadOnlyList<FhirIssue> issues) => new(StatusCodes.Status400BadRequest)
    {
        // A lenient reading called them warnings; nothing was left out here, the entry is refused.
        Json = OutcomeHandler.Outcome([.. issues.Select(i => i with { Severity = IssueSeverity.Error })]).Json,
        IsOutcome = true,
    };
}
