using FhirHub.Core.Model;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Documents;

namespace FhirHub.Host.Http;

/// <summary>
/// Tells what was done although it should not be left so. R4 gives warnings a place in the outcome of a bundle's entry
/// and in the answer to <c>Prefer: return=OperationOutcome</c>; everybody else finds their number in a header.
/// </summary>
static class WriteWarnings
{
    /// <summary>https://www.rfc-editor.org/rfc/rfc7234#section-5.5, with the code for any other kind.</summary>
    const string Header = "Warning";

    /// <summary>Sets the header, writes the line of the log, and leaves them for the entry of a bundle.</summary>
    internal static void Tell(HttpContext http, IReadOnlyList<Problem> warnings)
    {
        if (warnings.Count == 0)
        {
            return;
        }

        var found = warnings.Count(warning => warning.IsFinding);
        var broken = warnings.Count - found;
        if (broken > 0)
        {
            http.Response.Headers.Append(Header, $"299 FhirHub \"references that lead nowhere: {broken}\"");
        }

        if (found > 0)
        {
            http.Response.Headers.Append(Header, $"299 FhirHub \"validation errors: {found}\"");
        }

        if (http.Features.Get<AnsweredVersion>() is { } answered)
        {
            answered.Warnings = warnings;
        }

        var log = http.RequestServices.GetRequiredService<ILogger<Writer>>();
        if (broken > 0)
        {
            Log.BrokenReferences(log, broken);
        }

        if (found > 0)
        {
            Log.Nonconforming(log, found);
        }
    }

    internal static FhirDocument Outcome(IReadOnlyList<Problem> warnings) =>
        warnings.Count == 0 ? OutcomeHandler.Outcome([]) : OutcomeHandler.Warnings(warnings);

    /// <summary>The body of an answer that has none otherwise: warnings, for those who prefer an outcome.</summary>
    internal static Task AnswerAsync(HttpContext http, IReadOnlyList<Problem> warnings)
    {
        if (warnings.Count == 0 || Preferences.Return(http.Request) != ReturnPreference.OperationOutcome)
        {
            return Task.CompletedTask;
        }

        http.Response.StatusCode = StatusCodes.Status200OK;
        return FhirResult.WriteAsync(http, OutcomeHandler.Warnings(warnings));
    }
}
