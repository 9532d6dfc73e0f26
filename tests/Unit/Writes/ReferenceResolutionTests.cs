using System.Text;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Documents;

namespace FhirHub.Unit.Writes;

/// <summary>Links between entries become links to resources, and nothing else changes.</summary>
[TestClass]
public sealed class ReferenceResolutionTests
{
    const string Base = "http://hub.example/fhir";
    const string Urn = "urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a";

    [TestMethod]
    [DataRow(Urn, "Patient/1")]
    [DataRow("urn:uuid:other", null)]
    [DataRow("Patient/9", "Patient/2")]
    [DataRow("http://from.example/r4/Patient/9", "Patient/2")]
    [DataRow("http://from.example/r4/Patient/9/_history/4", "Patient/2")]
    [DataRow("http://elsewhere.example/Patient/9", null)]
    [DataRow("Patient/own", "Patient/3")]
    [DataRow("Patient/plain", "Patient/4")]
    [DataRow("#contained", null)]
    [DataRow("Patient?identifier=s|1", "Patient/5")]
    public void A_reference_becomes_what_its_entry_becomes(string reference, string? expected)
    {
        var links = Links();
        var json = $$"""{ "resourceType":"Observation", "subject" : {"reference": "{{reference}}", "display":"{{Urn}}"} }""";
        var expectedJson = expected is null
            ? json
            : json.Replace($"\"reference\": \"{reference}\"", $"\"reference\": \"{expected}\"", StringComparison.Ordinal);
        Assert.AreEqual(expectedJson, Apply(links, json, "http://from.example/r4/Observation/1"));
    }

    [TestMethod]
    public void Escapes_in_a_reference_are_understood() => Assert.AreEqual(
        """{"resourceType":"Patient","link":[{"other":{"reference":"Patient/1"}}]}""",
        Apply(Links(), $$$"""{"resourceType":"Patient","link":[{"other":{"reference":"{{{Urn.Replace(":", "\\u003a", StringComparison.Ordinal)}}}"}}]}"""));

    [TestMethod]
    [DataRow($$"""{"url":"x","valueUri":"{{Urn}}"}""", """{"url":"x","valueUri":"Patient/1"}""")]
    [DataRow($$"""{"url":"x","valueCanonical":"{{Urn}}|2"}""", """{"url":"x","valueCanonical":"Patient/1|2"}""")]
    [DataRow($$"""{"url":"x","valueUrl":"{{Urn}}#a"}""", """{"url":"x","valueUrl":"Patient/1#a"}""")]
    [DataRow($$"""{"url":"x","valueString":"{{Urn}}"}""", $$"""{"url":"x","valueString":"{{Urn}}"}""")]
    [DataRow($$$"""{"url":"x","valueAttachment":{"url":"{{{Urn}}}"}}""", """{"url":"x","valueAttachment":{"url":"Patient/1"}}""")]
    public void Addresses_of_every_type_are_replaced(string extension, string expected) => Assert.AreEqual(
        $$"""{"resourceType":"Patient","extension":[{{expected}}]}""",
        Apply(Links(), $$"""{"resourceType":"Patient","extension":[{{extension}}]}"""));

    [TestMethod]
    [DataRow("valueUuid\" : \"" + Urn, "valueUri\" : \"Patient/1")]
    [DataRow("valueOid\":\"urn:oid:1.2.3", "valueUri\":\"Patient/6")]
    public void A_uuid_that_becomes_an_address_becomes_a_uri(string before, string after) => Assert.AreEqual(
        $$"""{"resourceType":"Patient","extension":[{"url":"x","{{after}}"}]}""",
        Apply(Links(), $$"""{"resourceType":"Patient","extension":[{"url":"x","{{before}}"}]}"""));

    [TestMethod]
    public void Links_and_images_of_a_narrative_are_replaced_and_its_text_is_not()
    {
        const string Div = """<div xmlns=\"http://www.w3.org/1999/xhtml\"><a title=\"a>b\" href=\"{0}\">{1}</a> href=\"{1}\" <img src='{0}' alt=\"\"/></div>""";
        static string Patient(string div) => $$$"""{"resourceType":"Patient","text":{"status":"generated","div":"{{{div}}}"}}""";
        Assert.AreEqual(
            Patient(Div.Replace("{0}", "Patient/1", StringComparison.Ordinal).Replace("{1}", Urn, StringComparison.Ordinal)),
            Apply(Links(), Patient(Div.Replace("{0}", Urn, StringComparison.Ordinal).Replace("{1}", Urn, StringComparison.Ordinal))));
    }

    [TestMethod]
    public void A_bundle_inside_keeps_its_own_links()
    {
        var json = $$"""{"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"{{Urn}}"}]}""";
        Assert.AreEqual(json, Apply(Links(), json));
    }

    [TestMethod]
    public void A_resource_without_links_keeps_its_very_bytes()
    {
        var patient = Parse("""{"resourceType":"Patient","active":true}""");
        Assert.IsTrue(Links().Apply(patient.Root, null).Equals(patient.Json));
    }

    static ReferenceResolution Links()
    {
        var links = new ReferenceResolution(Base);
        links.TryAdd(Urn, "Patient/1");
        links.TryAdd("http://from.example/r4/Patient/9", "Patient/2");
        links.TryAdd(Base + "/Patient/own", "Patient/3");
        links.TryAdd("Patient/plain", "Patient/4");
        links.TryAdd("Patient?identifier=s|1", "Patient/5");
        links.TryAdd("urn:oid:1.2.3", "Patient/6");
        return links;
    }

    static string Apply(ReferenceResolution links, string json, string? fullUrl = null) =>
        Encoding.UTF8.GetString(links.Apply(Parse(json).Root, fullUrl).Span);

    static FhirDocument Parse(string json) =>
        FhirDocument.ParseJson(Encoding.UTF8.GetBytes(json), ParseOptions.Lenient).OrThrow();
}
