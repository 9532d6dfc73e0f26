using FhirHub.Fhir.Documents;
using static FhirHub.Unit.Json.JsonClaims;

namespace FhirHub.Unit.Json;

// Which JSON value goes with which type and cardinality: https://hl7.org/fhir/R4/json.html and #primitive
[TestClass]
public sealed class JsonShapeTests
{
    [TestMethod]
    [DataRow("""{"resourceType":"Patient","active":¦"true"}""", "Patient.active", "without quotes")]
    [DataRow("""{"resourceType":"Patient","active":¦1}""", "Patient.active", "found a number")]
    [DataRow("""{"resourceType":"Patient","gender":¦true}""", "Patient.gender", "found a boolean")]
    [DataRow("""{"resourceType":"Patient","gender":¦1}""", "Patient.gender", "found a number")]
    [DataRow("""{"resourceType":"Patient","multipleBirthInteger":¦"1"}""", "Patient.multipleBirth", "without quotes")]
    [DataRow("""{"resourceType":"Patient","multipleBirthInteger":¦false}""", "Patient.multipleBirth", "found a boolean")]
    [DataRow("""{"resourceType":"Patient","extension":[{"url":"a","valueDecimal":¦"1.0"}]}""", "Patient.extension[0].value", "without quotes")]
    [DataRow("""{"resourceType":"Patient","extension":[{"url":"a","valueDecimal":¦true}]}""", "Patient.extension[0].value", "found a boolean")]
    [DataRow("""{"resourceType":"Patient","name":[{"given":["a",¦true]}]}""", "Patient.name[0].given[1]", "found a boolean")]
    public void A_primitive_of_another_JSON_type_is_refused(string json, string expression, string words) =>
        Refused(json, IssueType.Value, expression, words);

    [TestMethod]
    [DataRow("""{"resourceType":"Patient","active":¦{}}""", "Patient.active", "found an object")]
    [DataRow("""{"resourceType":"Patient","active":¦null}""", "Patient.active", "found null")]
    [DataRow("""{"resourceType":"Patient","gender":¦null}""", "Patient.gender", "found null")]
    [DataRow("""{"resourceType":"Patient","maritalStatus":¦null}""", "Patient.maritalStatus", "found null")]
    [DataRow("""{"resourceType":"Patient","maritalStatus":¦"single"}""", "Patient.maritalStatus", "found a string")]
    [DataRow("""{"resourceType":"Patient","maritalStatus":¦5}""", "Patient.maritalStatus", "found a number")]
    [DataRow("""{"resourceType":"Patient","maritalStatus":¦true}""", "Patient.maritalStatus", "found a boolean")]
    [DataRow("""{"resourceType":"Patient","name":[¦null]}""", "Patient.name[0]", "found null")]
    [DataRow("""{"resourceType":"Patient","name":[{"family":"a"},¦"b"]}""", "Patient.name[1]", "found a string")]
    [DataRow("""{"resourceType":"Patient","name":[¦[{"family":"a"}]]}""", "Patient.name[0]", "found an array")]
    [DataRow("""{"resourceType":"Patient","name":[{"given":[¦{"value":"a"}]}]}""", "Patient.name[0].given[0]", "found an object")]
    [DataRow("""{"resourceType":"Patient","name":[{"given":[¦["a"]]}]}""", "Patient.name[0].given[0]", "found an array")]
    [DataRow("""{"resourceType":"Patient","contained":[¦"a"]}""", "Patient.contained[0]", "found a string")]
    [DataRow("""{"resourceType":"Patient","_active":¦null}""", "Patient.active", "found null")]
    [DataRow("""{"resourceType":"Patient","_active":¦true}""", "Patient.active", "found a boolean")]
    [DataRow("""{"resourceType":"Patient","_active":¦[{"id":"a"}]}""", "Patient.active", "found an array")]
    public void A_value_of_the_wrong_shape_is_refused(string json, string expression, string words) =>
        Refused(json, IssueType.Structure, expression, words);

    [TestMethod]
    [DataRow("""{"resourceType":"Patient","active":¦[true]}""", "Patient.active")]
    [DataRow("""{"resourceType":"Patient","gender":¦[]}""", "Patient.gender")]
    [DataRow("""{"resourceType":"Patient","maritalStatus":¦[{"text":"a"}]}""", "Patient.maritalStatus")]
    [DataRow("""{"resourceType":"Bundle","type":"collection","entry":[{"resource":¦[{"resourceType":"Patient"}]}]}""", "Bundle.entry[0].resource")]
    public void An_array_for_an_element_that_does_not_repeat_is_refused(string json, string expression) =>
        Refused(json, IssueType.Structure, expression, "does not repeat");

    [TestMethod]
    [DataRow("""{"resourceType":"Patient","name":¦{"family":"a"}}""", "Patient.name")]
    [DataRow("""{"resourceType":"Patient","name":[{"given":¦"a"}]}""", "Patient.name[0].given")]
    [DataRow("""{"resourceType":"Patient","contained":¦{"resourceType":"Patient"}}""", "Patient.contained")]
    public void A_single_value_for_an_element_that_repeats_is_refused(string json, string expression) =>
        Refused(json, IssueType.Structure, expression, "needs an array");

    [TestMethod]
    public void A_single_object_beside_an_array_of_primitives_is_refused() =>
        Refused(
            """{"resourceType":"Patient","name":[{"given":["a"],"_given":¦{"id":"x"}}]}""",
            IssueType.Structure, "Patient.name[0].given", "must be an array too");

    [TestMethod]
    [DataRow("""{"resourceType":"Patient","name":[¦]}""", "Patient.name")]
    [DataRow("""{"resourceType":"Patient","name":[ ¦]}""", "Patient.name")]
    [DataRow("""{"resourceType":"Patient","name":[{"given":[¦]}]}""", "Patient.name[0].given")]
    [DataRow("""{"resourceType":"Patient","contained":[¦]}""", "Patient.contained")]
    public void An_empty_array_is_refused(string json, string expression) =>
        Refused(json, IssueType.Structure, expression, "array must not be empty");

    [TestMethod]
    [DataRow("""{"resourceType":"Patient","name":[{"given":["a"],"_given":[¦]}]}""", "Patient.name[0].given")]
    [DataRow("""{"resourceType":"Patient","name":[{"given":["a"],"_given":[null¦]}]}""", "Patient.name[0].given")]
    [DataRow("""{"resourceType":"Patient","name":[{"_given":[null¦]}]}""", "Patient.name[0].given")]
    public void An_array_of_no_extensions_is_refused(string json, string expression) =>
        Refused(json, IssueType.Structure, expression, "at least one object");

    [TestMethod]
    [DataRow("""{"resourceType":"Patient","maritalStatus":{¦}}""", "Patient.maritalStatus")]
    [DataRow("""{"resourceType":"Patient","name":[{¦}]}""", "Patient.name[0]")]
    [DataRow("""{"resourceType":"Patient","_active":{¦}}""", "Patient.active")]
    [DataRow("""{"resourceType":"Patient","active":true,"_active":{¦}}""", "Patient.active")]
    public void An_empty_object_is_refused(string json, string expression) =>
        Refused(json, IssueType.Structure, expression, "must have content");

    [TestMethod]
    [DataRow("""{"resourceType":"Patient","gender":¦""}""", "Patient.gender")]
    [DataRow("""{"resourceType":"Patient","name":[{"family":¦""}]}""", "Patient.name[0].family")]
    [DataRow("""{"resourceType":"Patient","name":[{"given":["a",¦""]}]}""", "Patient.name[0].given[1]")]
    [DataRow("""{"resourceType":"Patient","birthDate":¦""}""", "Patient.birthDate")]
    [DataRow("""{"resourceType":"Patient","id":¦""}""", "Patient.id")]
    [DataRow("""{"resourceType":"Patient","implicitRules":¦""}""", "Patient.implicitRules")]
    [DataRow("""{"resourceType":"Binary","contentType":"a/b","data":¦""}""", "Binary.data")]
    public void An_empty_string_is_refused(string json, string expression) =>
        Refused(json, IssueType.Value, expression, "must not be empty");

    [TestMethod]
    public void A_string_of_spaces_is_discouraged_but_valid() =>
        Assert.AreEqual("  ", Accepted("""{"resourceType":"Patient","name":[{"family":"  "}]}""").Root.At("name.family").Text);
}
