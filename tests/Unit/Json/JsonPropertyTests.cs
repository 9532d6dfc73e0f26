using FhirHub.Fhir.Documents;
using static FhirHub.Unit.Json.JsonClaims;

namespace FhirHub.Unit.Json;

// https://hl7.org/fhir/R4/json.html: which properties an object may hold, once each.
[TestClass]
public sealed class JsonPropertyTests
{
    [TestMethod]
    [DataRow("x")]
    [DataRow("xy")]
    [DataRow("qqq")]
    public void Nothing_is_suggested_for_a_name_that_resembles_no_property(string name) =>
        Assert.DoesNotContain(
            "Did you mean", Parsed($"{{\"resourceType\":\"Patient\",\"{name}\":1}}", ParseOptions.Strict).Issues.Single().Text);

    [TestMethod]
    public void An_unknown_property_is_refused_and_the_nearest_one_suggested() =>
        Refused(
            """{"resourceType":"Patient",¦"birthdate":"2001-02-03"}""",
            IssueType.Structure, "Patient", "Patient has no property 'birthdate'. Did you mean 'birthDate'?");

    [TestMethod]
    public void An_unknown_property_unlike_any_other_gets_no_suggestion()
    {
        var result = Parsed("""{"resourceType":"Patient","quantumEntanglement":1}""", ParseOptions.Strict);
        Assert.AreEqual("Patient has no property 'quantumEntanglement'.", result.Issues[0].Text);
    }

    [TestMethod]
    public void An_unknown_property_points_to_the_object_that_holds_it() =>
        Refused(
            """
            {"resourceType":"Patient",
              "name":[{"family":"A"},
                {"family":"B",
                 ¦"surname":"C"}]}
            """,
            IssueType.Structure, "Patient.name[1]", "HumanName has no property 'surname'");

    [TestMethod]
    [DataRow("""{"resourceType":"Patient",¦"fhir_comments":["x"]}""", "Patient")] // DSTU2's way
    [DataRow("""{"resourceType":"Patient",¦"":1}""", "Patient")]
    [DataRow("""{"resourceType":"Patient",¦"_":{}}""", "Patient")]
    [DataRow("""{"resourceType":"Patient",¦"name ":[]}""", "Patient")]
    [DataRow("""{"resourceType":"Patient",¦"Name":[{"family":"a"}]}""", "Patient")]
    [DataRow("""{"resourceType":"Patient","name":[{¦"resourceType":"HumanName","family":"a"}]}""", "Patient.name[0]")]
    [DataRow("""{"resourceType":"Observation","status":"final","code":{"text":"a"},¦"value":1}""", "Observation")]
    [DataRow("""{"resourceType":"Observation","status":"final","code":{"text":"a"},¦"valueDecimal":1}""", "Observation")]
    [DataRow("""{"resourceType":"Patient",¦"_name":[{"id":"a"}]}""", "Patient")] // a complex type keeps its own id
    [DataRow("""{"resourceType":"Patient",¦"_resourceType":{"id":"a"}}""", "Patient")]
    public void What_is_no_property_of_the_type_is_refused(string json, string expression) =>
        Refused(json, IssueType.Structure, expression, "has no property");

    [TestMethod]
    [DataRow("""{"resourceType":"Patient","name":[{"id":"a",¦"_id":{"id":"b"}}]}""", "Patient.name[0]")]
    [DataRow("""{"resourceType":"Patient","extension":[{"url":"a:b","valueCode":"c",¦"_url":{"id":"b"}}]}""", "Patient.extension[0]")]
    [DataRow(
        """{"resourceType":"Patient","text":{"status":"empty","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">a</div>",¦"_div":{"id":"b"}}}""",
        "Patient.text")]
    public void What_XML_writes_as_an_attribute_or_as_XHTML_has_no_extensions(string json, string expression) =>
        Refused(json, IssueType.Structure, expression, "has no property '_");

    [TestMethod]
    public void A_property_that_stands_twice_is_refused() =>
        Refused(
            """{"resourceType":"Patient","active":true,"gender":"other",¦"active":true}""",
            IssueType.Structure, "Patient.active", "'active' stands here twice");

    [TestMethod]
    [DataRow("""{"resourceType":"Patient","active":true,¦"act\u0069ve":true}""")]
    [DataRow("""{"resourceType":"Patient","act\u0069ve":true,¦"active":true}""")]
    public void A_second_property_is_recognised_through_its_escapes(string json) =>
        Refused(json, IssueType.Structure, "Patient.active", "'active' stands here twice");

    [TestMethod]
    public void Extensions_of_a_primitive_that_stand_twice_are_refused() =>
        Refused(
            """{"resourceType":"Patient","_active":{"id":"a"},"active":true,¦"_active":{"id":"b"}}""",
            IssueType.Structure, "Patient.active", "stands here twice");

    [TestMethod]
    public void A_second_type_of_one_choice_is_refused() =>
        Refused(
            """{"resourceType":"Patient","deceasedBoolean":true,¦"deceasedDateTime":"2001"}""",
            IssueType.Structure, "Patient.deceased", "only one of them");

    [TestMethod]
    [DataRow("""{"resourceType":"Patient","deceasedBoolean":true,¦"_deceasedDateTime":{"id":"a"}}""")]
    [DataRow("""{"resourceType":"Patient","_deceasedDateTime":{"id":"a"},¦"deceasedBoolean":true}""")]
    [DataRow("""{"resourceType":"Patient","_deceasedDateTime":{"id":"a"},¦"_deceasedBoolean":{"id":"a"}}""")]
    [DataRow("""{"resourceType":"Patient","_deceasedDateTime":{"id":"a"},¦"deceased\u0042oolean":true}""")]
    public void Extensions_of_another_type_of_the_choice_are_refused(string json) =>
        Refused(json, IssueType.Structure, "Patient.deceased", "only one of them");

    [TestMethod]
    [DataRow("""{"resourceType":"Patient","deceasedBoolean":¦"x","_deceasedBoolean":{"id":"a"}}""", IssueType.Value)]
    [DataRow("""{"resourceType":"Patient","_deceasedBoolean":{"id":"a"},"deceasedBoolean":¦"x"}""", IssueType.Value)]
    [DataRow("""{"resourceType":"Patient","deceasedBoolean":¦[true],"_deceasedBoolean":{"id":"a"}}""", IssueType.Structure)]
    [DataRow("""{"resourceType":"Patient","deceasedBoolean":¦{},"_deceasedBoolean":{"id":"a"}}""", IssueType.Structure)]
    public void A_bad_value_of_a_choice_is_one_problem_and_its_extensions_are_none(string json, IssueType code) =>
        Refused(json, code, "Patient.deceased", "");

    [TestMethod]
    [DataRow("""{"resourceType":"Patient","deceasedBoolean":true}""", "deceasedBoolean")]
    [DataRow("""{"resourceType":"Patient","deceasedDateTime":"2001"}""", "deceasedDateTime")]
    [DataRow("""{"resourceType":"Patient","deceasedDateTime":"2001","_deceasedDateTime":{"id":"a"}}""", "deceasedDateTime")]
    [DataRow("""{"resourceType":"Patient","_deceasedDateTime":{"id":"a"}}""", "deceasedDateTime")]
    public void Each_type_of_a_choice_is_accepted(string json, string property) =>
        Assert.AreEqual(property, Accepted(json).Root.First("deceased").Property?.Name);

    [TestMethod]
    public void Property_names_may_be_written_with_escapes()
    {
        var root = Accepted("""{"resource\u0054ype":"Patient","\u0061ctive":true,"\u005factive":{"\u0069d":"x"}}""").Root;
        Assert.AreEqual("true", root.First("active").Text);
        Assert.AreEqual("x", root.First("active").First("id").Text);
    }

    [TestMethod]
    public void An_unknown_name_with_a_quote_or_control_character_is_shown_harmlessly()
    {
        var issues = Parsed("""{"resourceType":"Patient","a\"\u0000\nb":1}""", ParseOptions.Strict).Issues;
        Assert.AreEqual("Patient has no property 'a\"\uFFFD\uFFFDb'.", issues[0].Text);
    }

    [TestMethod]
    public void Properties_may_stand_in_any_order() =>
        Accepted("""{"gender":"other","name":[{"given":["b"],"family":"a"}],"id":"x","resourceType":"Patient","active":true}""");
}
