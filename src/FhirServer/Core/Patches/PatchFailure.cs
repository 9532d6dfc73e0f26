using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Patches;

/// <summary>
/// The ways a patch can fail, as RFC 5789 section 2.2 tells them apart: a patch that is malformed, one that is sound
/// and cannot be applied to this resource, and one that asks for too much.
/// </summary>
static class PatchFailure
{
    internal static FhirException Malformed(string text, string code = "structure") =>
        new(new Problem(ProblemKind.Invalid, code, text));

    internal static FhirException Unprocessable(string text, string code = "processing", string? expression = null) =>
        new(new Problem(ProblemKind.Unprocessable, code, text, expression));

    internal static FhirException TooLarge(string text) => new(new Problem(ProblemKind.TooLarge, "too-costly", text));

    /// <summary>The document a patch led to, or the first thing that is wrong with it.</summary>
    internal static FhirDocument Result(ParseResult parsed)
    {
        if (parsed.Document is { } document)
        {
            return document;
        }

        var issue = parsed.Issues[0];
        throw Unprocessable(
            $"The patch applies, but the resource it leads to is not valid: {issue.Text}{Others(parsed)}",
            Code(issue),
            issue.Expression);
    }

    /// <summary>The Parameters a patch is written as, or the first thing that is wrong with them.</summary>
    internal static FhirDocument Body(ParseResult parsed) => parsed.Document ?? throw new FhirException(new Problem(
        ProblemKind.Invalid,
        Code(parsed.Issues[0]),
        $"The patch is not a valid Parameters resource: {parsed.Issues[0].Text}{Others(parsed)}",
        parsed.Issues[0].Expression));

    /// <summary>Names that come from the client are shown, but not at any length.</summary>
    internal static string Shown(string name)
    {
        const int CharactersMax = 120;
        return name.Length <= CharactersMax ? name : name[..CharactersMax] + "…";
    }

    static string Others(ParseResult parsed) =>
        parsed.Issues.Count > 1 ? $" (and {parsed.Issues.Count - 1} more)" : "";

    static string Code(FhirIssue issue) => issue.Code switch
    {
        IssueType.Structure => "structure",
        IssueType.Required => "required",
        IssueType.Value => "value",
        IssueType.Invariant => "invariant",
        IssueType.TooLong => "too-long",
        _ => "invalid",
    };
}
