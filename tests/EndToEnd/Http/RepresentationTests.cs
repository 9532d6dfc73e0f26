using System.IO.Compression;
using System.Text;
using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Http;

/// <summary>How much of a resource comes back: https://hl7.org/fhir/R4/http.html#ops and search.html#summary</summary>
[TestClass]
public sealed class RepresentationTests
{
    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    public async Task A_minimal_return_has_headers_and_no_body()
    {
        var prefer = ("Prefer", "return=minimal");
        var made = (await Fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()), prefer)).Expect(Created);
        Assert.IsEmpty(made.Bytes);
        Assert.AreEqual("W/\"1\"", made.Header("ETag"));
        var id = made.Header("Location")?.Split('/')[^3] ?? "";
        var updated = (await Fhir.PutAsync($"Patient/{id}", Sample.Patient("x", id: id), prefer)).Expect(OK);
        Assert.IsEmpty(updated.Bytes);
        Assert.AreEqual("W/\"2\"", updated.Header("ETag"));
    }

    [TestMethod]
    public async Task A_return_may_be_the_representation_or_an_outcome()
    {
        var whole = await Fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()), ("Prefer", "return=representation"));
        Assert.AreEqual("Patient", whole.Expect(Created).Json["resourceType"]?.ToString());
        var outcome =
            await Fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()), ("Prefer", "return=OperationOutcome"));
        Assert.AreEqual("OperationOutcome", outcome.Expect(Created).Json["resourceType"]?.ToString());
        Assert.AreEqual("information", outcome.Json["issue"]?[0]?["severity"]?.ToString());
    }

    [TestMethod]
    public async Task Pretty_is_for_people_and_says_the_same()
    {
        var made = (await Fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()))).Expect(Created);
        var pretty = (await Fhir.GetAsync($"Patient/{made.Id}?_pretty=true")).Expect(OK);
        Assert.Contains("\n  \"id\": ", pretty.Text);
        Assert.AreEqual(made.Json.ToJsonString(), pretty.Json.ToJsonString());
        var xml = (await Fhir.GetAsync($"Patient/{made.Id}?_pretty=true&_format=xml")).Expect(OK);
        Assert.Contains("\n  <id ", xml.Text);
    }

    [TestMethod]
    [DataRow("_summary=true", "name identifier", "text maritalStatus")]
    [DataRow("_summary=text", "text", "name identifier maritalStatus")]
    [DataRow("_summary=data", "name identifier maritalStatus", "text")]
    [DataRow("_elements=name", "name", "text identifier maritalStatus")]
    [DataRow("_elements=identifier,maritalStatus", "identifier maritalStatus", "text name")]
    public async Task A_cut_resource_says_that_it_is_cut(string query, string kept, string left)
    {
        var tag = Sample.Tag();
        var more = """
            ,"maritalStatus":{"text":"M"},
            "text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">Zhang</div>"}
            """;
        var made = (await Fhir.PostAsync("Patient", Sample.Patient(tag, more: more))).Expect(Created);
        var read = (await Fhir.GetAsync($"Patient/{made.Id}?{query}")).Expect(OK).Json;
        var found = (await Fhir.GetAsync($"Patient?{Sample.ByTag(tag)}&{query}")).Expect(OK).Entries[0]["resource"];
        foreach (var resource in new[] { read, found })
        {
            var text = resource?.ToJsonString() ?? "";
            Assert.AreEqual("SUBSETTED", resource?["meta"]?["tag"]?[0]?["code"]?.ToString(), text);
            Assert.AreEqual(made.Id, resource?["id"]?.ToString());
            Assert.AreEqual("1", resource?["meta"]?["versionId"]?.ToString());
            Assert.IsTrue(kept.Split(' ').All(name => resource?[name] is not null), text);
            Assert.IsTrue(left.Split(' ').All(name => resource?[name] is null), text);
        }
    }

    [TestMethod]
    public async Task A_whole_resource_carries_no_mark_of_a_cut()
    {
        var made = (await Fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()))).Expect(Created);
        Assert.AreEqual(made.Text, (await Fhir.GetAsync($"Patient/{made.Id}?_summary=false")).Expect(OK).Text);
    }

    [TestMethod]
    public async Task Answers_are_compressed_for_who_asks()
    {
        var made = (await Fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()))).Expect(Created);
        var gzip = (await Fhir.GetAsync($"Patient/{made.Id}", ("Accept-Encoding", "gzip"))).Expect(OK);
        Assert.AreEqual("gzip", gzip.Header("Content-Encoding"));
        Assert.AreEqual(made.Text, Unpacked(new GZipStream(new MemoryStream(gzip.Bytes), CompressionMode.Decompress)));
        var brotli = (await Fhir.GetAsync($"Patient/{made.Id}", ("Accept-Encoding", "br"))).Expect(OK);
        Assert.AreEqual("br", brotli.Header("Content-Encoding"));
        var unpacked = Unpacked(new BrotliStream(new MemoryStream(brotli.Bytes), CompressionMode.Decompress));
        Assert.AreEqual(made.Text, unpacked);
        Assert.Contains("Accept-Encoding", gzip.Header("Vary") ?? "");
        Assert.AreEqual("W/\"1\"", gzip.Header("ETag"));
        Assert.IsNull((await Fhir.GetAsync($"Patient/{made.Id}")).Header("Content-Encoding"));
    }

    static string Unpacked(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
