using System.Text;
using System.Text.RegularExpressions;
using FhirHub.Core.Validation;
using FhirHub.Fhir.Documents;
using FhirHub.Fhir.FhirPath;

namespace FhirHub.Stores.Profiles;

/// <summary>What of the guide computes: windows, colours and scores.</summary>
[TestClass]
public sealed class GuidePlanTests
{
    const string ColourSystem = "urn:fhirhub:CodeSystem:pregnancy-risk-colour";

    static GuideHub _hub = null!; // set before the first test

    [ClassInitialize]
    public static async Task Open(TestContext _) => _hub = await GuideHub.OpenAsync();

    [ClassCleanup]
    public static void Close() => _hub.Dispose();

    [TestMethod]
    [DataRow("antenatal-schedule-public-health", "first", "edd", "2026-06-17", "2025-10-22", "2025-12-09")]
    [DataRow("antenatal-schedule-public-health", "second", "edd", "2026-06-17", "2025-12-31", "2026-02-03")]
    [DataRow("antenatal-schedule-public-health", "fifth", "edd", "2026-06-17", "2026-05-27", "2026-06-23")]
    [DataRow("antenatal-schedule-clinical-2018", "seventh", "edd", "2026-06-17", "2026-05-27", "2026-06-24")]
    [DataRow("postnatal-schedule-public-health", "visit", "dischargeDate", "2026-06-23", "2026-06-23", "2026-06-30")]
    [DataRow("postnatal-schedule-public-health", "day-42", "deliveryDate", "2026-06-20", "2026-08-01", "2026-08-15")]
    [DataRow("postnatal-schedule-2011", "first", "deliveryDate", "2026-06-20", "2026-06-23", "2026-06-27")]
    [DataRow("child-schedule", "month-1", "birthDate", "2026-06-20", "2026-07-18", "2026-07-20")]
    [DataRow("child-schedule", "month-8", "birthDate", "2026-06-30", "2027-02-28", "2027-03-30")]
    [DataRow("child-eye-schedule", "year-6", "birthDate", "2026-06-20", "2032-06-20", "2032-12-20")]
    public void Windows_are_computed_from_the_date_a_schedule_counts_from(
        string plan, string contact, string anchor, string date, string start, string end)
    {
        var dates = Parse($$"""
            {"resourceType":"Parameters","parameter":[{"name":"{{anchor}}","valueDate":"{{date}}"}]}
            """);
        var window = Actions(plan).Single(action => action.First("id").Text == contact)["dynamicValue"]
            .Select(value => Expression(value).Scalar(dates.Root).ToString()).ToArray();
        CollectionAssert.AreEqual(new[] { start, end }, window);
    }

    [TestMethod]
    public void Every_window_is_computed_and_none_ends_before_it_starts()
    {
        var dates = Parse("""
            {"resourceType":"Parameters","parameter":[
              {"name":"edd","valueDate":"2026-06-17"},{"name":"birthDate","valueDate":"2026-06-20"},
              {"name":"deliveryDate","valueDate":"2026-06-20"},{"name":"dischargeDate","valueDate":"2026-06-23"}]}
            """);
        var contacts = 0;
        foreach (var plan in Plans().Where(plan => plan.First("id").Text!.Contains("-schedule", StringComparison.Ordinal)))
        {
            foreach (var action in plan["action"])
            {
                var ends = action["dynamicValue"].Select(value => Expression(value).Scalar(dates.Root).ToString()).ToArray();
                Assert.IsTrue(
                    ends.Length == 2 && string.CompareOrdinal(ends[0], ends[1]) <= 0,
                    $"{plan.First("id").Text} {action.First("id").Text}: {string.Join(" to ", ends)}");
                contacts++;
            }
        }

        Assert.AreEqual(5 + 7 + 2 + 3 + 13 + 13, contacts);
    }

    [TestMethod]
    [DataRow("pregnancy-risk-cn-2017", """{"name":"age","valueDecimal":28}""", "green")]
    [DataRow("pregnancy-risk-cn-2017", """{"name":"age","valueDecimal":36}""", "yellow")]
    [DataRow("pregnancy-risk-cn-2017", """{"name":"age","valueDecimal":41}""", "orange")]
    [DataRow("pregnancy-risk-cn-2017", """{"name":"haemoglobin","valueDecimal":38}""", "red")]
    [DataRow("pregnancy-risk-cn-2017", """{"name":"haemoglobin","valueDecimal":60}""", "orange")]
    [DataRow("pregnancy-risk-cn-2017", """{"name":"platelets","valueDecimal":80}""", "yellow")]
    [DataRow("pregnancy-risk-cn-2017", """{"name":"hivPositive","valueBoolean":true}""", "green purple")]
    [DataRow("pregnancy-risk-cn-2017", """{"name":"hbsAgPositive","valueBoolean":true}""", "yellow purple")]
    [DataRow(
        "pregnancy-risk-cn-2017",
        """{"name":"uterineScar","valueBoolean":true},{"name":"monthsSinceUterineSurgery","valueDecimal":12}""",
        "orange")]
    [DataRow("pregnancy-risk-cn-2017", """{"name":"height","valueDecimal":144}""", "green")]
    [DataRow("pregnancy-risk-cn-33-2018", """{"name":"height","valueDecimal":144}""", "yellow")]
    [DataRow("pregnancy-risk-cn-33-2018", """{"name":"age","valueDecimal":41}""", "orange")]
    public void The_colour_is_the_highest_of_the_standard_chosen(string standard, string facts, string expected) =>
        Assert.AreEqual(expected, Colours(standard, facts));

    [TestMethod]
    public void Every_computable_item_compiles_and_most_items_are_asserted_by_a_clinician()
    {
        var actions = Actions("pregnancy-risk-cn-2017").ToArray();
        var computed = actions.Where(action => action["condition"].Any()).ToArray();
        foreach (var action in computed)
        {
            // Where nothing is known, no item holds.
            var expression = FhirPathExpression.Get(action.First("condition").First("expression").First("expression").Text!);
            Assert.IsFalse(expression.IsTrue(Parse("""{"resourceType":"Parameters"}""").Root), action.First("id").Text);
        }

        Assert.IsGreaterThan(35, computed.Length);
        Assert.IsGreaterThan(110, actions.Length);
    }

    [TestMethod]
    public void Every_fact_of_a_rule_is_listed_and_every_source_of_a_fact_compiles()
    {
        var concepts = GuidePackage.Built.Definitions.Select(json => Parse(json).Root)
            .Single(root => root.First("id").Text == "risk-fact")["concept"].ToList();
        var sources = concepts.SelectMany(concept => concept["property"])
            .Where(property => property.First("code").Text == "source").Select(property => property.First("value").Text)
            .OfType<string>().ToList();
        foreach (var source in sources)
        {
            // On a resource without anything in it, no fact is found.
            var empty = Parse("""{"resourceType":"Observation","status":"final","code":{"text":"x"}}""");
            Assert.IsEmpty(FhirPathExpression.Get(source).Evaluate(empty.Root), source);
        }

        Assert.IsGreaterThan(15, sources.Count);
        var listed = concepts.Select(concept => concept.First("code").Text).ToHashSet();
        var asked = Actions("pregnancy-risk-cn-33-2018").SelectMany(action => action["condition"])
            .SelectMany(condition => Regex.Matches(
                condition.First("expression").First("expression").Text ?? "", "name = '(\\w+)'"))
            .Select(match => match.Groups[1].Value);
        Assert.AreEqual("", string.Join(' ', asked.Where(name => !listed.Contains(name))));
    }

    [TestMethod]
    public async Task The_total_of_the_depression_scale_is_checked()
    {
        Assert.AreEqual("", await _hub.ErrorsAsync(Depression(13)));
        Assert.IsFalse((await _hub.IssuesAsync(Depression(13))).Any(IsTotal));
        Assert.IsTrue((await _hub.IssuesAsync(Depression(12))).Any(IsTotal));

        static bool IsTotal(ValidationIssue issue) => issue.MessageId == "response-calculation-differs";
    }

    /// <summary>The answers 0, 1, 2, 3 and so on in turn, whose scores add up to 13.</summary>
    static string Depression(int total)
    {
        var answers = Enumerable.Range(1, 10).Select(n => $$"""
            {"linkId":"{{n}}","answer":[{"valueCoding":
              {"system":"urn:fhirhub:mch/CodeSystem/epds-answer","code":"{{n}}.{{(n - 1) % 4}}"} }]}
            """);
        return $$"""
            {"resourceType":"QuestionnaireResponse","questionnaire":"urn:fhirhub:mch/Questionnaire/epds",
             "status":"completed","item":[{{string.Join(',', answers)}},
               {"linkId":"score","answer":[{"valueInteger":{{total}}}]}]}
            """;
    }

    /// <summary>The colours of the items that hold: the highest of four, and purple beside it.</summary>
    static string Colours(string standard, string facts)
    {
        var known = Parse($$"""{"resourceType":"Parameters","parameter":[{{facts}}]}""");
        var met = Actions(standard)
            .Where(action => action["condition"].Any() && Expression(action.First("condition")).IsTrue(known.Root))
            .SelectMany(action => action["code"]).SelectMany(code => code["coding"])
            .Where(coding => coding.First("system").Text == ColourSystem)
            .Select(coding => coding.First("code").Text).ToHashSet();
        var grade = new[] { "red", "orange", "yellow" }.FirstOrDefault(met.Contains) ?? "green";
        return met.Contains("purple") ? $"{grade} purple" : grade;
    }

    static IEnumerable<FhirNode> Plans() => GuidePackage.Built.Definitions.Select(json => Parse(json).Root)
        .Where(root => root.Document.Type.Name == "PlanDefinition");

    static FhirNodes Actions(string plan) =>
        Plans().Single(root => root.First("id").Text == plan)["action"];

    static FhirPathExpression Expression(FhirNode holder) =>
        FhirPathExpression.Get(holder.First("expression").First("expression").Text!); // the guide is valid

    static FhirDocument Parse(string json) => FhirDocument.ParseJson(Encoding.UTF8.GetBytes(json));
}
