using FhirHub.Fhir.Documents;
using static FhirHub.Unit.Json.JsonClaims;

namespace FhirHub.Unit.Json;

// Ids and extensions of primitives and the nulls that align them: https://hl7.org/fhir/R4/json.html#primitive
[TestClass]
public sealed class JsonNullPaddingTests
{
    const string Given = "Patient.name[0].given";

    [TestMethod]
    [DataRow("""{"birthDate":"2001","_birthDate":{"id":"x"},"resourceType":"Patient"}""", "2001")]
    [DataRow("""{"_birthDate":{"id":"x"},"birthDate":"2001","resourceType":"Patient"}""", "2001")]
    [DataRow("""{"_birthDate":{"id":"x"},"gender":"other","birthDate":"2001","resourceType":"Patient"}""", "2001")]
    [DataRow("""{"birthDate":"2001","gender":"other","_birthDate":{"id":"x"},"resourceType":"Patient"}""", "2001")]
    [DataRow("""{"_birthDate":{"id":"x"},"resourceType":"Patient"}""", null)]
    public void A_value_and_its_id_are_one_element_in_either_order(string json, string? value)
    {
        var dates = Accepted(json).Root["birthDate"].ToArray();
        Assert.HasCount(1, dates);
        Assert.AreEqual(value, dates[0].Text);
        Assert.AreEqual(value is not null, dates[0].HasValue);
        Assert.AreEqual("x", dates[0].First("id").Text);
    }

    [TestMethod]
    [DataRow("""["a","b"]""", null, "a b")]
    [DataRow("""["a","b"]""", """[{"id":"1"},{"id":"2"}]""", "a#1 b#2")]
    [DataRow("""["a","b"]""", """[null,{"id":"2"}]""", "a b#2")]
    [DataRow("""["a","b"]""", """[{"id":"1"},null]""", "a#1 b")]
    [DataRow("""["a",null]""", """[null,{"id":"2"}]""", "a #2")]
    [DataRow("""[null,"b"]""", """[{"id":"1"},null]""", "#1 b")]
    [DataRow("""[null,"b",null]""", """[{"id":"1"},{"id":"2"},{"id":"3"}]""", "#1 b#2 #3")]
    [DataRow("""[null,null]""", """[{"id":"1"},{"id":"2"}]""", "#1 #2")]
    [DataRow(null, """[{"id":"1"},{"id":"2"}]""", "#1 #2")]
    public void Values_and_ids_pair_by_position(string? values, string? extras, string expected)
    {
        Assert.AreEqual(expected, Shown(Accepted(Patient(values, extras))));
        Assert.AreEqual(expected, Shown(Accepted(Patient(values, extras, extrasFirst: true))));
    }

    [TestMethod]
    [DataRow("""["a",¦null]""", null, "[1]")]
    [DataRow("""[¦null]""", null, "[0]")]
    [DataRow("""[¦null,"b"]""", """[null,{"id":"2"}]""", "[0]")]
    [DataRow("""["a",¦null]""", """[{"id":"1"},null]""", "[1]")]
    [DataRow(null, """[¦null,{"id":"2"}]""", "[0]")]
    [DataRow(null, """[{"id":"1"},¦null]""", "[1]")]
    public void A_place_without_value_id_and_extensions_is_refused(string? values, string? extras, string place)
    {
        Refused(Patient(values, extras), IssueType.Structure, Given + place, "neither id nor extensions");
        Refused(Patient(values, extras, extrasFirst: true), IssueType.Structure, Given + place, "neither id nor extensions");
    }

    [TestMethod]
    [DataRow("""["a"]""", """[¦{"id":"1"},{"id":"2"}]""")]
    [DataRow("""["a"]""", """[¦{"id":"1"},null]""")]
    [DataRow("""["a","b"]""", """[¦{"id":"1"}]""")]
    [DataRow("""["a","b","c"]""", """[¦null,{"id":"1"}]""")]
    public void Arrays_of_different_length_are_refused(string values, string extras)
    {
        Refused(Patient(values, extras), IssueType.Structure, Given, "same length");
        Refused(Patient(values, extras, extrasFirst: true), IssueType.Structure, Given, "same length");
    }

    [TestMethod]
    public void Extensions_of_a_primitive_hold_whatever_extensions_hold()
    {
        var root = Accepted("""
            {"resourceType":"Patient","_gender":{"id":"g","extension":[
              {"url":"http://a","valueString":"x","_valueString":{"extension":[{"url":"http://b","valueBoolean":true}]}},
              {"url":"http://c","extension":[{"url":"d","valueCode":"e"}]}]}}
            """).Root;
        var gender = root.First("gender");
        Assert.IsFalse(gender.HasValue);
        Assert.AreEqual("true", gender.At("extension.value.extension.value").Text);
        Assert.AreEqual("e", gender["extension"].Last().At("extension.value").Text);
    }

    [TestMethod]
    [DataRow("""{"resourceType":"Patient","_gender":{¦"value":"male"}}""", "code has no property 'value'")]
    [DataRow("""{"resourceType":"Patient","_gender":{¦"url":"a"}}""", "code has no property 'url'")]
    public void Extras_hold_nothing_but_id_and_extensions(string json, string words) =>
        Refused(json, IssueType.Structure, "Patient.gender", words);

    [TestMethod]
    public void An_error_in_an_extension_of_a_primitive_is_placed_in_it() =>
        Refused(
            """{"resourceType":"Patient","name":[{"given":["a","b"],"_given":[null,{"extension":[{"url":"u","valueDate":¦"x"}]}]}]}""",
            IssueType.Value, Given + "[1].extension[0].value", "A date is");

    static string Patient(string? values, string? extras, bool extrasFirst = false)
    {
        var members = new[]
        {
            values is null ? null : "\"given\":" + values,
            extras is null ? null : "\"_given\":" + extras,
        };
        var ordered = (extrasFirst ? members.Reverse() : members).OfType<string>();
        return $$"""{"resourceType":"Patient","name":[{{{string.Join(",", ordered)}}}]}""";
    }

    static string Shown(FhirDocument document) => string.Join(' ', document.Root.First("name")["given"]
        .Select(given => given.Text + (given.First("id") is { Exists: true } id ? "#" + id.Text : "")));
}
