using System.Text;
using FhirHub.Fhir.Documents;
using FhirHub.Generators;

namespace FhirHub.Unit.Json;

/// <summary>
/// What the tests of JSON parsing claim, in one line each. The mark <c>¦</c> in a text is where the issue must
/// point.
/// </summary>
static class JsonClaims
{
    const string Mark = "¦";

    internal static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    internal static FhirDocument Accepted(string json) => Accepted(Utf8(json));

    internal static FhirDocument Accepted(byte[] json)
    {
        var result = FhirDocument.ParseJson(json, ParseOptions.Strict);
        Assert.IsEmpty(result.Issues, Listed(result.Issues));
        return result.OrThrow();
    }

    /// <summary>
    /// Exactly one issue, an error: this code, at this element, at the mark, with these words in its text.
    /// </summary>
    internal static void Refused(string marked, IssueType code, string? expression, string words) =>
        RefusedWith(marked, IssueSeverity.Error, code, expression, words);

    /// <summary>Not JSON from the mark on, and nothing else is said.</summary>
    internal static void NotJson(string marked, string words, IssueType code = IssueType.Structure) =>
        RefusedWith(marked, IssueSeverity.Fatal, code, null, words);

    /// <summary>A lenient parse keeps this and drops something with exactly one warning, at the mark.</summary>
    internal static FhirDocument Lenient(string marked, IssueType code, string? expression, string left)
    {
        var result = FhirDocument.ParseJson(Utf8(marked.Replace(Mark, "")), ParseOptions.Lenient);
        AssertIssue(result, marked, IssueSeverity.Warning, code, expression, "");
        return Left(result, left);
    }

    /// <summary>What a lenient parse left over: these bytes, which parse strictly to the same nodes.</summary>
    internal static FhirDocument Left(ParseResult result, string left)
    {
        var document = result.OrThrow();
        Assert.AreEqual(left, Encoding.UTF8.GetString(document.Json.Span));
        Assert.IsNull(DocumentComparison.Difference(document, Accepted(document.Json.ToArray())));
        return document;
    }

    internal static ParseResult Parsed(string json, ParseOptions options) => FhirDocument.ParseJson(Utf8(json), options);

    internal static string Listed(IEnumerable<FhirIssue> issues) => string.Join('\n', issues);

    static void RefusedWith(string marked, IssueSeverity severity, IssueType code, string? expression, string words)
    {
        var result = FhirDocument.ParseJson(Utf8(marked.Replace(Mark, "")), ParseOptions.Strict);
        Assert.IsNull(result.Document);
        AssertIssue(result, marked, severity, code, expression, words);
    }

    static void AssertIssue(
        ParseResult result, string marked, IssueSeverity severity, IssueType code, string? expression, string words)
    {
        Assert.HasCount(1, result.Issues, Listed(result.Issues));
        var issue = result.Issues[0];
        Assert.AreEqual((severity, code, expression), (issue.Severity, issue.Code, issue.Expression), issue.ToString());
        Assert.Contains(words, issue.Text);
        Assert.AreEqual(Place(marked), (issue.Line, issue.Column), issue.ToString());
    }

    static (int Line, int Column) Place(string marked)
    {
        var at = marked.IndexOf(Mark, StringComparison.Ordinal);
        Assert.IsGreaterThanOrEqualTo(0, at, "The test's text has no mark.");
        var before = marked[..at];
        var line = before[(before.LastIndexOf('\n') + 1)..];
        return (before.Count(c => c == '\n') + 1, Encoding.UTF8.GetByteCount(line) + 1);
    }
}
