using System.Diagnostics;
using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;
using Microsoft.AspNetCore.Http.Features;

namespace FhirHub.Host.Http;

/// <summary>The one place that turns what went wrong into a status and an OperationOutcome.</summary>
sealed class OutcomeHandler(RequestDelegate next, ILogger<OutcomeHandler> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
            if (http.Response.StatusCode == StatusCodes.Status405MethodNotAllowed && !http.Response.HasStarted)
            {
                await WriteAsync(http, new Problem(
                    ProblemKind.MethodNotAllowed, "not-supported", $"{http.Request.Method} is not possible here; see the Allow header."));
            }
        }
        catch (FhirException failure)
        {
            await WriteAsync(http, failure.Problem);
        }
        catch (BadHttpRequestException refused)
        {
            await WriteAsync(http, refused.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? new Problem(ProblemKind.TooLarge, "too-long", "The body is larger than this server accepts (Hub:BodyBytesMax).")
                : new Problem(ProblemKind.Invalid, "structure", refused.Message));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; nobody is there to answer.
        }
#pragma warning disable CA1031 // the edge: whatever else happens, the client gets an answer and the log gets the cause
        catch (Exception fault)
#pragma warning restore CA1031
        {
            var id = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
            Log.Fault(logger, id, fault);
            await WriteAsync(http, new Problem(
                ProblemKind.Fault, "exception", $"The server made a mistake; the log has it under fault id {id}."));
        }
    }

    /// <summary>The outcome of a check: every issue, or the statement that there is none.</summary>
    internal static FhirDocument Outcome(IReadOnlyList<FhirIssue> issues)
    {
        var outcome = FhirBuilder.Create("OperationOutcome");
        foreach (var issue in issues)
        {
            outcome.Add("issue", i =>
            {
                i.Set("severity", Code(issue.Severity)).Set("code", Code(issue.Code)).Set("diagnostics", issue.Text);
                i.Add("location", $"line {issue.Line}, column {issue.Column}");
                if (issue.Expression is not null)
                {
                    i.Add("expression", issue.Expression);
                }
            });
        }

        return issues.Count > 0
            ? outcome.Build()
            : outcome.Add("issue", i => i.Set("severity", "information").Set("code", "informational")
                .Set("diagnostics", "No problem was found.")).Build();
    }

    static async Task WriteAsync(HttpContext http, Problem problem)
    {
        if (http.Response.HasStarted)
        {
            // Half an answer is out; only breaking off tells the client that it is not whole.
            http.Features.Get<IHttpResponseFeature>();
            http.Abort();
            return;
        }

        http.Response.StatusCode = Status(problem.Kind);
        var outcome = FhirBuilder.Create("OperationOutcome").Add("issue", i =>
        {
            i.Set("severity", "error").Set("code", problem.IssueCode).Set("diagnostics", problem.Text);
            if (problem.Expression is not null)
            {
                i.Add("expression", problem.Expression);
            }
        });

        // A client whose Accept we cannot meet still has to be able to read why.
        var format = problem.Kind == ProblemKind.NotAcceptable ? WireFormat.Json : FhirFormat.OfAnswer(http.Request);
        await FhirResult.WriteAsync(http, outcome.Build(), format);
    }

    static int Status(ProblemKind kind) => kind switch
    {
        ProblemKind.Invalid => StatusCodes.Status400BadRequest,
        ProblemKind.NotFound => StatusCodes.Status404NotFound,
        ProblemKind.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        ProblemKind.NotAcceptable => StatusCodes.Status406NotAcceptable,
        ProblemKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ProblemKind.UnsupportedMediaType => StatusCodes.Status415UnsupportedMediaType,
        ProblemKind.NotSupported => StatusCodes.Status501NotImplemented,
        ProblemKind.Fault => StatusCodes.Status500InternalServerError,
        _ => throw new UnreachableException($"{kind} has no status."),
    };

    static string Code(IssueSeverity severity) => severity switch
    {
        IssueSeverity.Fatal => "fatal",
        IssueSeverity.Error => "error",
        IssueSeverity.Warning => "warning",
        _ => "information",
    };

    static string Code(IssueType type) => type switch
    {
        IssueType.Structure => "structure",
        IssueType.Required => "required",
        IssueType.Value => "value",
        IssueType.Invariant => "invariant",
        IssueType.TooLong => "too-long",
        _ => "invalid",
    };
}
