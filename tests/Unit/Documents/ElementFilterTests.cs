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
