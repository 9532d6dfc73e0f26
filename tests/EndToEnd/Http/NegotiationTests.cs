using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Http;

/// <summary>Formats in and out: https://hl7.org/fhir/R4/http.html#mime-type</summary>
[TestClass]
public sealed class NegotiationTests
{
    const string Json = "application/fhir+json; charset=utf-8";
    const string Xml = "application/fhir+xml; charset=utf-8";

    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    [DataRow("application/fhir+json", Json)]
    [DataRow("application/json", Json)]
    [DataRow("application/json+fhir", Json)]
    [DataRow("text/json", Json)]
    [DataRow("application/fhir+xml", Xml)]
    [DataRow("application/xml", Xml)]
    [DataRow("application/xml+fhir", Xml)]
    [DataRow("text/xml", Xml)]
    [DataRow("*/*", Json)]
    [DataRow("application/*", Json)]
    [DataRow("text/html, */*;q=0.1", Json)]
    [DataRow("application/fhir+json;q=0.5, application/fhir+xml", Xml)]
    [DataRow("application/fhir+xml;q=0.4, application/fhir+json;q=0.6", Json)]
    [DataRow("application/fhir+json;q=0, application/fhir+xml;q=0.1", Xml)]
    [DataRow("application/fhir+xml; fhirVersion=4.0", Xml)]
    [DataRow("APPLICATION/FHIR+XML", Xml)]
    public async Task Accept_chooses_the_format(string accept, string expected)
    {
        var made = await MadeAsync();
        var read = (await Fhir.GetAsync($"Patient/{made.Id}", ("Accept", accept))).Expect(OK);
        Assert.AreEqual(expected, read.Header("Content-Type"));
    }

    [TestMethod]
    [DataRow("xml", Xml)]
    [DataRow("text/xml", Xml)]
    [DataRow("application/xml", Xml)]
    [DataRow("application/fhir+xml", Xml)]
    [DataRow("application/fhir%2Bxml", Xml)]
    [DataRow("json", Json)]
    [DataRow("application/json", Json)]
    [DataRow("application/fhir+json", Json)]
    [DataRow("text/json", Json)]
    [DataRow("application/json+fhir", Json)]
    [DataRow("application/xml+fhir", Xml)]
    [DataRow("application/xml%3Bcharset%3Dutf-8", Xml)]
    public async Task Format_comes_before_Accept(string format, string expected)
    {
        var made = await MadeAsync();
        var other = expected == Xml ? "application/fhir+json" : "application/fhir+xml";
        var read = (await Fhir.GetAsync($"Patient/{made.Id}?_format={format}", ("Accept", other))).Expect(OK);
        Assert.AreEqual(expected, read.Header("Content-Type"));
    }

    [TestMethod]
    public async Task A_format_nobody_writes_is_406()
    {
        var made = await MadeAsync();
        (await Fhir.GetAsync($"Patient/{made.Id}", ("Accept", "text/html")))
            .ExpectProblem(NotAcceptable, "application/fhir+json");
        (await Fhir.GetAsync($"Patient/{made.Id}?_format=pdf")).ExpectProblem(NotAcceptable, "_format");
        (await Fhir.GetAsync($"Patient/{made.Id}", ("Accept", "application/fhir+json; fhirVersion=3.0")))
            .ExpectProblem(NotAcceptable, "4.0");
    }

    [TestMethod]
    public async Task A_body_in_XML_becomes_the_same_resource()
    {
        var tag = Sample.Tag();
        var body = $"""
            <Patient xmlns="http://hl7.org/fhir">
            <identifier><system value="{Sample.System}"/><value value="{tag}"/></identifier>
            <name><family value="欧阳"/></name></Patient>
            """;
        var made = await Fhir.PostAsync(
            "Patient", body, ("Content-Type", "application/fhir+xml"), ("Accept", "application/fhir+xml"));
        Assert.Contains("<Patient xmlns=\"http://hl7.org/fhir\">", made.Expect(Created).Text);
        Assert.AreEqual(Xml, made.Header("Content-Type"));
        var found = (await Fhir.GetAsync($"Patient?{Sample.ByTag(tag)}")).Expect(OK);
        Assert.AreEqual("欧阳", found.Entries[0]["resource"]?["name"]?[0]?["family"]?.ToString());
        var bundle = (await Fhir.GetAsync($"Patient?{Sample.ByTag(tag)}&_format=xml")).Expect(OK);
        Assert.Contains("<family value=\"欧阳\"/>", bundle.Text);
        Assert.Contains("<mode value=\"match\"/>", bundle.Text);
    }

    [TestMethod]
    public async Task A_problem_comes_in_the_format_that_was_asked()
    {
        var gone = await Fhir.GetAsync("Patient/never-was", ("Accept", "application/fhir+xml"));
        Assert.Contains("<OperationOutcome xmlns=\"http://hl7.org/fhir\">", gone.Expect(NotFound).Text);
        Assert.AreEqual(Xml, gone.Header("Content-Type"));
    }

    [TestMethod]
    [DataRow("text/plain")]
    [DataRow("application/pdf")]
    [DataRow("application/fhir+turtle")]
    [DataRow("application/fhir+json; charset=gb18030")]
    [DataRow("application/fhir+json; fhirVersion=3.0")]
    [DataRow("nonsense")]
    public async Task A_body_of_a_type_nobody_reads_is_415(string type) =>
        (await Fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()), ("Content-Type", type)))
            .ExpectProblem(UnsupportedMediaType);

    [TestMethod]
    [DataRow("application/json")]
    [DataRow("application/json+fhir")]
    [DataRow("text/json")]
    [DataRow("Application/JSON+FHIR;charset=\"utf-8\"")]
    [DataRow("application/fhir+json; charset=UTF-8")]
    [DataRow("application/fhir+json; fhirVersion=4.0")]
    public async Task A_body_may_come_under_every_spelling_of_its_type(string type) =>
        (await Fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()), ("Content-Type", type))).Expect(Created);

    [TestMethod]
    [DataRow("application/xml")]
    [DataRow("application/xml+fhir")]
    [DataRow("text/xml")]
    [DataRow("text/xml; charset=utf-8")]
    [DataRow("application/fhir+xml; fhirVersion=4.0")]
    public async Task A_body_in_XML_may_come_under_every_spelling_of_its_type(string type)
    {
        const string Body = """<Patient xmlns="http://hl7.org/fhir"><active value="true"/></Patient>""";
        var made = (await Fhir.PostAsync("Patient", Body, ("Content-Type", type))).Expect(Created);
        Assert.AreEqual("true", made.Json["active"]?.ToString());
        var updated = Body.Replace("<active", $"<id value=\"{made.Id}\"/><active");
        (await Fhir.PutAsync($"Patient/{made.Id}", updated, ("Content-Type", type))).Expect(OK);
        const string Batch = """<Bundle xmlns="http://hl7.org/fhir"><type value="batch"/></Bundle>""";
        (await Fhir.PostAsync("", Batch, ("Content-Type", type))).Expect(OK);
        const string Patch = """
            <Parameters xmlns="http://hl7.org/fhir"><parameter><name value="operation"/>
            <part><name value="type"/><valueCode value="delete"/></part>
            <part><name value="path"/><valueString value="Patient.active"/></part></parameter></Parameters>
            """;
        var patched = (await Fhir.PatchAsync($"Patient/{made.Id}", Patch, type)).Expect(OK);
        Assert.IsNull(patched.Json["active"]);
    }

    static async Task<Answer> MadeAsync() =>
        (await Fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()))).Expect(Created);
}
