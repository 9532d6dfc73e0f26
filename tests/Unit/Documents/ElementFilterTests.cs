using System.Text;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Unit.Documents;

[TestClass]
public sealed class ElementFilterTests
{
    const string Tag = """{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"SUBSETTED"}""";

    [TestMethod]
    public void Summary_true_keeps_what_the_definitions_mark_at_every_depth() => Assert.AreEqual(
        """{"resourceType":"Patient","id":"p","active":true,"_active":{"id":"a"},"link":[{"other":{"reference":"Patient/q"},"type":"refer"}],"meta":{"tag":[""" + Tag + "]}}",
        Apply(
            """{"resourceType":"Patient","id":"p","text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div>"},"active":true,"_active":{"id":"a"},"photo":[{"title":"t"}],"link":[{"extension":[{"url":"u","valueCode":"c"}],"other":{"reference":"Patient/q"},"type":"refer"}]}""",
            type => ElementFilter.Summary(type, SummaryMode.True)));

    [TestMethod]
    public void Summary_text_keeps_narrative_and_what_is_mandatory() => Assert.AreEqual(
        """{"resourceType":"Observation","id":"o","meta":{"tag":[""" + Tag + """],"versionId":"1"},"text":"""
        + """{"status":"empty","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div>"},"status":"final","code":{"text":"c"}}""",
        Apply(
            """{"resourceType":"Observation","id":"o","meta":{"versionId":"1"},"text":{"status":"empty","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div>"},"status":"final","code":{"text":"c"},"valueString":"v"}""",
            type => ElementFilter.Summary(type, SummaryMode.Text)));

    [TestMethod]
    public void Summary_data_drops_only_the_narrative() => Assert.AreEqual(
        """{"resourceType":"Patient","meta":{"tag":[""" + Tag + """,{"code":"x"}]},"active":true}""",
        Apply(
            """{"resourceType":"Patient","meta":{"tag":[{"code":"x"}]},"text":{"status":"empty","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div>"},"active":true}""",
            type => ElementFilter.Summary(type, SummaryMode.Data)));

    [TestMethod]
    public void Elements_keep_the_named_the_mandatory_and_the_modifiers() => Assert.AreEqual(
        """{"status":"final","code":{"text":"c"},"valueQuantity":{"value":1.50},"resourceType":"Observation","meta":{"tag":[""" + Tag + "]}}",
        Apply(
            """{"status":"final","code":{"text":"c"},"subject":{"reference":"Patient/p"},"valueQuantity":{"value":1.50},"resourceType":"Observation"}""",
            type => ElementFilter.Elements(type, ["value"])));

    [TestMethod]
    public void A_summary_leaves_no_element_empty() => Assert.AreEqual(
        """{"resourceType":"Patient","name":[{"text":"n"}],"meta":{"tag":[""" + Tag + "]}}",
        Apply(
            """{"resourceType":"Patient","name":[{"id":"a"},{"extension":[{"url":"u","valueCode":"c"}]},{"text":"n"}],"managingOrganization":{"extension":[{"url":"u","valueCode":"c"}]}}""",
            type => ElementFilter.Summary(type, SummaryMode.True)));

    [TestMethod]
    public void A_summary_keeps_a_mandatory_element_whole_rather_than_empty() => Assert.AreEqual(
        """{"resourceType":"Observation","status":"final","code":{"extension":[{"url":"u","valueCode":"c"}]},"meta":{"tag":[""" + Tag + "]}}",
        Apply(
            """{"resourceType":"Observation","status":"final","code":{"extension":[{"url":"u","valueCode":"c"}]},"note":[{"text":"n"}]}""",
            type => ElementFilter.Summary(type, SummaryMode.True)));

    [TestMethod]
    public void A_summary_keeps_the_value_of_a_modifier_extension() => Assert.AreEqual(
        """{"resourceType":"Patient","link":[{"modifierExtension":[{"url":"u","valueCode":"c"}],"other":{"reference":"Patient/q"},"type":"refer"}],"meta":{"tag":[""" + Tag + "]}}",
        Apply(
            """{"resourceType":"Patient","link":[{"modifierExtension":[{"url":"u","valueCode":"c"}],"other":{"reference":"Patient/q"},"type":"refer"}]}""",
            type => ElementFilter.Summary(type, SummaryMode.True)));

    [TestMethod]
    public void Content_as_deep_as_a_parse_allows_can_be_filtered()
    {
        const int depth = 450;
        var nested = string.Concat(Enumerable.Repeat("""{"url":"u","extension":[""", depth))
            + """{"url":"u","valueCode":"c"}""" + string.Concat(Enumerable.Repeat("]}", depth));
        var json = Encoding.UTF8.GetBytes("""{"resourceType":"Patient","meta":{"extension":[""" + nested + "]}}");
        var patient = FhirDocument.ParseJson(json, new ParseOptions { DepthMax = 1000 }).OrThrow();
        var filtered = ElementFilter.Elements(patient.Type, ["name"]).Apply(patient.Json.Span, patient.Schema);
        Assert.Contains(nested, Encoding.UTF8.GetString(filtered));
    }

    [TestMethod]
    public void A_filter_of_another_type_is_refused() => Assert.ThrowsExactly<ArgumentException>(() =>
        Apply("""{"resourceType":"Patient","active":true}""", _ => ElementFilter.Elements(FhirSchema.R4["Observation"], ["status"])));

    [TestMethod]
    public void Elements_nobody_knows_are_refused() => Assert.ThrowsExactly<ArgumentException>(
        () => ElementFilter.Elements(FhirSchema.R4["Patient"], ["nonsense"]));

    static string Apply(string json, Func<TypeSchema, ElementFilter> filter)
    {
        var document = FhirDocument.ParseJson(Encoding.UTF8.GetBytes(json));
        var filtered = filter(document.Type).Apply(document.Json.Span, document.Schema);
        Assert.IsEmpty(FhirDocument.ParseJson(filtered, ParseOptions.Strict).Issues);
        return Encoding.UTF8.GetString(filtered);
    }
}
