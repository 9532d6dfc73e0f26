using System.Text;
using FhirHub.Fhir.Documents;

namespace FhirHub.Unit.Xml;

[TestClass]
public sealed class XmlIssuesTests
{
    [TestMethod]
    [DataRow("<name><text value='F'/></name><active value='true'/>", "Patient.active", "must stand before 'name'")]
    [DataRow("<name><given value='a'/><text value='F'/></name>", "Patient.name[0].text", "must stand before 'given'")]
    [DataRow("<name/><active value='true'/><name/>", "Patient.name", "must follow each other")]
    [DataRow("<active value='true'/><active value='true'/>", "Patient.active", "stands here twice")]
    [DataRow(
        "<deceasedBoolean value='true'/><deceasedDateTime value='2020'/>",
        "Patient.deceased",
        "beside another deceased[x]")]
    [DataRow("<name><given value='a'/><given/></name>", "Patient.name[0].given[1]", "must have a value")]
    [DataRow("<name><given value='a'/><given><x/></given></name>", "Patient.name[0].given[1]", "no element 'x'")]
    [DataRow("<nonsense value='1'/>", "Patient", "Patient has no element 'nonsense'")]
    [DataRow("<name><x:family xmlns:x='u' value='1'/></name>", "Patient.name[0]", "'x:family' must be in")]
    [DataRow("<name><id value='1'/></name>", "Patient.name[0]", "'id' must be an attribute of HumanName")]
    [DataRow("<name use='usual'/>", "Patient.name[0]", "attribute 'use' is not allowed")]
    [DataRow("<name xml:id='a'/>", "Patient.name[0]", "attribute 'xml:id' is not allowed")]
    [DataRow("<active value='true' Value='true'/>", "Patient.active", "attribute 'Value' is not allowed")]
    [DataRow("<active value='true'>true</active>", "Patient.active", "Text is not allowed here")]
    [DataRow("<active value='true'><![CDATA[ ]]></active>", "Patient.active", "Text is not allowed here")]
    [DataRow("<active value='True'/>", "Patient.active", "'true' or 'false'")]
    [DataRow("<active value=''/>", "Patient.active", "'true' or 'false'")]
    [DataRow("<multipleBirthInteger value='01'/>", "Patient.multipleBirth", "digits without leading zeros")]
    [DataRow("<birthDate value='1970-13'/>", "Patient.birthDate", "")]
    [DataRow("<birthDate value=''/>", "Patient.birthDate", "must not be empty")]
    [DataRow("<contained/>", "Patient.contained[0]", "must hold a resource")]
    [DataRow("<contained><Nonsense/></contained>", "Patient.contained[0]", "no resource type 'Nonsense'")]
    [DataRow("<contained><Basic/><Basic/></contained>", "Patient.contained[0]", "one resource only")]
    [DataRow("<text><status value='empty'/><div/></text>", "Patient.text", "'div' must be in the namespace")]
    public void A_mistake_is_told_with_its_element(string content, string expression, string text)
    {
        var result = Parse($"<Patient xmlns='http://hl7.org/fhir'>{content}</Patient>", ParseOptions.Strict);
        Assert.IsNull(result.Document);
        Assert.Contains(
            (IssueSeverity.Error, expression),
            result.Issues
                .Where(i => i.Text.Contains(text, StringComparison.Ordinal))
                .Select(i => (i.Severity, i.Expression ?? "")),
            string.Join('\n', result.Issues));
    }

    [TestMethod]
    [DataRow("<Patient/>", "must be in the namespace 'http://hl7.org/fhir'; 'Patient' is not")]
    [DataRow("<Nonsense xmlns='http://hl7.org/fhir'/>", "FHIR R4 has no resource type 'Nonsense'")]
    [DataRow("<HumanName xmlns='http://hl7.org/fhir'/>", "FHIR R4 has no resource type 'HumanName'")]
    public void A_root_that_is_no_resource_is_refused(string xml, string text)
    {
        var result = Parse(xml, ParseOptions.Lenient);
        Assert.IsNull(result.Document);
        Assert.Contains(text, result.Issues[0].Text);
    }

    [TestMethod]
    public void Lines_and_columns_are_those_of_the_XML()
    {
        const string Xml = """
            <Patient xmlns="http://hl7.org/fhir">
              <!-- a comment
                   of two lines -->
              <name>
                <given value="A"/> <given nonsense="B"/>
              </name>
              <birthDate value="soon"/>
              <link><type value="seealso"/></link>
            </Patient>
            """;
        var issues = Parse(Xml, ParseOptions.Strict).Issues;
        CollectionAssert.AreEqual(
            new[] { (5, 25), (5, 31), (7, 21), (8, 3) },
            issues.Select(i => (i.Line, i.Column)).ToArray(),
            string.Join('\n', issues));
    }

    [TestMethod]
    public void Syntax_errors_are_fatal_and_placed()
    {
        const string Xml = "<Patient xmlns='http://hl7.org/fhir'>\n  <active value='true'>\n</Patient>";
        var result = Parse(Xml, ParseOptions.Lenient);
        Assert.IsNull(result.Document);
        Assert.AreEqual(
            (IssueSeverity.Fatal, 3, 1),
            (result.Issues[0].Severity, result.Issues[0].Line, result.Issues[0].Column));
    }

    [TestMethod]
    public void A_lenient_parse_keeps_what_is_good_and_warns()
    {
        var result = Parse(
            """
            <Patient xmlns="http://hl7.org/fhir"><name><given value="A"/><family value="F"/><given value="B"/>
            <nonsense/></name><active value="maybe"/>text</Patient>
            """,
            ParseOptions.Lenient);
        Assert.AreEqual(
            """{"resourceType":"Patient","name":[{"given":["A"],"family":"F"}]}""",
            Encoding.UTF8.GetString(result.OrThrow().ToJson()));
        Assert.IsTrue(result.Issues.All(i => i.Severity == IssueSeverity.Warning));
    }

    [TestMethod]
    public void Deep_nesting_is_refused_and_not_a_crash()
    {
        const int Levels = 200_000;
        var open = string.Concat(Enumerable.Repeat("<extension url='u'>", Levels));
        var result = Parse($"<Patient xmlns='http://hl7.org/fhir'>{open}", ParseOptions.Lenient);
        Assert.AreEqual(IssueType.TooLong, result.Issues.Single().Code);
    }

    [TestMethod]
    public void The_list_of_issues_has_an_end()
    {
        var content = string.Concat(Enumerable.Repeat("<nonsense/>", 1000));
        var xml = $"<Patient xmlns='http://hl7.org/fhir'>{content}</Patient>";
        var result = Parse(xml, new ParseOptions { IssuesMax = 10 });
        Assert.HasCount(11, result.Issues);
        Assert.AreEqual(IssueType.TooLong, result.Issues[^1].Code);
        Assert.Contains("More than 10 problems", result.Issues[^1].Text);
    }

    [TestMethod]
    public void The_list_ends_the_same_way_when_it_is_the_values_that_are_wrong()
    {
        var content = string.Concat(Enumerable.Repeat("<photo><size value='-1'/></photo>", 1000));
        var xml = $"<Patient xmlns='http://hl7.org/fhir'><nonsense/>{content}</Patient>";
        var result = Parse(xml, new ParseOptions { IssuesMax = 10 });
        Assert.HasCount(11, result.Issues);
        Assert.Contains("More than 10 problems", result.Issues[^1].Text);
    }

    [TestMethod]
    public void Broken_syntax_after_a_full_list_is_still_told()
    {
        var content = string.Concat(Enumerable.Repeat("<nonsense/>", 1000));
        var result = Parse($"<Patient xmlns='http://hl7.org/fhir'>{content}", new ParseOptions { IssuesMax = 10 });
        Assert.HasCount(12, result.Issues);
        Assert.AreEqual(IssueSeverity.Fatal, result.Issues[^1].Severity);
    }

    [TestMethod]
    public void A_wrong_value_is_told_beside_a_wrong_attribute_of_the_same_element()
    {
        var result = Parse(
            "<Patient xmlns='http://hl7.org/fhir'><birthDate value='soon' nonsense='1'/></Patient>", ParseOptions.Strict);
        CollectionAssert.AreEquivalent(
            new[] { IssueType.Structure, IssueType.Value }, result.Issues.Select(i => i.Code).ToArray());
    }

    [TestMethod]
    [DataRow("<photo><size value='+1'/></photo>")]
    [DataRow("<contact><nonsense/></contact>")]
    public void An_element_emptied_by_a_mistake_is_not_told_as_another(string content) => Assert.HasCount(
        1, Parse($"<Patient xmlns='http://hl7.org/fhir'>{content}</Patient>", ParseOptions.Strict).Issues);

    [TestMethod]
    public void A_misspelt_element_is_told_with_what_was_meant() => Assert.Contains(
        "Did you mean 'birthDate'?",
        Parse("<Patient xmlns='http://hl7.org/fhir'><birthdate value='2020'/></Patient>", ParseOptions.Strict)
            .Issues[0].Text);

    static ParseResult Parse(string xml, ParseOptions options) =>
        FhirDocument.ParseXml(Encoding.UTF8.GetBytes(xml), options);
}
