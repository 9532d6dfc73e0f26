using System.Diagnostics;
using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Validation;
using FhirHub.Fhir.Documents;
using FhirHub.Storage.Sql;
using Microsoft.AspNetCore.Diagnostics;

namespace FhirHub.Host.Http;

/// <summary>The one place that turns what went wrong into a status and an OperationOutcome.</summary>
sealed class OutcomeHandler(ILogger<OutcomeHandler> logger) : IExceptionHandler
{
    const int RetrySeconds = 5;

    // https://sqlite.org/rescode.html, errno of Linux, and ERROR_DISK_FULL
    const int SqliteReadOnly = 8;
    const int SqliteFull = 13;
    const int UnixFull = 28;
    const int UnixReadOnly = 30;
    const int WindowsFull = unchecked((int)0x80070070);

    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancel)
    {
        try
        {
            if (!http.RequestAborted.IsCancellationRequested)
            {
                await AnswerAsync(http, exception);
                return true;
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // It went while it was being answered.
        }

        // The client has gone: nobody reads an answer, and nothing went wrong here.
        if (!http.Response.HasStarted)
        {
            http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }

        return true;
    }

    /// <summary>The outcome of a check: every issue, or the statement that there is none.</summary>
    internal static FhirDocument Outcome(IReadOnlyList<FhirIssue> issues)
    {
        var outcome = FhirBuilder.Create("OperationOutcome");
        foreach (var issue in issues)
        {
            outcome.Add("issue", i =>
            {
                i.Set("severity", Code(issue.Severity)).Set("code", Code(issue.Code))
                    .Set("diagnostics", Writable(issue.Text));
                i.Add("location", $"line {issue.Line}, column {issue.Column}");
                if (issue.Expression is not null)
                {
                    i.Add("expression", issue.Expression);
                }
            });
        }

        return issues.Count > 0
            ? outcome.Build()
            : Information("No problem was found.");
    }

    /// <summary>The outcome of a validation: every issue, or the statement that there is none.</summary>
    internal static FhirDocument Outcome(ValidationReport report) =>
        report.Issues.Count > 0 ? ReportOutcome.Of(report.Issues) : Information("No problem was found.");

    /// <summary>The outcome of a failure.</summary>
    internal static FhirDocument Outcome(Problem problem) => Outcome("error", [problem, .. problem.More]);

    /// <summary>The outcome of what went well.</summary>
    internal static FhirDocument Information(string text) => FhirBuilder.Create("OperationOutcome").Add("issue", i => i
        .Set("severity", "information").Set("code", "informational").Set("diagnostics", text)).Build();

    /// <summary>What was left out of a lenient request, or done although it should not be left so.</summary>
    internal static FhirDocument Warnings(IReadOnlyList<Problem> problems) => Outcome("warning", problems);

    static FhirDocument Outcome(string severity, IReadOnlyList<Problem> problems)
    {
        var outcome = FhirBuilder.Create("OperationOutcome");
        foreach (var problem in problems)
        {
            outcome.Add("issue", i =>
            {
                i.Set("severity", severity).Set("code", problem.IssueCode).Set("diagnostics", Writable(problem.Text));
                if (problem.Expression is not null)
                {
                    i.Add("expression", problem.Expression);
                }
            });
        }

        return outcome.Build();
    }

    async Task AnswerAsync(HttpContext http, Exception exception)
    {
        if (exception is FhirFormatException content)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await FhirResult.WriteAsync(http, Outcome(content.Issues), FormatOfAnswer(http.Request));
            return;
        }

        await WriteAsync(http, exception switch
        {
            FhirException failure => failure.Problem,
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new Problem(
                ProblemKind.TooLarge, "too-long", "The body is larger than this server accepts (Hub:BodyBytesMax)."),
            BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => new Problem(
                ProblemKind.TooSlow, "timeout", "The body came too slowly and was cut off; send it again."),
            BadHttpRequestException refused => new Problem(ProblemKind.Invalid, "structure", refused.Message),
            _ when HasNoRoom(exception) => NoRoom(exception),
            _ => Fault(http, exception),
        });
    }

    static async Task WriteAsync(HttpContext http, Problem problem)
    {
        http.Response.StatusCode = Status(problem.Kind);
        if (problem.Kind == ProblemKind.Unavailable)
        {
            http.Response.Headers.RetryAfter = $"{RetrySeconds}"; // who knows better says so when the answer begins
        }

        await FhirResult.WriteAsync(http, Outcome(problem), FormatOfAnswer(http.Request));
    }

    /// <summary>A text may repeat what came in, and that may be what neither JSON nor XML can hold.</summary>
    static string Writable(string text)
    {
        var first = text.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        if (first < 0)
        {
            return text;
        }

        var written = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // half of a surrogate pair comes as U+FFFD
        {
            var isHeld = rune.Value is '\t' or '\n' or '\r' or (>= ' ' and not 0x7F and not 0xFFFE and not 0xFFFF);
            written.Append(isHeld ? rune.ToString() : "\uFFFD");
        }

        return written.ToString();
    }

    /// <summary>A client whose Accept we cannot meet still has to be able to read why.</summary>
    static WireFormat FormatOfAnswer(HttpRequest request)
    {
        try
        {
            return FhirFormat.OfAnswer(request);
        }
        catch (FhirException)
        {
            return WireFormat.Json;
        }
    }

    /// <summary>Whether the disk is full, or nothing may be written to it any more.</summary>
    static bool HasNoRoom(Exception exception) => exception switch
    {
        StorageException { Code: var code } => (code & 0xFF) is SqliteFull or SqliteReadOnly,
        IOException { HResult: UnixFull or WindowsFull or UnixReadOnly } => true,
        _ => false,
    };

    Problem NoRoom(Exception exception)
    {
        Log.NoRoom(logger, exception.Message);
        return new Problem(
            ProblemKind.Unavailable,
            "no-store",
            "The disk of this server is full or cannot be written to, so nothing was changed. Who runs it has to make "
                + "room; try again later.");
    }

    Problem Fault(HttpContext http, Exception exception)
    {
        var id = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        Log.Fault(logger, id, exception);
        return new Problem(
            ProblemKind.Fault, "exception", $"The server made a mistake; its log has the cause under fault id {id}.");
    }

    internal static int Status(ProblemKind kind) => kind switch
    {
        ProblemKind.Invalid => StatusCodes.Status400BadRequest,
        ProblemKind.NotFound => StatusCodes.Status404NotFound,
        ProblemKind.Gone => StatusCodes.Status410Gone,
        ProblemKind.Forbidden => StatusCodes.Status403Forbidden,
        ProblemKind.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        ProblemKind.Conflict => StatusCodes.Status409Conflict,
        ProblemKind.PreconditionFailed => StatusCodes.Status412PreconditionFailed,
        ProblemKind.NotAcceptable => StatusCodes.Status406NotAcceptable,
        ProblemKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ProblemKind.UnsupportedMediaType => StatusCodes.Status415UnsupportedMediaType,
        ProblemKind.Unprocessable => StatusCodes.Status422UnprocessableEntity,
        ProblemKind.NotSupported => StatusCodes.Status501NotImplemented,
        ProblemKind.TooSlow => StatusCodes.Status408RequestTimeout,
        ProblemKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
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
