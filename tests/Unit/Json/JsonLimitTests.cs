using FhirHub.Fhir.Documents;
using static FhirHub.Unit.Json.JsonClaims;

namespace FhirHub.Unit.Json;

[TestClass]
public sealed class JsonLimitTests
{
    [TestMethod]
    public void Content_as_deep_as_allowed_is_accepted()
    {
        // The resource is one level; an array and an object make two more.
        var options = new ParseOptions { DepthMax = 11 };
        Assert.IsNotNull(Parsed(Nested(5), options).Document);
        var issue = Parsed(Nested(6), options).Issues.Single();
        Assert.AreEqual((IssueSeverity.Fatal, IssueType.TooLong, null), (issue.Severity, issue.Code, issue.Expression));
        Assert.Contains("deeper than 11 levels", issue.Text);
    }

    [TestMethod]
    [DataRow("[")]
    [DataRow("{\"a\":")]
    [DataRow("{\"extension\":[")]
    [DataRow("{\"contained\":[")]
    [DataRow("{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":")]
    public void A_million_open_brackets_are_refused_by_default(string open)
    {
        foreach (var start in new[] { "", "{\"unknownToFhir\":", "{\"resourceType\":\"Patient\",\"extension\":[" })
        {
            var json = start + string.Concat(Enumerable.Repeat(open, 1_000_000 / open.Length));
            Assert.IsNull(Parsed(json, ParseOptions.Strict).Document);
            Assert.IsNull(Parsed(json, ParseOptions.Lenient).Document);
        }
    }

    [TestMethod]
    public void Skipped_content_counts_towards_the_depth() =>
        Assert.AreEqual(
            IssueType.TooLong,
            Parsed("{\"resourceType\":\"Patient\",\"x\":" + new string('[', 200) + new string(']', 200) + "}", ParseOptions.Strict)
                .Issues[^1].Code);

    [TestMethod]
    public void Content_larger_than_allowed_is_refused_unread()
    {
        const string json = """{"resourceType":"Patient"}""";
        Assert.IsNotNull(Parsed(json, new ParseOptions { BytesMax = json.Length }).Document);
        var issue = Parsed(json, new ParseOptions { BytesMax = json.Length - 1 }).Issues.Single();
        Assert.AreEqual((IssueSeverity.Fatal, IssueType.TooLong), (issue.Severity, issue.Code));
        Assert.AreEqual((1, 1), (issue.Line, issue.Column));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(10)]
    [DataRow(200)]
    public void After_the_last_issue_allowed_the_list_says_that_it_ends(int max)
    {
        var result = Parsed(ManyProblems(1000), new ParseOptions { IssuesMax = max });
        Assert.IsNull(result.Document);
        Assert.HasCount(max + 1, result.Issues);
        Assert.AreEqual(IssueType.TooLong, result.Issues[^1].Code);
        Assert.Contains($"More than {max} problems", result.Issues[^1].Text);
    }

    [TestMethod]
    public void As_many_issues_as_allowed_are_all_listed()
    {
        var issues = Parsed(ManyProblems(10), new ParseOptions { IssuesMax = 10 }).Issues;
        Assert.HasCount(10, issues);
        Assert.IsFalse(issues.Any(issue => issue.Code == IssueType.TooLong));
    }

    [TestMethod]
    public void Broken_syntax_after_a_full_list_is_still_reported()
    {
        var issues = Parsed(ManyProblems(10)[..^1], new ParseOptions { IssuesMax = 3 }).Issues;
        Assert.HasCount(5, issues);
        Assert.AreEqual(IssueSeverity.Fatal, issues[^1].Severity);
    }

    [TestMethod]
    [Timeout(10_000)]
    [DataRow(",\"valueString\":\"x\"")]
    [DataRow(",\"_valueString\":{\"id\":\"a\"}")]
    [DataRow(",\"_valueInteger\":{\"id\":\"a\"}")]
    [DataRow(",\"statuz\":1")]
    [DataRow(",\"\":1")]
    public void Content_full_of_errors_takes_no_longer_than_its_length(string member)
    {
        // A search of all 40,000 siblings for each of 100,000 errors would take many times the timeout.
        var json = "{\"resourceType\":\"Observation\",\"valueBoolean\":true,\"component\":["
            + string.Join(',', Enumerable.Repeat("{\"id\":\"a\",\"code\":{\"text\":\"a\"}}", 40_000)) + "]"
            + string.Concat(Enumerable.Repeat(member, 100_000)) + "}";
        Assert.HasCount(201, Parsed(json, ParseOptions.Strict).Issues);
        Assert.IsNotNull(Parsed(json, ParseOptions.Lenient).Document);
    }

    static string ManyProblems(int count) =>
        "{\"resourceType\":\"Patient\"" + string.Concat(Enumerable.Range(0, count).Select(i => $",\"x{i}\":{i}")) + "}";

    static string Nested(int count) =>
        "{\"resourceType\":\"Patient\","
        + string.Concat(Enumerable.Repeat("\"extension\":[{\"url\":\"a\",", count - 1))
        + "\"extension\":[{\"url\":\"a\",\"valueInteger\":1"
        + string.Concat(Enumerable.Repeat("}]", count)) + "}";
}
