using System.Text;
using FhirHub.Fhir.Documents;

namespace FhirHub.Unit.Documents;

[TestClass]
public sealed class FhirBuilderTests
{
    [TestMethod]
    public void A_Patient_is_built_in_ten_lines()
    {
        // sample: patient-in-ten-lines
        var patient = FhirBuilder.Create("Patient")
            .Set("active", true)
            .Add("identifier", i => i
                .Set("system", "urn:oid:2.16.156.10011.1.3")
                .Set("value", "110105194912310021"))
            .Add("name", n => n.Set("text", "张丽").Set("family", "张").Add("given", "丽"))
            .Set("gender", "female")
            .Set("birthDate", new DateOnly(1949, 12, 31))
            .Set("managingOrganization.reference", "Organization/county-hospital")
            .Build();
        // end

        Assert.AreEqual(
            """{"resourceType":"Patient","identifier":[{"system":"urn:oid:2.16.156.10011.1.3","value":"110105194912310021"}]"""
            + ""","active":true,"name":[{"text":"张丽","family":"张","given":["丽"]}]"""
            + ""","gender":"female","birthDate":"1949-12-31","managingOrganization":{"reference":"Organization/county-hospital"}}""",
            Json(patient));
        Assert.AreEqual("张", patient.Root.At("name.family").Text);
    }

    [TestMethod]
    public void An_edit_leaves_the_rest_byte_for_byte()
    {
        var before = Parse("""{"resourceType":"Patient","name":[ {"family" : "A","given":["B"] } ],"birthDate":"2020"}""");
        var after = FhirBuilder.From(before).Set("birthDate", "2021-05").Build();
        Assert.AreEqual(
            """{"resourceType":"Patient","name":[{"family" : "A","given":["B"] }],"birthDate":"2021-05"}""", Json(after));
    }

    [TestMethod]
    public void An_unchanged_copy_is_the_same_bytes()
    {
        var before = Parse("""{ "resourceType" : "Patient", "active":true }""");
        Assert.AreEqual(Json(before), Json(FhirBuilder.From(before).Build()));
    }

    [TestMethod]
    public void A_resource_is_put_into_an_entry_of_a_Bundle()
    {
        var patient = Parse("""{"resourceType":"Patient","active":true}""");
        var bundle = FhirBuilder.Create("Bundle").Set("type", "collection").Set("entry[0].resource", patient).Build();
        Assert.AreEqual(
            """{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","active":true}}]}""",
            Json(bundle));
    }

    [TestMethod]
    public void A_resource_of_no_known_type_is_refused_where_it_is_begun()
    {
        var bundle = FhirBuilder.Create("Bundle");
        Assert.ThrowsExactly<ArgumentException>(() => bundle.At("entry[0].resource"));
        Assert.ThrowsExactly<ArgumentException>(() => bundle.Set("entry[0].resource", r => r.Set("id", "a")));
    }

    [TestMethod]
    public void A_hundred_thousand_entries_are_added_without_counting_them_each_time()
    {
        var bundle = FhirBuilder.Create("Bundle").Set("type", "collection").Set("signature.when", "2020-01-01T00:00:00Z");
        for (var i = 0; i < 100_000; i++)
        {
            bundle.Add("entry", e => e.Set("fullUrl", "urn:uuid:x")).Set($"entry[{i}].search.mode", "match");
        }

        bundle.Remove("signature");
        Assert.AreEqual(100_000, bundle.Build().Root["entry"].Count());
    }

    [TestMethod]
    public void Elements_out_of_order_are_put_in_order_by_an_edit()
    {
        var before = Parse("""{"gender":"male","name":[{"text":"a"},{"text":"b"}],"active":true,"resourceType":"Patient"}""");
        var after = FhirBuilder.From(before).Add("name", n => n.Set("text", "c")).Build();
        Assert.AreEqual(
            """{"resourceType":"Patient","active":true,"name":[{"text":"a"},{"text":"b"},{"text":"c"}],"gender":"male"}""",
            Json(after));
    }

    [TestMethod]
    public void A_primitive_that_has_lost_all_it_had_leaves_its_array()
    {
        var before = Parse("""{"resourceType":"Patient","name":[{"given":["a",null,"b"],"_given":[null,{"id":"x"},null]}]}""");
        Assert.AreEqual(
            """{"resourceType":"Patient","name":[{"given":["a","b"]}]}""",
            Json(FhirBuilder.From(before).Remove("name[0].given[1].id").Build()));
    }

    [TestMethod]
    [DataRow("birthDate.")]
    [DataRow(".birthDate")]
    [DataRow("name[ 0].text")]
    [DataRow("name[+0].text")]
    [DataRow("name[-1].text")]
    public void A_path_that_is_not_written_right_is_refused(string path) =>
        Assert.ThrowsExactly<ArgumentException>(() => FhirBuilder.Create("Patient").Set(path, "1999"));

    [TestMethod]
    public void No_text_is_not_a_value() =>
        Assert.ThrowsExactly<ArgumentNullException>(() => FhirBuilder.Create("Patient").Set("gender", (string)null!));

    [TestMethod]
    public void What_cannot_be_built_is_told_with_its_element()
    {
        var patient = FhirBuilder.Create("Patient").Set("gender", " ").Set("name[0].text", "");
        var problem = Assert.ThrowsExactly<FhirFormatException>(() => patient.Build());
        Assert.StartsWith("Patient.name[0].text (line 1, column ", problem.Message);
        Assert.EndsWith("There is 1 more issue.", problem.Message);
    }

    [TestMethod]
    public void Setting_one_type_of_a_choice_replaces_the_other()
    {
        var observation = FhirBuilder.Create("Observation").Set("status", "final").Set("code.text", "x")
            .Set("valueString", "y")
            .Set("valueQuantity", q => q.Set("value", 1.50m).Set("unit", "kg"))
            .Build();
        StringAssert.Contains(Json(observation), "\"valueQuantity\":{\"value\":1.50,\"unit\":\"kg\"}");
        Assert.DoesNotContain("valueString", Json(observation));
    }

    [TestMethod]
    public void Indexes_address_append_and_refuse_a_gap()
    {
        var patient = FhirBuilder.Create("Patient")
            .Set("name[0].family", "A").Set("name[1].family", "B").Set("name[0].given[0]", "C").Add("name[0].given", "D");
        Assert.AreEqual(
            """{"resourceType":"Patient","name":[{"family":"A","given":["C","D"]},{"family":"B"}]}""",
            Json(patient.Build()));
        var gap = Assert.ThrowsExactly<ArgumentException>(() => patient.Set("name[3].family", "E"));
        StringAssert.Contains(gap.Message, "gap");
    }

    [TestMethod]
    public void Removing_takes_one_repetition_or_all()
    {
        var before = Parse("""{"resourceType":"Patient","active":true,"name":[{"family":"A"},{"family":"B"}]}""");
        Assert.AreEqual(
            """{"resourceType":"Patient","active":true,"name":[{"family":"B"}]}""",
            Json(FhirBuilder.From(before).Remove("name[0]").Build()));
        Assert.AreEqual(
            """{"resourceType":"Patient","active":true}""", Json(FhirBuilder.From(before).Remove("name").Build()));
        Assert.AreEqual(Json(before), Json(FhirBuilder.From(before).Remove("photo.title").Build()).Replace(" ", ""));
    }

    [TestMethod]
    public void Moving_changes_the_order_of_repetitions()
    {
        var before = Parse("""{"resourceType":"Patient","name":[{"given":["A","B","C"]}],"gender":"male"}""");
        Assert.AreEqual(
            """{"resourceType":"Patient","name":[{"given":["B","C","A"]}],"gender":"male"}""",
            Json(FhirBuilder.From(before).Move("name[0].given", 0, 2).Build()));
        Assert.AreEqual(
            """{"resourceType":"Patient","name":[{"given":["A","C","B"]}],"gender":"male"}""",
            Json(FhirBuilder.From(before).Move("name.given", 2, 1).Build()));
        Assert.ThrowsExactly<ArgumentException>(() => FhirBuilder.From(before).Move("name.given", 0, 3));
    }

    [TestMethod]
    public void A_primitive_takes_extensions_beside_or_instead_of_its_value()
    {
        const string url = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
        var builder = FhirBuilder.Create("Patient").Set("gender", "female");
        builder.At("gender").AddExtension("http://example.org/g", "valueCode", "x");
        builder.At("birthDate").AddExtension(url, "valueCode", "unknown");
        var json = Json(builder.Build());
        StringAssert.Contains(json, "\"gender\":\"female\",\"_gender\":{\"extension\":");
        StringAssert.Contains(json, "\"_birthDate\":{\"extension\":");
        Assert.DoesNotContain("\"birthDate\"", json);
    }

    [TestMethod]
    public void Extensions_survive_a_change_of_the_value_beside_them()
    {
        var before = Parse("""{"resourceType":"Patient","_birthDate":{"id":"b"},"birthDate":"2020","name":[{"given":["x",null],"_given":[null,{"id":"g"}]}]}""");
        var after = FhirBuilder.From(before);
        after.At("birthDate").AddExtension("http://example.org/e", "valueCode", "c");
        after.Set("name[0].given[0]", "y");
        Assert.AreEqual(
            """{"resourceType":"Patient","name":[{"given":["y",null],"_given":[null,{"id":"g"}]}]"""
            + ""","birthDate":"2020","_birthDate":{"id":"b","extension":[{"url":"http://example.org/e","valueCode":"c"}]}}""",
            Json(after.Build()));
    }

    [TestMethod]
    public void Mistyped_paths_say_what_was_meant()
    {
        var builder = FhirBuilder.Create("Patient");
        var wrong = Assert.ThrowsExactly<ArgumentException>(() => builder.Set("birthdate", "2020"));
        StringAssert.Contains(wrong.Message, "birthDate");
        var choice = Assert.ThrowsExactly<ArgumentException>(() => builder.Set("deceased", true));
        StringAssert.Contains(choice.Message, "deceasedBoolean");
        Assert.ThrowsExactly<ArgumentException>(() => builder.Set("name", "x"));
        Assert.ThrowsExactly<ArgumentException>(() => builder.Add("gender", "x"));
        Assert.ThrowsExactly<ArgumentException>(() => FhirBuilder.Create("HumanName"));
    }

    [TestMethod]
    public void Wrong_values_are_refused_when_built_and_named_by_expression()
    {
        var builder = FhirBuilder.Create("Patient").Set("active", "yes").Set("birthDate", "2020-13");
        var refused = Assert.ThrowsExactly<FhirFormatException>(() => builder.Build());
        CollectionAssert.AreEquivalent(
            new[] { "Patient.active", "Patient.birthDate" }, refused.Issues.Select(i => i.Expression).ToArray());
    }

    [TestMethod]
    public void Text_keeps_every_character()
    {
        const string text = "张丽\t\"\\\n/\u00e9\U0001F469";
        var patient = FhirBuilder.Create("Patient").Set("name[0].text", text).Build();
        Assert.AreEqual(text, patient.Root.At("name.text").Text);
        Assert.ThrowsExactly<ArgumentException>(() => FhirBuilder.Create("Patient").Set("name[0].text", "\ud800").Build());
    }

    [TestMethod]
    public void Resources_go_into_bundles_and_copies_keep_their_type()
    {
        var patient = Parse("""{"resourceType":"Patient","name":[{"family":"A"}]}""");
        var bundle = FhirBuilder.Create("Bundle").Set("type", "collection")
            .Add("entry", e => e.Set("resource", patient.Root)).Build();
        Assert.AreEqual(
            """{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","name":[{"family":"A"}]}}]}""",
            Json(bundle));
        Assert.ThrowsExactly<ArgumentException>(() => FhirBuilder.Create("Patient").Add("contact", patient.Root.At("name")));
    }

    static FhirDocument Parse(string json) => FhirDocument.ParseJson(Encoding.UTF8.GetBytes(json));

    static string Json(FhirDocument document) => Encoding.UTF8.GetString(document.Json.Span);
}
