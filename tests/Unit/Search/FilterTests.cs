using FhirHub.Core.Model;
using FhirHub.Core.Search;

namespace FhirHub.Unit.Search;

// https://hl7.org/fhir/R4/search_filter.html
[TestClass]
public sealed class FilterTests
{
    static readonly SearchParser Parser = new(ParameterCatalog.R4, SearchZone.China, TimeProvider.System);

    [TestMethod]
    [DataRow("Patient", "name co \"pet\"", "name Contains 'pet'")]
    [DataRow(
        "Patient",
        "given eq \"peter\" and birthdate ge 2014-10-10",
        "(given Whole 'peter' & birthdate GreaterOrEqual 2014-10-09T16:00:00Z..2014-10-10T16:00:00Z)")]
    [DataRow("Observation", "code eq http://loinc.org|1234-5", "code = http://loinc.org|1234-5")]
    [DataRow("Encounter", "subject.name co \"pet\"", "subject:Patient.(name Contains 'pet')")]
    public void The_examples_of_the_specification_are_understood(string type, string filter, string expected) =>
        Assert.AreEqual(expected, FilterText.Of(Read(type, filter)));

    [TestMethod]
    public void A_path_counts_for_every_type_it_leads_to_that_knows_its_end()
    {
        var text = FilterText.Of(Read("Observation", "subject.name co \"pet\""));
        StringAssert.Contains(text, "subject:Patient.(name Contains 'pet')");
        StringAssert.Contains(text, "subject:Location.(name Contains 'pet')");
        Assert.DoesNotContain("subject:Group", text);
    }

    [TestMethod]
    [DataRow("related[type eq \"has-component\"].target pr true")]
    [DataRow("related[type eq has-component].target re Observation/4")]
    public void The_examples_with_parameters_that_R4_lost_are_refused(string filter) =>
        Refuses("Observation", filter, "'_filter', character 1: Observation has no search parameter 'related'.");

    [TestMethod]
    [DataRow("A and B or C", "((A & B) | C)")]
    [DataRow("A or B and C", "((A | B) & C)")]
    [DataRow("A or (B and C)", "(A | (B & C))")]
    [DataRow("A or B or C and A and B", "((A | B | C) & A & B)")]
    [DataRow("not(A)", "!A")]
    [DataRow("not (A or B) and C", "(!(A | B) & C)")]
    [DataRow("not A and B", "(!A & B)")]
    [DataRow("NOT not(A) OR(B)", "(!!A | B)")]
    [DataRow("  (( A\t)and\u3000(B\n))  ", "(A & B)")]
    public void Terms_are_joined_from_left_to_right(string shape, string expected)
    {
        var filter = shape
            .Replace("A", "family eq a", StringComparison.Ordinal)
            .Replace("B", "given eq b", StringComparison.Ordinal)
            .Replace("C", "gender eq c", StringComparison.Ordinal);
        var text = FilterText.Of(Read("Patient", filter));
        Assert.AreEqual(expected, text
            .Replace("family Whole 'a'", "A", StringComparison.Ordinal)
            .Replace("given Whole 'b'", "B", StringComparison.Ordinal).Replace("gender = c", "C", StringComparison.Ordinal));
    }

    [TestMethod]
    [DataRow("""family eq "a) or (\"b\" ]" """, "family Whole 'a) or (\"b\" ]'")]
    [DataRow("""family eq "\\ \/ \b\f\n\r\t \u5f20\u4E3d" """, "family Whole '\\ / \b\f\n\r\t 张丽'")]
    [DataRow("(family eq o'brien)", "family Whole 'o'brien'")]
    [DataRow("family EQ a\"b", "family Whole 'a\"b'")]
    [DataRow("gender eq \"male\"", "gender = male")]
    public void A_value_is_a_JSON_string_or_goes_to_the_next_space_or_bracket(string filter, string expected) =>
        Assert.AreEqual(expected, FilterText.Of(Read("Patient", filter)));

    [TestMethod]
    [DataRow("family ne a", "family NotWhole 'a'")]
    [DataRow("family sw a", "(family Start 'a' | family spoken 'a')")]
    [DataRow("address-city sw a", "address-city Start 'a'")]
    [DataRow("name eq a", "name WholeName 'a'")]
    [DataRow("family ew a", "family End 'a'")]
    [DataRow("family gt a", "family Greater 'a'")]
    [DataRow("family lt a", "family Less 'a'")]
    [DataRow("family ge a", "family GreaterOrEqual 'a'")]
    [DataRow("family le a", "family LessOrEqual 'a'")]
    [DataRow("family pr true", "!family?")]
    [DataRow("family pr false", "!!family?")]
    [DataRow("gender ne male", "some (gender = male) else")]
    [DataRow("gender in http://x", "gender in http://x")]
    [DataRow("gender ni http://x", "!gender in http://x")]
    [DataRow("gender ss loinc|x", "gender below http://loinc.org|x")]
    [DataRow("gender sb loinc|x", "gender above http://loinc.org|x")]
    [DataRow("identifier eq urn:x|", "identifier = urn:x|*")]
    [DataRow("identifier eq |1", "identifier = |1")]
    [DataRow("_id eq a", "_id a")]
    [DataRow("_id ne a", "!_id a")]
    [DataRow("_id pr true", "()")]
    [DataRow("_id pr false", "!()")]
    [DataRow("_profile ne http://x", "some (_profile Equal http://x) else")]
    [DataRow("organization re Organization/1", "organization Organization/1")]
    [DataRow("organization re http://x/Organization/1", "organization Equal http://x/Organization/1")]
    public void Operations_mean_what_the_table_says(string filter, string expected) =>
        Assert.AreEqual(expected, FilterText.Of(Read("Patient", filter)));

    [TestMethod]
    [DataRow("eq", "Equal")]
    [DataRow("ne", "NotEqual")]
    [DataRow("gt", "Greater")]
    [DataRow("lt", "Less")]
    [DataRow("ge", "GreaterOrEqual")]
    [DataRow("le", "LessOrEqual")]
    [DataRow("sa", "StartsAfter")]
    [DataRow("eb", "EndsBefore")]
    [DataRow("co", "Contains")]
    [DataRow("po", "Approximate")]
    public void Dates_are_compared_as_by_prefixes_and_by_their_periods(string operation, string expected)
    {
        const string Range = "2026-02-28T16:00:00Z..2026-03-31T16:00:00Z";
        Assert.AreEqual($"date {expected} {Range}", FilterText.Of(Read("Observation", $"date {operation} 2026-03")));
        if (operation != "co")
        {
            var updated = FilterText.Of(Read("Observation", $"_lastUpdated {operation} \"2026-03\""));
            Assert.AreEqual(operation == "po" ? $"_lastUpdated Equal {Range}" : $"_lastUpdated {expected} {Range}", updated);
        }
    }

    [TestMethod]
    [DataRow("RiskAssessment", "probability gt 0.5", "probability Greater 0.5")]
    [DataRow("RiskAssessment", "probability ap 0.5", "probability Approximate 0.5")]
    [DataRow("Observation", "value-quantity le 5.4|http://x|mg", "value-quantity LessOrEqual 5.4 http://x|mg")]
    [DataRow("Observation", "value-quantity eq \"5.4||mg\"", "value-quantity Equal 5.4 |mg")]
    [DataRow("Observation", "value-quantity eq 2|ucum|g", "value-quantity Equal 2 in g")]
    [DataRow("Observation", "code eq loinc|1234-5", "code = http://loinc.org|1234-5")]
    [DataRow("Observation", "code eq SNOMED|1", "code = http://snomed.info/sct|1")]
    [DataRow("Observation", "code eq loinc", "code = loinc")]
    public void Numbers_quantities_and_short_names_of_code_systems(string type, string filter, string expected) =>
        Assert.AreEqual(expected, FilterText.Of(Read(type, filter)));

    [TestMethod]
    [DataRow(
        "organization[type eq \"x\"].phonetic ew \"y\"", "organization:Organization.((type = x & phonetic End 'y'))")]
    [DataRow(
        "organization.partof[active eq true and name sw b].name eq c",
        "organization:Organization.(partof:Organization.(((active = true & (name Start 'b' | name spoken 'b'))"
            + " & name WholeName 'c')))")]
    [DataRow("organization.name pr false", "!organization:Organization.(!name?)")]
    public void A_filter_in_brackets_is_about_what_the_step_leads_to(string filter, string expected) =>
        Assert.AreEqual(expected, FilterText.Of(Read("Patient", filter)));

    [TestMethod]
    [DataRow("", "character 1: the name of a search parameter is expected here.")]
    [DataRow("family", "character 7: an operation is expected here: eq, ne, co,")]
    [DataRow("family is a", "character 8: an operation is expected here")]
    [DataRow("family eq", "character 10: a space and a value for 'eq' are expected here.")]
    [DataRow("family eq ", "character 11: a space and a value for 'eq' are expected here.")]
    [DataRow("family eq\"a\"", "character 10: a space and a value for 'eq' are expected here.")]
    [DataRow("family eq \"a", "character 11: the text that begins here has no closing quote.")]
    [DataRow("family eq \"a\\x\"", "character 13: a text in quotes is written as in JSON")]
    [DataRow("family eq \"\\u12", "character 12: a text in quotes is written as in JSON")]
    [DataRow("family eq a b", "character 13: 'and', 'or' or the end of the filter is expected here.")]
    [DataRow("family eq a and", "character 16: the name of a search parameter is expected here.")]
    [DataRow("(family eq a", "character 13: 'and', 'or' or ')' is expected here.")]
    [DataRow("family eq a)", "character 12: 'and', 'or' or the end of the filter is expected here.")]
    [DataRow("organization[name eq a", "character 23: 'and', 'or' or ']' is expected here.")]
    [DataRow("organization[name eq a] eq b", "character 24: a point and the name of a parameter")]
    [DataRow("organization. eq b", "character 14: the name of a search parameter is expected here.")]
    [DataRow("nickname eq a", "character 1: Patient has no search parameter 'nickname'. It has: _content, _id,")]
    [DataRow("organization.nickname eq a", "character 14: Organization has no search parameter 'nickname'.")]
    [DataRow("family.given eq a", "character 1: 'family' is no reference, so a path cannot go on behind it.")]
    [DataRow("family ss a", "character 8: 'family' is of type string, and takes no 'ss' but: eq, ne, co,")]
    [DataRow("organization eq a", "character 14: 'organization' is of type reference, and takes no 'eq' but: re, pr.")]
    [DataRow("birthdate ge soon", "character 14, 'birthdate' takes a date such as 2026")]
    [DataRow("family eq \"\"", "character 11: nothing of the value counts in a search")]
    [DataRow("family pr yes", "character 11: 'pr' takes true or false.")]
    [DataRow("_list eq a", "character 1: '_list' has no place in a filter")]
    [DataRow("_text eq a", "character 7: '_text' is all the words of a text, and takes no 'eq' but: co")]
    [DataRow("_content co \"(a\"", "character 13: a ( is not closed")]
    [DataRow("gender ss male", "character 11, 'gender' takes system|code")]
    public void What_is_wrong_is_refused_with_its_place_and_what_is_expected_there(string filter, string expected) =>
        Refuses("Patient", filter, expected);

    [TestMethod]
    public void Filters_have_bounds()
    {
        Refuses("Patient", new string(' ', 30_000) + "gender eq a", "character 20001: a filter has at most 20000");
        Refuses("Patient", new string('(', 5000), "no more than 20 filters within one another");
        Refuses("Patient", string.Concat(Enumerable.Repeat("not ", 4000)), "no more than 20 filters");
        Refuses("Patient", string.Concat(Enumerable.Repeat("organization[", 1000)), "no more than 20 filters");
        Refuses("Patient", string.Concat(Enumerable.Repeat("link.", 1000)) + "gender eq a", "no more than 10 links");
        Refuses("Patient", string.Join(" or ", Enumerable.Repeat("gender eq a", 101)), "no more than 100 tests");
        Read("Patient", string.Join(" or ", Enumerable.Repeat("gender eq a", 100)));
    }

    [TestMethod]
    public void References_to_any_type_do_not_multiply_without_end()
    {
        Refuses("Composition", $"{string.Concat(Enumerable.Repeat("subject.", 9))}name eq a", "more types than can be followed");
        var name = $"{string.Concat(Enumerable.Repeat("subject.", 9))}name";
        var problem = Assert.ThrowsExactly<FhirException>(() => Parse("Composition", name, "a"));
        StringAssert.Contains(problem.Message, "more types than can be followed");
    }

    [TestMethod]
    public void Junk_is_refused_and_nothing_else_happens()
    {
        string[] pieces =
        [
            "family", "organization", "_id", "birthdate", "gender", "_lastUpdated", "eq", "ne", "pr", "co", "re", "po", "and",
            "or", "not", "(", ")", "[", "]", ".", " ", " ", " ", "\"", "\\", "\\u", "\\ud800", "|", ",", "$", "true", "2026",
            "\u0000", "\ud83d", "\ude00", "张", "\u3000", "ge", "x", "-", "1e999", "\"a\"", "loinc|",
        ];
        const string Almost = "not (~organization~[~active~ eq ~true~]~.~name~ co ~\"~a~\"~)~ or ~birthdate~ ge ~2026";
        var random = new Random(20260301);
        var understood = 0;
        for (var i = 0; i < 50_000; i++)
        {
            // Half of it is what could be a filter with a few pieces put into it.
            var words = i % 2 == 0 ? Almost.Split('~').ToList() : [];
            for (var more = random.Next(i % 2 == 0 ? 3 : 12); more >= 0; more--)
            {
                words.Insert(random.Next(words.Count + 1), pieces[random.Next(pieces.Length)]);
            }

            var filter = string.Concat(words);
            try
            {
                Read("Patient", filter);
                understood++;
            }
            catch (FhirException refusal)
            {
                Assert.AreEqual(ProblemKind.Invalid, refusal.Problem.Kind, filter);
            }
        }

        Assert.IsGreaterThan(50, understood);
    }

    static void Refuses(string type, string filter, string expected)
    {
        var refusal = Assert.ThrowsExactly<FhirException>(() => Read(type, filter));
        Assert.AreEqual(ProblemKind.Invalid, refusal.Problem.Kind);
        StringAssert.StartsWith(refusal.Message, "'");
        StringAssert.Contains(refusal.Message, expected);
    }

    static SearchExpression Read(string type, string filter) => Parse(type, "_filter", filter);

    static SearchExpression Parse(string type, string name, string value) =>
        Parser.Parse("t", type, [new(name, value)], isLenient: false).Query.Expression;
}
