using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Http;

/// <summary>https://hl7.org/fhir/R4/http.html#read</summary>
[TestClass]
public sealed class ReadTests
{
    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    public async Task A_read_carries_the_headers_of_its_version()
    {
        var made = await MadeAsync();
        var read = (await Fhir.GetAsync($"Patient/{made.Id}")).Expect(OK);
        Assert.AreEqual("W/\"1\"", read.Header("ETag"));
        Assert.AreEqual(made.Header("Last-Modified"), read.Header("Last-Modified"));
        Assert.AreEqual("application/fhir+json; charset=utf-8", read.Header("Content-Type"));
    }

    [TestMethod]
    public async Task A_HEAD_answers_the_headers_of_the_GET_and_no_body()
    {
        var made = await MadeAsync();
        foreach (var path in new[] { $"Patient/{made.Id}", $"Patient/{made.Id}/_history/1", $"Patient?_id={made.Id}" })
        {
            var get = (await Fhir.GetAsync(path)).Expect(OK);
            var head = (await Fhir.HeadAsync(path)).Expect(OK);
            Assert.IsEmpty(head.Bytes);
            Assert.AreEqual(get.Header("Content-Length"), head.Header("Content-Length"), path);
            Assert.AreEqual(get.Header("ETag"), head.Header("ETag"), path);
            Assert.AreEqual(get.Header("Last-Modified"), head.Header("Last-Modified"), path);
            Assert.AreEqual(get.Header("Content-Type"), head.Header("Content-Type"), path);
        }
    }

    [TestMethod]
    public async Task Every_version_stays_readable()
    {
        var made = await MadeAsync();
        var second = await Fhir.PutAsync($"Patient/{made.Id}", Sample.Patient("x", "Second", made.Id));
        second.Expect(OK);
        var one = (await Fhir.GetAsync($"Patient/{made.Id}/_history/1")).Expect(OK);
        var two = (await Fhir.GetAsync($"Patient/{made.Id}/_history/2")).Expect(OK);
        Assert.AreEqual(made.Text, one.Text);
        Assert.AreEqual("W/\"1\"", one.Header("ETag"));
        Assert.AreEqual("Second", two.Json["name"]?[0]?["family"]?.ToString());
        Assert.AreEqual("W/\"2\"", two.Header("ETag"));
    }

    [TestMethod]
    public async Task What_never_was_is_404_and_what_was_deleted_is_410()
    {
        var made = await MadeAsync();
        (await Fhir.DeleteAsync($"Patient/{made.Id}")).Expect(NoContent);
        (await Fhir.GetAsync("Patient/never-was")).ExpectProblem(NotFound, "never-was");
        (await Fhir.GetAsync($"Patient/{made.Id}")).ExpectProblem(Gone, made.Id);
        (await Fhir.HeadAsync($"Patient/{made.Id}")).Expect(Gone);
        (await Fhir.GetAsync($"Patient/{made.Id}/_history/1")).Expect(OK);
        (await Fhir.GetAsync($"Patient/{made.Id}/_history/2")).ExpectProblem(Gone);
        (await Fhir.GetAsync($"Patient/{made.Id}/_history/3")).ExpectProblem(NotFound);
        (await Fhir.GetAsync($"Observation/{made.Id}")).ExpectProblem(NotFound);
    }

    [TestMethod]
    [DataRow("Patient/white%20space")]
    [DataRow("Patient/under_score")]
    [DataRow("Patient/a123456789012345678901234567890123456789012345678901234567890123456789")]
    [DataRow("Patient/any/_history/latest")]
    [DataRow("Patient/any/_history/0")]
    public async Task An_address_that_cannot_exist_is_404(string path) =>
        (await Fhir.GetAsync(path)).ExpectProblem(NotFound);

    [TestMethod]
    public async Task A_known_ETag_answers_304_without_a_body()
    {
        var made = await MadeAsync();
        foreach (var tags in new[] { "W/\"1\"", "\"1\"", "W/\"9\", W/\"1\"", "*" })
        {
            var same = (await Fhir.GetAsync($"Patient/{made.Id}", ("If-None-Match", tags))).Expect(NotModified);
            Assert.IsEmpty(same.Bytes);
            Assert.AreEqual("W/\"1\"", same.Header("ETag"));
        }

        (await Fhir.GetAsync($"Patient/{made.Id}", ("If-None-Match", "W/\"2\""))).Expect(OK);
    }

    [TestMethod]
    public async Task Not_modified_since_answers_304()
    {
        var made = await MadeAsync();
        var own = made.Header("Last-Modified") ?? "";
        (await Fhir.GetAsync($"Patient/{made.Id}", ("If-Modified-Since", own))).Expect(NotModified);
        (await Fhir.GetAsync($"Patient/{made.Id}", ("If-Modified-Since", "Thu, 01 Jan 2026 00:00:00 GMT"))).Expect(OK);
        // RFC 9110: with both, the date is not looked at.
        (await Fhir.GetAsync($"Patient/{made.Id}", ("If-Modified-Since", own), ("If-None-Match", "W/\"7\"")))
            .Expect(OK);
    }

    [TestMethod]
    public async Task A_version_that_is_known_answers_304_too()
    {
        var path = $"Patient/{(await MadeAsync()).Id}/_history/1";
        Assert.IsEmpty((await Fhir.GetAsync(path, ("If-None-Match", "W/\"1\""))).Expect(NotModified).Bytes);
        (await Fhir.HeadAsync(path, ("If-None-Match", "W/\"1\""))).Expect(NotModified);
        (await Fhir.GetAsync(path, ("If-None-Match", "W/\"2\""))).Expect(OK);
    }

    static async Task<Answer> MadeAsync() =>
        (await Fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()))).Expect(Created);
}
