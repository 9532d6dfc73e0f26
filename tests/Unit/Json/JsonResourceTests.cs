using FhirHub.Fhir.Documents;
using static FhirHub.Unit.Json.JsonClaims;

namespace FhirHub.Unit.Json;

// resourceType, contained resources and required elements.
[TestClass]
public sealed class JsonResourceTests
{
    [TestMethod]
    [DataRow("""{"resourceType":"Patient","active":true}""")]
    [DataRow("""{"active":true,"resourceType":"Patient"}""")]
    [DataRow("""{"active":true,"name":[{"given":["}","{","\"resourceType\":\"x\""]}],"resourceType":"Patient"}""")]
    [DataRow("""{"resourceType":"\u0050atient","active":true}""")]
    [DataRow("""{"\u0072esourceType":"Patient","active":true}""")]
    public void The_type_may_stand_anywhere_and_be_escaped(string json)
    {
        var document = Accepted(json);
        Assert.AreEqual("Patient", document.Type.Name);
        Assert.AreEqual("true", document.Root.First("active").Text);
    }

    [TestMethod]
    public void A_resource_of_nothing_but_its_type_is_accepted() => Accepted("""{"resourceType":"Patient"}""");

    [TestMethod]
    [DataRow("""¦{"active":true}""")]
    [DataRow("""¦{}""")]
    [DataRow(""" ¦{"resourcetype":"Patient"}""")]
    [DataRow("""¦{"contained":[{"resourceType":"Patient"}]}""")]
    public void A_resource_without_a_type_is_refused(string json) =>
        Refused(json, IssueType.Structure, null, "resourceType");

    [TestMethod]
    [DataRow("""{"resourceType":¦"Pation","active":true}""", "'Pation' is not a resource type")]
    [DataRow("""{"resourceType":¦"patient"}""", "'patient' is not a resource type")]
    [DataRow("""{"resourceType":¦""}""", "'' is not a resource type")]
    [DataRow("""{"resourceType":¦"HumanName"}""", "is not a resource type")]
    [DataRow("""{"resourceType":¦"string"}""", "is not a resource type")]
    [DataRow("""{"resourceType":¦"Patient.contact"}""", "is not a resource type")]
    [DataRow("""{"resourceType":¦"Resource"}""", "is not a resource type")]
    [DataRow("""{"resourceType":¦"DomainResource"}""", "is not a resource type")]
    [DataRow("""{"resourceType":¦1}""", "must be a string")]
    [DataRow("""{"resourceType":¦null}""", "must be a string")]
    [DataRow("""{"resourceType":¦["Patient"]}""", "must be a string")]
    public void A_type_that_is_no_resource_type_is_refused(string json, string words) =>
        Refused(json, IssueType.Structure, null, words);

    [TestMethod]
    [DataRow("""{"resourceType":"Patient","active":true,¦"resourceType":"Patient"}""")]
    [DataRow("""{"resourceType":"Patient",¦"resourceType":"Observation"}""")]
    [DataRow("""{"resourceType":"Patient",¦"resource\u0054ype":"Patient"}""")]
    public void A_type_that_stands_twice_is_refused(string json) =>
        Refused(json, IssueType.Structure, "Patient", "'resourceType' stands here twice");

    [TestMethod]
    [DataRow("""{"resourceType":"Patient","contained":[¦{"id":"a"}]}""", "Patient.contained[0]", "must say what resource it is")]
    [DataRow("""{"resourceType":"Patient","contained":[{"id":"a","resourceType":¦"X"}]}""", "Patient.contained[0]", "'X' is not")]
    [DataRow(
        """{"resourceType":"Bundle","type":"batch","entry":[{"resource":{"resourceType":¦"Resource"}}]}""",
        "Bundle.entry[0].resource", "'Resource' is not")]
    public void A_nested_resource_needs_a_type_as_well(string json, string expression, string words) =>
        Refused(json, IssueType.Structure, expression, words);

    [TestMethod]
    public void A_contained_resource_has_its_own_type()
    {
        var root = Accepted("""{"resourceType":"Patient","contained":[{"id":"o","name":"A","resourceType":"Organization"}]}""").Root;
        Assert.AreEqual("Organization", root.First("contained").Type.Name);
        Assert.AreEqual("A", root.First("contained").First("name").Text);
    }

    [TestMethod]
    [DataRow(
        """{"resourceType":"Patient","contained":[{"resourceType":"Patient","id":"a","contained":[¦{"resourceType":"Patient"}]}]}""")]
    [DataRow(
        """{"resourceType":"Patient","contained":[{"contained":[¦{"resourceType":"Patient"}],"resourceType":"Patient","id":"a"}]}""")]
    public void A_resource_contained_in_a_contained_one_is_refused(string json) =>
        Refused(json, IssueType.Structure, "Patient.contained[0].contained[0]", "dom-2");

    [TestMethod]
    [DataRow("""{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","contained":[{"resourceType":"Patient","id":"a"}]}}]}""")]
    [DataRow("""{"resourceType":"Patient","contained":[{"resourceType":"Bundle","id":"a","type":"collection","entry":[{"resource":{"resourceType":"Patient","contained":[{"resourceType":"Patient","id":"b"}]}}]}]}""")]
    [DataRow("""{"resourceType":"Patient","contained":[{"resourceType":"Parameters","id":"a","parameter":[{"name":"p","resource":{"resourceType":"Patient","contained":[{"resourceType":"Patient","id":"b"}]}}]},{"resourceType":"Patient","id":"c"}]}""")]
    public void The_resources_of_a_contained_bundle_may_contain_some_again(string json) => Accepted(json);

    [TestMethod]
    public void A_contained_resource_after_a_contained_bundle_is_still_contained() =>
        Refused(
            """
            {"resourceType":"Patient","contained":[
              {"resourceType":"Bundle","id":"a","type":"batch","entry":[{"resource":{"resourceType":"Patient"}}]},
              {"resourceType":"Patient","id":"b","contained":[¦{"resourceType":"Patient"}]}]}
            """,
            IssueType.Structure, "Patient.contained[1].contained[0]", "dom-2");

    [TestMethod]
    [DataRow("""¦{"resourceType":"Observation","code":{"text":"a"}}""", "Observation.status")]
    [DataRow("""¦{"resourceType":"Observation","status":"final"}""", "Observation.code")]
    [DataRow("""{"resourceType":"Patient","link":[{"type":"refer","other":{"display":"a"}},¦{"type":"refer"}]}""", "Patient.link[1].other")]
    [DataRow("""{"resourceType":"Patient","extension":[¦{"valueString":"a"}]}""", "Patient.extension[0].url")]
    [DataRow("""¦{"resourceType":"Bundle"}""", "Bundle.type")]
    [DataRow("""¦{"resourceType":"MedicationRequest","status":"active","intent":"order","subject":{"display":"a"}}""", "MedicationRequest.medication")]
    [DataRow("""{"resourceType":"Patient","_gender":{"extension":[¦{"id":"a"}]}}""", "Patient.gender.extension[0].url")]
    public void A_missing_required_element_is_named(string json, string expression) =>
        Refused(json, IssueType.Required, expression, "is required (at least 1)");

    [TestMethod]
    public void The_missing_type_of_a_required_choice_is_shown_with_its_brackets()
    {
        var json = """{"resourceType":"MedicationRequest","status":"active","intent":"order","subject":{"display":"a"}}""";
        Assert.Contains("MedicationRequest.medication[x] is required", Parsed(json, ParseOptions.Strict).Issues.Single().Text);
    }

    [TestMethod]
    public void All_missing_elements_are_named_at_once()
    {
        var issues = Parsed("""{"resourceType":"Observation"}""", ParseOptions.Strict).Issues;
        Assert.AreEqual("Observation.status Observation.code", string.Join(' ', issues.Select(issue => issue.Expression)));
    }

    [TestMethod]
    [DataRow("""{"resourceType":"Observation","_status":{"extension":[{"url":"a","valueCode":"unknown"}]},"code":{"text":"a"}}""")]
    [DataRow("""{"resourceType":"Consent","status":"draft","scope":{"text":"a"},"category":[{"text":"a"}],"policyRule":{"text":"a"}}""")]
    [DataRow("""{"resourceType":"SearchParameter","url":"a","name":"a","status":"draft","description":"a","code":"a","type":"uri","_base":[{"id":"x"}]}""")]
    public void A_required_element_may_have_no_value_but_extensions(string json) => Accepted(json);

    [TestMethod]
    public void A_required_element_with_a_bad_value_is_one_problem() =>
        Refused("""{"resourceType":"Observation","status":¦" ","code":{"text":"a"}}""", IssueType.Value, "Observation.status", "");
}
