using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Http;

/// <summary>
/// Bundles in XML, in and out: https://hl7.org/fhir/R4/xml.html, https://hl7.org/fhir/R4/http.html#transaction
/// </summary>
[TestClass]
public sealed class XmlBundleTests
{
    const string Xml = "application/fhir+xml";

    static readonly XNamespace F = "http://hl7.org/fhir";

    static FhirClient Fhir => SharedHub.Fhir;

    /// <summary>The same transaction as different XML writers put it.</summary>
    [TestMethod]
    [DataRow("plain")]
    [DataRow("declared again on every resource")]
    [DataRow("a prefix")]
    [DataRow("a byte order mark and a declaration")]
    [DataRow("single quotes, comments and carriage returns")]
    [DataRow("a schema location")]
    [DataRow("indented")]
    public async Task A_transaction_is_the_same_however_its_XML_is_written(string form)
    {
        var tag = Sample.Tag();
        var answer = Parse(await SendAsync(Written(form, Transaction(tag))));
        Assert.AreEqual("transaction-response", Value(answer.Root, "type"));
        var responses = Entries(answer).Select(e => e.Element(F + "response")).ToList();
        CollectionAssert.AreEqual(
            new[] { "201 Created", "201 Created", "200 OK" }, responses.ConvertAll(r => Value(r, "status")));
        StringAssert.StartsWith(Value(responses[0], "location"), $"{Fhir.BaseUrl}/Patient/");

        // The link by fullUrl became the id that the patient was given, and the search in the bundle saw both.
        var patient = Value(responses[0], "location")[(Fhir.BaseUrl.Length + 1)..].Split("/_history")[0];
        var found = Entries(answer)[2].Descendants(F + "Observation").Single();
        Assert.AreEqual(patient, Value(found.Element(F + "subject"), "reference"));
        var read = (await Fhir.GetAsync(patient)).Expect(OK).Json;
        Assert.AreEqual("欧阳 & <Söhne> \"1\"", read["name"]?[0]?["family"]?.ToString());
        Assert.AreEqual("true", read["_birthDate"]?["extension"]?[0]?["valueBoolean"]?.ToString());
        Assert.Contains("<b>Wei</b>", read["text"]?["div"]?.ToString() ?? "");
    }

    [TestMethod]
    public async Task A_batch_in_XML_answers_each_entry_for_itself()
    {
        var tag = Sample.Tag();
        var answer = Parse(await SendAsync($"""
            <Bundle xmlns="http://hl7.org/fhir"><type value="batch"/>
            <entry><resource>{Patient(tag)}</resource>
            <request><method value="POST"/><url value="Patient"/></request></entry>
            <entry><request><method value="GET"/><url value="Patient/never-was"/></request></entry>
            <entry><resource><Patient><birthDate value="tomorrow"/></Patient></resource>
            <request><method value="POST"/><url value="Patient"/></request></entry>
            <entry><request><method value="GET"/><url value="Patient?{Sample.ByTag(tag)}"/></request></entry>
            </Bundle>
            """));
        Assert.AreEqual("batch-response", Value(answer.Root, "type"));
        var entries = Entries(answer);
        var statuses = entries.Select(e => Value(e.Element(F + "response"), "status")[..3]).ToList();
        CollectionAssert.AreEqual(new[] { "201", "404", "400", "200" }, statuses, answer.ToString());
        Assert.IsNotNull(entries[1].Element(F + "response")?.Element(F + "outcome")?.Element(F + "OperationOutcome"));
        Assert.Contains("birthDate", entries[2].ToString());
        Assert.AreEqual("1", Value(entries[3].Element(F + "resource")?.Element(F + "Bundle"), "total"));
    }

    /// <summary>A patch that is not FHIR travels in a Binary.</summary>
    [TestMethod]
    [DataRow("transaction")]
    [DataRow("batch")]
    public async Task Every_kind_of_patch_goes_in_a_bundle_in_XML(string type)
    {
        var id = (await Fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()))).Expect(Created).Id;
        string[] patches =
        [
            Binary("application/json-patch+json", """[{"op":"add","path":"/active","value":true}]"""),
            Binary("application/xml-patch+xml", """
                <diff xmlns:f="http://hl7.org/fhir"><replace sel="f:Patient/f:name/f:family/@value">Li</replace></diff>
                """),
            """
            <Parameters><parameter><name value="operation"/><part><name value="type"/><valueCode value="add"/></part>
            <part><name value="path"/><valueString value="Patient"/></part>
            <part><name value="name"/><valueString value="gender"/></part>
            <part><name value="value"/><valueCode value="female"/></part></parameter></Parameters>
            """,
            Binary(Xml, """
                <Parameters xmlns="http://hl7.org/fhir"><parameter><name value="operation"/>
                <part><name value="type"/><valueCode value="delete"/></part>
                <part><name value="path"/><valueString value="Patient.name.given[0]"/></part></parameter></Parameters>
                """),
        ];
        foreach (var patch in patches)
        {
            var answer = Parse(await SendAsync($"""
                <Bundle xmlns="http://hl7.org/fhir"><type value="{type}"/><entry><resource>{patch}</resource>
                <request><method value="PATCH"/><url value="Patient/{id}"/></request></entry></Bundle>
                """));
            var response = Entries(answer)[0];
            Assert.AreEqual("200 OK", Value(response.Element(F + "response"), "status"), response.ToString());
        }

        var read = (await Fhir.GetAsync($"Patient/{id}")).Expect(OK);
        Assert.AreEqual("5", read.VersionId);
        Assert.AreEqual("""[{"family":"Li"}]""", read.Json["name"]?.ToJsonString());
        Assert.AreEqual("true female", $"{read.Json["active"]} {read.Json["gender"]}");
    }

    [TestMethod]
    public async Task A_patch_in_a_transaction_that_does_not_fit_changes_nothing_and_is_named()
    {
        var tag = Sample.Tag();
        var id = (await Fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()))).Expect(Created).Id;
        var patch = Binary("application/json-patch+json", """[{"op":"remove","path":"/nowhere"}]""");
        var refused = await Fhir.PostAsync("", $"""
            <Bundle xmlns="http://hl7.org/fhir"><type value="transaction"/>
            <entry><resource>{Patient(tag)}</resource>
            <request><method value="POST"/><url value="Patient"/></request></entry>
            <entry><resource>{patch}</resource>
            <request><method value="PATCH"/><url value="Patient/{id}"/></request></entry></Bundle>
            """, ("Content-Type", Xml));
        refused.ExpectProblem(UnprocessableEntity, "Bundle.entry[1]");
        Assert.AreEqual("1", (await Fhir.GetAsync($"Patient/{id}")).VersionId);
        Assert.IsEmpty((await Fhir.GetAsync($"Patient?{Sample.ByTag(tag)}")).Expect(OK).Entries);
    }

    /// <summary>A searchset and a history say in XML what they say in JSON; XML read back is the same JSON.</summary>
    [TestMethod]
    [DataRow("Patient?identifier=urn:fhirhub:e2e|{tag}")]
    [DataRow("Observation?identifier=urn:fhirhub:e2e|{tag}&_count=1&_total=accurate")]
    [DataRow("Patient/{id}/_history")]
    [DataRow("Patient/{id}/_history?_count=1")]
    public async Task A_bundle_in_XML_turned_back_into_JSON_is_the_bundle_in_JSON(string address)
    {
        var tag = Sample.Tag();
        var id = Value(
            Entries(Parse(await SendAsync(Transaction(tag))))[0].Element(F + "response"), "location")
            .Split("/_history")[0].Split('/')[^1];
        await Fhir.PutAsync($"Patient/{id}", Sample.Patient(tag, "Neu", id));
        var path = address.Replace("{tag}", tag).Replace("{id}", id);
        var json = (await Fhir.GetAsync(path)).Expect(OK);
        var xml = (await Fhir.GetAsync(path, ("Accept", Xml))).Expect(OK);
        Assert.IsNotEmpty(json.Entries);
        Assert.AreEqual("application/fhir+xml; charset=utf-8", xml.Header("Content-Type"));
        var back = await Fhir.PostAsync("$convert", xml.Text, ("Content-Type", Xml), ("Accept", FhirClient.Json));
        // The order of an object's members means nothing in JSON; the server keeps its sender's.
        var same = JsonNode.DeepEquals(JsonNode.Parse(Stable(json.Text)), JsonNode.Parse(Stable(back.Expect(OK).Text)));
        Assert.IsTrue(same, $"{json.Text}\n{back.Text}");
        var forth = await Fhir.PostAsync("$convert", json.Text, ("Accept", Xml));
        Assert.AreEqual(Stable(xml.Text), Stable(forth.Expect(OK).Text));
    }

    [TestMethod]
    public async Task A_bundle_that_is_no_XML_or_hides_an_entity_is_refused_in_XML()
    {
        string[] broken =
        [
            "<Bundle xmlns=\"http://hl7.org/fhir\"><type value=\"batch\"/>",
            "<!DOCTYPE Bundle [<!ENTITY a \"b\">]><Bundle xmlns=\"http://hl7.org/fhir\"><type value=\"batch\"/></Bundle>",
            "<Bundle xmlns=\"urn:other\"><type value=\"batch\"/></Bundle>",
        ];
        foreach (var body in broken)
        {
            var refused = (await Fhir.PostAsync("", body, ("Content-Type", Xml), ("Accept", Xml))).Expect(BadRequest);
            Assert.AreEqual("OperationOutcome", Parse(refused).Root?.Name.LocalName);
        }
    }

    static async Task<Answer> SendAsync(string body) =>
        (await Fhir.PostAsync("", body, ("Content-Type", Xml), ("Accept", Xml))).Expect(OK);

    static XDocument Parse(Answer answer) => XDocument.Parse(answer.Text);

    static List<XElement> Entries(XDocument bundle) => [.. bundle.Root?.Elements(F + "entry") ?? []];

    static string Value(XElement? parent, string name) => parent?.Element(F + name)?.Attribute("value")?.Value ?? "";

    /// <summary>Without what tells two answers apart that were asked for one after the other.</summary>
    static string Stable(string bundle) => Regex.Replace(bundle, "_format=\\w+&?", "");

    static string Binary(string type, string content) => $"""
        <Binary><contentType value="{type}"/>
        <data value="{Convert.ToBase64String(Encoding.UTF8.GetBytes(content))}"/></Binary>
        """;

    static string Patient(string tag) => $"""
        <Patient><text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml"><b>Wei</b></div></text>
        <identifier><system value="{Sample.System}"/><value value="{tag}"/></identifier>
        <name><family value="欧阳 &amp; &lt;Söhne> &quot;1&quot;"/><given value="Wei"/></name>
        <birthDate value="2001-02-03"><extension url="urn:fhirhub:e2e:sure"><valueBoolean value="true"/></extension>
        </birthDate></Patient>
        """;

    static string Transaction(string tag) => $"""
        <Bundle xmlns="http://hl7.org/fhir"><type value="transaction"/>
        <entry><fullUrl value="urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a"/><resource>{Patient(tag)}</resource>
        <request><method value="POST"/><url value="Patient"/></request></entry>
        <entry><fullUrl value="urn:uuid:88f151c0-a954-468a-88bd-5ae15c08e059"/><resource><Observation>
        <identifier><system value="{Sample.System}"/><value value="{tag}"/></identifier><status value="final"/>
        <code><text value="pulse"/></code>
        <subject><reference value="urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a"/></subject>
        <effectiveDateTime value="2026-03-04"/></Observation></resource>
        <request><method value="POST"/><url value="Observation"/></request></entry>
        <entry><request><method value="GET"/><url value="Observation?{Sample.ByTag(tag)}"/></request></entry></Bundle>
        """;

    static string Written(string form, string xml) => form switch
    {
        "plain" => xml,
        "declared again on every resource" => Regex.Replace(
            xml, "<(Patient|Observation)>", "<$1 xmlns=\"http://hl7.org/fhir\">"),
        "a prefix" => Regex.Replace(
            xml.Replace(" xmlns=\"http://hl7.org/fhir\"", " xmlns:f=\"http://hl7.org/fhir\""),
            "<(/?)(?!div|/div|b>|/b>)(\\w+)", "<$1f:$2"),
        "a byte order mark and a declaration" => "\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + xml,
        "single quotes, comments and carriage returns" =>
            "<!-- from a hospital -->" + Regex.Replace(xml, "value=\"([^\"]*)\"", "value='$1'")
                .Replace("<entry>", "<!-- an entry --><entry>").Replace("\n", "\r\n"),
        "a schema location" => xml.Replace(
            "<Bundle ",
            "<Bundle xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                + "xsi:schemaLocation=\"http://hl7.org/fhir fhir-all.xsd\" "),
        "indented" => XDocument.Parse(xml).ToString(),
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "No such form."),
    };
}
