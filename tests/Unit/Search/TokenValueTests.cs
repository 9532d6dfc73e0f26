using FhirHub.Core.Search;
using FhirHub.Fhir.Definitions;
using static FhirHub.Unit.Search.Extracting;

namespace FhirHub.Unit.Search;

// https://hl7.org/fhir/R4/search.html#token
[TestClass]
public sealed class TokenValueTests
{
    [TestMethod]
    [DataRow("""{"system":"http://loinc.org","code":"1-8","display":"Acyclovir"}""", "http://loinc.org|1-8 'Acyclovir'")]
    [DataRow("""{"code":"1-8"}""", "|1-8")]
    [DataRow("""{"system":"http://loinc.org"}""", "http://loinc.org|")]
    [DataRow("""{"display":"Acyclovir"}""", "| 'Acyclovir'")]
    [DataRow("""{"system":"http://loinc.org","code":"1-8","version":"2.7","userSelected":true}""", "http://loinc.org|1-8")]
    public void A_coding_is_its_system_code_and_display(string coding, string expected) => AreValues(
        Values($$$"""{"resourceType":"Patient","meta":{"tag":[{{{coding}}}]}}""", "_tag"), expected);

    [TestMethod]
    public void A_concept_is_each_coding_and_its_text() => AreValues(
        Values(
            """
            {"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"1-8"},
             {"system":"http://snomed.info/sct","code":"2"}],"text":"Aciclovir \"level\" \u4e2d"}}
            """,
            "code"),
        "http://loinc.org|1-8",
        "http://snomed.info/sct|2",
        "| 'Aciclovir \"level\" 中'");

    [TestMethod]
    public void An_identifier_brings_its_types_for_of_type() => AreValues(
        Values(
            """
            {"resourceType":"Patient","identifier":[{"use":"usual","type":{"coding":[{"system":"http://t","code":"MR"},
             {"system":"http://u","code":"X"}],"text":"record"},"system":"urn:oid:1.2","value":"12345"},{"value":"7"},
             {"system":"urn:oid:1.2"},{"use":"old"}]}
            """,
            "identifier"),
        "urn:oid:1.2|12345 'record' of http://t|MR of http://u|X",
        "|7",
        "urn:oid:1.2|");

    [TestMethod]
    public void A_contact_point_is_its_value_under_the_system_asked_for()
    {
        const string Patient = """
            {"resourceType":"Patient","telecom":[{"system":"phone","value":"123"},{"system":"email","value":"a@example.org"},
             {"value":"456"},{"system":"phone","use":"home"}]}
            """;
        AreValues(Values(Patient, "telecom"), "|123", "|a@example.org", "|456");
        AreValues(Values(Patient, "phone"), "|123");
        AreValues(Values(Patient, "email"), "|a@example.org");
    }

    [TestMethod]
    public void A_code_is_of_the_systems_that_its_value_set_has_it_from()
    {
        const string Gender = "http://hl7.org/fhir/administrative-gender";
        AreValues(Values("""{"resourceType":"Patient","gender":"female"}""", "gender"), $"{Gender}|female");
        AreValues(Values("""{"resourceType":"Patient","gender":"none such"}""", "gender"), "|none such");
        AreValues(
            Values("""{"resourceType":"Encounter","status":"finished","class":{"code":"AMB"}}""", "status"),
            "http://hl7.org/fhir/encounter-status|finished");
        AreValues(
            Values(
                """{"resourceType":"DocumentReference","content":[{"attachment":{"contentType":"image/png"}}]}""",
                "contenttype"),
            "urn:ietf:bcp:13|image/png");
    }

    [TestMethod]
    public void Booleans_imply_a_system()
    {
        AreValues(Values("""{"resourceType":"Patient","active":true}""", "active"), "true");
    }

    [TestMethod]
    public void Ids_strings_and_uris_have_no_system()
    {
        AreValues(Values("""{"resourceType":"Patient","id":"a.b-1"}""", "_id"), "|a.b-1");
        AreValues(
            Values("""{"resourceType":"Composition","relatesTo":[{"code":"replaces","targetIdentifier":{"value":"9"}}]}""", "related-id"),
            "|9");
        AreValues(
            Values("""{"resourceType":"CapabilityStatement","version":"1.0","format":["json"]}""", "version"), "|1.0");
        AreValues(
            Values(
                With(Custom("ValueSet", SearchParameterType.Token, "ValueSet.url")),
                """{"resourceType":"ValueSet","url":"http://example.org/v"}""",
                "custom"),
            "|http://example.org/v");
    }

    [TestMethod]
    [DataRow("", "false")]
    [DataRow(""","deceasedBoolean":false""", "false")]
    [DataRow(""","deceasedBoolean":true""", "true")]
    [DataRow(""","deceasedDateTime":"2020-01-01" """, "true")]
    public void Deceased_is_what_its_expression_computes(string element, string expected) => AreValues(
        Values($$"""{"resourceType":"Patient"{{element}}}""", "deceased"), expected);

    [TestMethod]
    public void A_primitive_with_only_extensions_is_none()
    {
        const string Patient = """{"resourceType":"Patient","_gender":{"extension":[{"url":"http://example.org/why","valueCode":"x"}]}}""";
        AreValues(Values(Patient, "gender"));
        Assert.HasCount(2, R4.Extract(Parse(Patient)).Entries); // deceased=false and the words
    }

    [TestMethod]
    public void A_boolean_that_is_computed_can_be_any_condition() => AreValues(
        Values(
            With(Custom("Patient", SearchParameterType.Token, "Patient.name.exists() or Patient.telecom.exists()")),
            """{"resourceType":"Patient","name":[{"family":"Wang"}]}""",
            "custom"),
        "true");

    [TestMethod]
    public void Tokens_of_equal_content_are_equal()
    {
        var one = new SearchValue.Token(Utf8Text.Of("s"), Utf8Text.Of("c"), default, TokenSystem.Stated);
        var other = new SearchValue.Token(Utf8Text.Of("s"), Utf8Text.Of("c"), default, TokenSystem.Stated);
        Assert.AreEqual(one, other);
        Assert.AreEqual(one.GetHashCode(), other.GetHashCode());
    }
}
