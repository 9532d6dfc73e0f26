using System.Globalization;
using System.Text;
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
    public void More_records_than_a_pool_should_keep_are_read_like_few()
    {
        const int Count = 600_000; // each of two records, in fewer bytes than are counted on
        var json = new StringBuilder("""
            {"resourceType":"CodeSystem","status":"active","content":"complete","concept":[
            """);
        for (var number = 0; number < Count; number++)
        {
            json.Append(CultureInfo.InvariantCulture, $"{(number > 0 ? "," : "")}{{\"code\":\"{number}\"}}");
        }

        var concepts = Parsed(json.Append("]}").ToString(), ParseOptions.Strict).OrThrow().Root["concept"];
        Assert.AreEqual(Count, concepts.Count());
        Assert.AreEqual($"{Count - 1}", concepts.Last().First("code").Text);
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
    [Timeout(60_000)]
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

    [TestMethod]
    [DataRow("\"valueString\":\"a\"", ",\"_valueBoolean\":{\"id\":\"a\"}")]
    [DataRow("\"_valueString\":{\"id\":\"a\"}", ",\"valueBoolean\":true")]
    [DataRow("\"_valueString\":{\"id\":\"a\"}", ",\"_valueBoolean\":{\"id\":\"a\"}")]
    [Timeout(60_000)]
    public void A_choice_repeated_without_end_costs_no_search_each_time(string first, string repeated)
    {
        const int count = 50_000;
        var json = "{\"resourceType\":\"Observation\",\"note\":["
            + string.Join(',', Enumerable.Repeat("{\"text\":\"a\"}", count)) + "]," + first
            + string.Concat(Enumerable.Repeat(repeated, count)) + "}";
        Assert.IsNull(Parsed(json, ParseOptions.Strict).Document);
    }

    [TestMethod]
    [Timeout(60_000)]
    public void A_type_that_stands_last_at_every_level_is_looked_for_once()
    {
        const int levels = 330;
        var json = string.Concat(Enumerable.Repeat("{\"type\":\"collection\",\"entry\":[{\"resource\":", levels))
            + "{\"name\":[" + string.Join(',', Enumerable.Repeat("{\"text\":\"a\"}", 400_000))
            + "],\"resource\\u0054ype\":\"Patient\"}"
            + string.Concat(Enumerable.Repeat("}],\"resource\\u0054ype\":\"Bundle\"}", levels));
        Assert.IsEmpty(Parsed(json, ParseOptions.Strict with { DepthMax = 1000 }).Issues);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(-1)]
    [DataRow(1001)]
    [DataRow(int.MaxValue)]
    public void A_depth_no_stack_could_take_is_no_option(int depth) =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new ParseOptions { DepthMax = depth });

    [TestMethod]
    public void The_greatest_depth_can_be_parsed_mended_and_written()
    {
        var options = ParseOptions.Lenient with { DepthMax = 1000 };
        var json = Nested(499).Replace("\"extension\":[{\"url\":\"a\",\"valueInteger\":1}]", "\"extension\":{\"url\":\"a\",\"x\":1,\"valueInteger\":1}");
        var document = Parsed(json, options).OrThrow();
        Assert.AreEqual(json.Length, document.Json.Length + "\"x\":1,".Length - "[]".Length);
        Assert.IsNotEmpty(document.ToXml());
    }

    static string ManyProblems(int count) =>
        "{\"resourceType\":\"Patient\"" + string.Concat(Enumerable.Range(0, count).Select(i => $",\"x{i}\":{i}")) + "}";

    static string Nested(int count) =>
        "{\"resourceType\":\"Patient\","
        + string.Concat(Enumerable.Repeat("\"extension\":[{\"url\":\"a\",", count - 1))
        + "\"extension\":[{\"url\":\"a\",\"valueInteger\":1"
        + string.Concat(Enumerable.Repeat("}]", count)) + "}";
}
