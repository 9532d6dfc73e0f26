using FhirHub.Fhir.Definitions;
using static FhirHub.Unit.Search.Extracting;

namespace FhirHub.Unit.Search;

// https://hl7.org/fhir/R4/search.html#reference
[TestClass]
public sealed class ReferenceValueTests
{
    const string Identifier = """{"system":"urn:oid:1.2","value":"9"}""";

    [TestMethod]
    [DataRow("Patient/1", "Relative Patient/1 type=Patient id=1")]
    [DataRow("Patient/1/_history/3", "Relative Patient/1/_history/3 type=Patient id=1 version=3")]
    [DataRow("https://example.org/fhir/Patient/1", "Absolute https://example.org/fhir/Patient/1 type=Patient id=1")]
    [DataRow(
        "https://example.org/fhir/Patient/1/_history/3",
        "Absolute https://example.org/fhir/Patient/1/_history/3 type=Patient id=1 version=3")]
    [DataRow("https://example.org/people/1", "Absolute https://example.org/people/1")]
    [DataRow("https://example.org", "Absolute https://example.org")]
    [DataRow("urn:uuid:c757873d-ec9a-4326-a141-556f43239520", "Urn urn:uuid:c757873d-ec9a-4326-a141-556f43239520")]
    [DataRow("urn:oid:1.2.3", "Urn urn:oid:1.2.3")]
    [DataRow("#p1", "Contained #p1 fragment=p1")]
    [DataRow("#", "Contained #")]
    [DataRow("Nobody/1", "Relative Nobody/1")]
    [DataRow("Patient/", "Relative Patient/")]
    [DataRow("1", "Relative 1")]
    public void A_reference_is_taken_apart(string reference, string expected) => AreValues(
        Subject($$"""{"reference":"{{reference}}"}"""), expected);

    [TestMethod]
    public void The_type_element_says_what_the_text_does_not()
    {
        AreValues(Subject("""{"reference":"urn:oid:1.2","type":"Patient"}"""), "Urn urn:oid:1.2 type=Patient");
        AreValues(Subject("""{"reference":"Group/1","type":"Patient"}"""), "Relative Group/1 type=Group id=1");
        AreValues(
            Subject("""{"reference":"urn:oid:1.2","type":"http://hl7.org/fhir/StructureDefinition/Patient"}"""),
            "Urn urn:oid:1.2 type=Patient");
    }

    [TestMethod]
    public void A_logical_reference_is_its_identifier()
    {
        AreValues(Subject($$"""{"identifier":{{Identifier}},"type":"Patient"}"""), "Logical type=Patient identifier=urn:oid:1.2|9");
        AreValues(
            Subject($$"""{"reference":"Patient/1","identifier":{{Identifier}}}"""),
            "Relative Patient/1 type=Patient id=1 identifier=urn:oid:1.2|9");
        AreValues(Subject("""{"display":"somebody"}"""));
    }

    [TestMethod]
    [DataRow("""{"reference":"Patient/1"}""", true)]
    [DataRow("""{"reference":"https://example.org/Patient/1/_history/2"}""", true)]
    [DataRow("""{"reference":"Group/1"}""", false)]
    [DataRow("""{"reference":"urn:oid:1.2"}""", false)]
    [DataRow("""{"reference":"urn:oid:1.2","type":"Patient"}""", true)]
    [DataRow("""{"reference":"Group/1","type":"Patient"}""", false)]
    [DataRow("""{"reference":"#p"}""", true)]
    [DataRow("""{"reference":"#g"}""", false)]
    [DataRow("""{"reference":"#nobody"}""", false)]
    [DataRow("""{"identifier":{"value":"9"},"type":"Patient"}""", true)]
    [DataRow("""{"identifier":{"value":"9"}}""", false)]
    public void A_filter_by_target_type_needs_nothing_but_the_reference(string subject, bool isPatient)
    {
        Assert.HasCount(1, Subject(subject));
        Assert.HasCount(isPatient ? 1 : 0, Subject(subject, "patient"));
    }

    [TestMethod]
    public void A_canonical_is_split() => AreValues(
        Values(
            """
            {"resourceType":"Measure","status":"draft","library":["http://example.org/l|1.0#part","http://example.org/l","#inner"],
             "relatedArtifact":[{"type":"depends-on","resource":"http://example.org/d|2"},
             {"type":"composed-of","resource":"http://example.org/c"}]}
            """,
            "depends-on"),
        "Canonical http://example.org/l version=1.0 fragment=part",
        "Canonical http://example.org/l",
        "Contained fragment=inner",
        "Canonical http://example.org/d version=2");

    [TestMethod]
    public void The_system_a_map_is_from_is_a_uri() => AreValues(
        Values(
            """{"resourceType":"ConceptMap","status":"draft","group":[{"source":"http://example.org/s","element":[{"target":[{"equivalence":"equal"}]}]}]}""",
            "source-system"),
        "http://example.org/s");

    [TestMethod]
    public void A_document_refers_to_its_composition_and_a_message_to_its_header()
    {
        const string Document = """
            {"resourceType":"Bundle","type":"document","entry":[{"resource":{"resourceType":"Composition","id":"c"}},
             {"resource":{"resourceType":"Composition","id":"d"}}]}
            """;
        AreValues(Values(Document, "composition"), "Inline type=Composition id=c");
        AreValues(Values(Document, "message"));
        const string Message = """
            {"resourceType":"Bundle","type":"message","entry":[{"resource":{"resourceType":"MessageHeader"}}]}
            """;
        AreValues(Values(Message, "message"), "Inline type=MessageHeader");
        AreValues(
            Values("""{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"c"}}]}""", "composition"));
    }

    [TestMethod]
    public void Escapes_in_a_reference_are_undone() => AreValues(
        Subject("""{"reference":"Patient\/1"}"""), "Relative Patient/1 type=Patient id=1");

    [TestMethod]
    public void An_extension_filter_leaves_the_items_that_have_it() => AreValues(
        Values(
            With(Custom(
                "QuestionnaireResponse",
                SearchParameterType.Reference,
                "QuestionnaireResponse.item.where(hasExtension('http://example.org/is-subject')).answer.value.ofType(Reference)")),
            """
            {"resourceType":"QuestionnaireResponse","status":"completed","item":[
             {"linkId":"1","answer":[{"valueReference":{"reference":"Patient/1"}}]},
             {"extension":[{"url":"http://example.org/is-subject","valueBoolean":true}],
              "linkId":"2","answer":[{"valueReference":{"reference":"Patient/2"}},{"valueString":"x"}]}]}
            """,
            "custom"),
        "Relative Patient/2 type=Patient id=2");

    [TestMethod]
    public void A_filter_of_ones_own_works_the_same_way() => AreValues(
        Values(
            With(Custom("Group", SearchParameterType.Reference, "Group.member.entity.where(resolve().is(Device))")),
            """
            {"resourceType":"Group","type":"device","actual":true,"member":[{"entity":{"reference":"Device/1"}},
             {"entity":{"reference":"Patient/1"}}]}
            """,
            "custom"),
        "Relative Device/1 type=Device id=1");

    static string[] Subject(string subject, string code = "subject") => Values(
        $$"""
        {"resourceType":"Observation","status":"final","code":{"text":"x"},"contained":[
         {"resourceType":"Patient","id":"p"},{"resourceType":"Group","id":"g","type":"person","actual":true}],
         "subject":{{subject}}}
        """,
        code);
}
