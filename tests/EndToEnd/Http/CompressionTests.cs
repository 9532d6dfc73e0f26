using System.IO.Compression;
using System.Text;
using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Http;

/// <summary>Packed for who can unpack it: https://hl7.org/fhir/R4/http.html#compression</summary>
[TestClass]
public sealed class CompressionTests
{
    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    [DataRow("gzip", "gzip", "json")]
    [DataRow("gzip", "gzip", "xml")]
    [DataRow("br", "br", "json")]
    [DataRow("br", "br", "xml")]
    [DataRow("gzip, deflate, br", "br", "json")]
    [DataRow("br;q=0, gzip;q=0.5", "gzip", "json")]
    [DataRow("*", "br", "json")]
    public async Task A_searchset_is_packed_as_asked_and_the_same(string accept, string packed, string format)
    {
        var tag = await MadeAsync();
        var path = $"Patient?{Sample.ByTag(tag)}&_format={format}";
        var plain = (await Fhir.GetAsync(path)).Expect(OK);
        var small = (await Fhir.GetAsync(path, ("Accept-Encoding", accept))).Expect(OK);
        Assert.AreEqual(packed, small.Header("Content-Encoding"));
        Assert.Contains("Accept-Encoding", small.Header("Vary") ?? "");
        Assert.IsLessThan(plain.Bytes.Length, small.Bytes.Length);
        CollectionAssert.AreEqual(plain.Bytes, await UnpackAsync(small.Bytes, packed));
        Assert.AreEqual(plain.Header("Content-Type"), small.Header("Content-Type"));
    }

    [TestMethod]
    [DataRow("identity")]
    [DataRow("gzip;q=0")]
    [DataRow("compress")]
    [DataRow("")]
    public async Task What_the_client_cannot_unpack_comes_as_it_is(string accept)
    {
        var tag = await MadeAsync();
        var plain = (await Fhir.GetAsync($"Patient?{Sample.ByTag(tag)}", ("Accept-Encoding", accept))).Expect(OK);
        Assert.IsNull(plain.Header("Content-Encoding"));
        Assert.AreEqual("5", plain.Json["total"]?.ToString());
    }

    [TestMethod]
    public async Task Histories_reads_bundles_and_problems_come_packed_too()
    {
        var id = (await Fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()))).Expect(Created).Id;
        foreach (var path in new[] { $"Patient/{id}/_history", $"Patient/{id}", "Patient/never-was" })
        {
            var plain = await Fhir.GetAsync(path);
            var small = await Fhir.GetAsync(path, ("Accept-Encoding", "gzip"));
            Assert.AreEqual("gzip", small.Header("Content-Encoding"), path);
            Assert.AreEqual(plain.Status, small.Status);
            Assert.AreEqual(plain.Header("ETag"), small.Header("ETag"));
            CollectionAssert.AreEqual(plain.Bytes, await UnpackAsync(small.Bytes, "gzip"), path);
        }

        const string Batch = """
            {"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET","url":"Patient?_count=1"}}]}
            """;
        var answer = (await Fhir.PostAsync("", Batch, ("Accept-Encoding", "br"))).Expect(OK);
        Assert.Contains("batch-response", Encoding.UTF8.GetString(await UnpackAsync(answer.Bytes, "br")));
    }

    [TestMethod]
    public async Task A_version_that_the_client_has_is_304_whether_packed_or_not()
    {
        var made = (await Fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()))).Expect(Created);
        var same = await Fhir.GetAsync(
            $"Patient/{made.Id}", ("Accept-Encoding", "gzip"), ("If-None-Match", made.Header("ETag") ?? ""));
        Assert.IsEmpty(same.Expect(NotModified).Bytes);
    }

    static async Task<string> MadeAsync()
    {
        var tag = Sample.Tag();
        for (var i = 0; i < 5; i++)
        {
            (await Fhir.PostAsync("Patient", Sample.Patient(tag, $"F{i}"))).Expect(Created);
        }

        return tag;
    }

    static async Task<byte[]> UnpackAsync(byte[] bytes, string packed)
    {
        using var source = new MemoryStream(bytes);
        await using Stream unpacking = packed == "br"
            ? new BrotliStream(source, CompressionMode.Decompress)
            : new GZipStream(source, CompressionMode.Decompress);
        using var whole = new MemoryStream();
        await unpacking.CopyToAsync(whole);
        return whole.ToArray();
    }
}
