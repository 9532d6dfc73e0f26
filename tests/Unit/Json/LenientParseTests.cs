using FhirHub.Fhir.Documents;
using static FhirHub.Unit.Json.JsonClaims;

namespace FhirHub.Unit.Json;

[TestClass]
public sealed class LenientParseTests
{
    const IssueType Structure = IssueType.Structure;

    [TestMethod]
    [DataRow("""{"resourceType":"Patient",¦"x":{"y":[1,2]},"active":true}""", Structure, "Patient", """{"resourceType":"Patient","active":true}""")]
    [DataRow("""{"active":true,¦"active":false,"resourceType":"Patient"}""", Structure, "Patient.active", """{"resourceType":"Patient","active":true}""")]
    [DataRow("""{"resourceType":"Patient","gender":¦"x  y","active":true}""", IssueType.Value, "Patient.gender", """{"resourceType":"Patient","active":true}""")]
    [DataRow("""{"resourceType":"Patient","deceasedBoolean":true,¦"deceasedDateTime":"2001"}""", Structure, "Patient.deceased", """{"resourceType":"Patient","deceasedBoolean":true}""")]
    [DataRow("""{"resourceType":"Patient","name":¦{"family":"a"}}""", Structure, "Patient.name", """{"resourceType":"Patient","name":[{"family":"a"}]}""")]
    [DataRow("""{"resourceType":"Patient","name":[{"given":¦"a"}]}""", Structure, "Patient.name[0].given", """{"resourceType":"Patient","name":[{"given":["a"]}]}""")]
    [DataRow("""{"resourceType":"Patient","active":¦[true]}""", Structure, "Patient.active", """{"resourceType":"Patient"}""")]
    [DataRow("""{"resourceType":"Patient",¦"resourceType":"Patient"}""", Structure, "Patient", """{"resourceType":"Patient"}""")]
    public void What_is_wrong_is_dropped_and_said(string json, IssueType code, string expression, string left) =>
        Lenient(json, code, expression, left);

    [TestMethod]
    [DataRow("""{"resourceType":"Patient","_active":{¦}}""", "Patient.active", """{"resourceType":"Patient"}""")]
    [DataRow("""{"resourceType":"Patient","active":true,"_active":{¦}}""", "Patient.active", """{"resourceType":"Patient","active":true}""")]
    [DataRow("""{"resourceType":"Patient","active":true,"_active":{¦"x":1}}""", "Patient.active", """{"resourceType":"Patient","active":true}""")]
    [DataRow("""{"resourceType":"Patient","name":[{¦},{"family":"a"}]}""", "Patient.name[0]", """{"resourceType":"Patient","name":[{"family":"a"}]}""")]
    [DataRow("""{"resourceType":"Patient","name":[{"family":"a"},{¦}]}""", "Patient.name[1]", """{"resourceType":"Patient","name":[{"family":"a"}]}""")]
    [DataRow("""{"resourceType":"Patient","contact":[{"name":{¦}}],"active":true}""", "Patient.contact[0].name", """{"resourceType":"Patient","active":true}""")]
    [DataRow("""{"resourceType":"Patient","name":[¦]}""", "Patient.name", """{"resourceType":"Patient"}""")]
    [DataRow("""{"resourceType":"Patient","name":[{"given":["a"],"_given":[null¦]}]}""", "Patient.name[0].given", """{"resourceType":"Patient","name":[{"given":["a"]}]}""")]
    public void What_is_left_empty_goes_as_well(string json, string expression, string left) =>
        Lenient(json, Structure, expression, left);

    [TestMethod]
    [DataRow("""{"given":["a",¦1,"c"]}""", "[1]", """{"given":["a","c"]}""")]
    [DataRow("""{"given":["a",¦1,"c"],"_given":[null,{"id":"x"},{"id":"y"}]}""", "[1]", """{"given":["a",null,"c"],"_given":[null,{"id":"x"},{"id":"y"}]}""")]
    [DataRow("""{"_given":[null,{"id":"x"},{"id":"y"}],"given":["a",¦1,"c"]}""", "[1]", """{"given":["a",null,"c"],"_given":[null,{"id":"x"},{"id":"y"}]}""")]
    [DataRow("""{"given":[¦1,"b"],"_given":[null,{"id":"x"}]}""", "[0]", """{"given":["b"],"_given":[{"id":"x"}]}""")]
    [DataRow("""{"given":[¦1],"_given":[{"id":"x"}]}""", "[0]", """{"_given":[{"id":"x"}]}""")]
    public void A_bad_value_in_an_array_leaves_the_ids_of_others_in_place(string name, string place, string left) =>
        Lenient(Patient(name), IssueType.Value, "Patient.name[0].given" + place, Patient(left));

    [TestMethod]
    [DataRow("""{"given":["a",¦null,"c"]}""", "[1]", """{"given":["a","c"]}""")]
    [DataRow("""{"_given":[¦null,{"id":"x"}]}""", "[0]", """{"_given":[{"id":"x"}]}""")]
    [DataRow("""{"given":["a"],"_given":[¦{"id":"x"},{"id":"y"}]}""", "", """{"given":["a"],"_given":[{"id":"x"}]}""")]
    [DataRow("""{"given":["a"],"family":"f","_given":[¦{"id":"x"},{"id":"y"}]}""", "", """{"given":["a"],"_given":[{"id":"x"}],"family":"f"}""")]
    [DataRow("""{"given":["a","b"],"_given":[¦{"id":"x"}]}""", "", """{"given":["a","b"],"_given":[{"id":"x"},null]}""")]
    [DataRow("""{"given":["a","b"],"_given":[¦1,{"id":"x"}]}""", "[0]", """{"given":["a","b"],"_given":[null,{"id":"x"}]}""")]
    [DataRow("""{"_given":[¦1,{"id":"x"}]}""", "[0]", """{"_given":[{"id":"x"}]}""")]
    public void Broken_alignment_is_mended(string name, string place, string left) =>
        Lenient(Patient(name), Structure, "Patient.name[0].given" + place, Patient(left));

    [TestMethod]
    public void A_bad_value_keeps_its_extensions() =>
        Lenient(
            """{"resourceType":"Patient","deceasedBoolean":¦"x","_deceasedBoolean":{"id":"a"}}""",
            IssueType.Value,
            "Patient.deceased",
            """{"resourceType":"Patient","_deceasedBoolean":{"id":"a"}}""");

    [TestMethod]
    public void A_missing_element_leaves_the_document_as_it_came()
    {
        const string json = """{ "resourceType": "Observation", "status": "final" }""";
        var result = Parsed(json, ParseOptions.Lenient);
        Assert.AreEqual(json, System.Text.Encoding.UTF8.GetString(result.OrThrow().Json.Span));
        var issue = result.Issues.Single();
        Assert.AreEqual((IssueSeverity.Warning, IssueType.Required, "Observation.code"), (issue.Severity, issue.Code, issue.Expression));
    }

    [TestMethod]
    [DataRow("""{"resourceType":"Patient","active":tru}""")]
    [DataRow("""{"active":true}""")]
    [DataRow("""{"resourceType":"Pation"}""")]
    [DataRow("")]
    public void Without_JSON_or_a_type_nothing_is_left(string json)
    {
        var result = Parsed(json, ParseOptions.Lenient);
        Assert.IsNull(result.Document);
        Assert.IsNotEmpty(result.Issues);
    }

    [TestMethod]
    public void Everything_wrong_is_said_at_once()
    {
        const string json = """
            {"resourceType":"Observation",
             "code":{"coding":[{"system":"a b"},{"cod":"x"}]},
             "valueQuantity":{"value":"1"},
             "valueString":"x",
             "component":[{"code":{"text":"a"},"valueInteger":1.5},{}],
             "effectiveDateTime":"2018-02-30"}
            """;
        string[] expected =
        [
            "2:30 Value Observation.code.coding[0].system",
            "2:38 Structure Observation.code.coding[1]",
            "3:27 Value Observation.value.value",
            "4:2 Structure Observation.value",
            "5:51 Value Observation.component[0].value",
            "5:57 Structure Observation.component[1]",
            "5:56 Required Observation.component[1].code",
            "6:22 Value Observation.effective",
            "1:1 Required Observation.status",
        ];
        foreach (var options in new[] { ParseOptions.Strict, ParseOptions.Lenient })
        {
            var issues = Parsed(json, options).Issues;
            CollectionAssert.AreEqual(
                expected, issues.Select(i => $"{i.Line}:{i.Column} {i.Code} {i.Expression}").ToArray(), Listed(issues));
        }
    }

    static string Patient(string name) => $$"""{"resourceType":"Patient","name":[{{name}}]}""";
}
