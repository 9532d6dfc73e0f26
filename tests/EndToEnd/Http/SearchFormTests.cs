using System.Text;
using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Http;

/// <summary>Searches by POST: https://hl7.org/fhir/R4/http.html#search</summary>
[TestClass]
public sealed class SearchFormTests
{
    const string Form = "application/x-www-form-urlencoded";

    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    public async Task What_is_in_the_address_and_what_is_in_the_form_count_together_and_in_order()
    {
        var answer = (await PostAsync("Patient/_search?gender=male&_summary=count", "name=a&gender=female&name=b"))
            .Expect(OK);
        StringAssert.EndsWith(
            answer.Link("self"), "/Patient?gender=male&_summary=count&name=a&gender=female&name=b");
    }

    [TestMethod]
    [DataRow("Patient/_search?name=a", "NAME=b")]
    [DataRow("Patient/_search", "name=a&NAME=b")]
    public async Task A_name_in_capitals_is_another_name(string address, string form) =>
        (await PostAsync(address, form)).ExpectProblem(BadRequest, "'NAME'");

    [TestMethod]
    [DataRow("application/fhir+json", "{}")]
    [DataRow("text/plain", "name=a")]
    [DataRow(
        "multipart/form-data; boundary=x",
        "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\na\r\n--x--\r\n")]
    [DataRow("application/x-www-form-urlencoded; charset=klingon", "name=a")]
    [DataRow("application/x-www-form-urlencoded; charset=utf-7", "name=a")]
    public async Task A_body_that_is_no_form_is_refused(string type, string body) =>
        (await PostAsync("Patient/_search?_count=1", body, type)).Expect(UnsupportedMediaType);

    [TestMethod]
    public async Task A_body_that_does_not_say_what_it_is_is_refused_and_not_ignored()
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Fhir.BaseUrl}/Patient/_search?_count=1")
        {
            Content = new StreamContent(new MemoryStream("gender=female"u8.ToArray())),
        };
        request.Headers.TransferEncodingChunked = true;
        using var answer = await client.SendAsync(request);
        Assert.AreEqual(UnsupportedMediaType, answer.StatusCode);
    }

    [TestMethod]
    public async Task A_form_in_another_charset_is_read_in_it()
    {
        var answer = await Fhir.SendAsync(
            HttpMethod.Post, "Patient/_search", Encoding.Latin1.GetBytes("family=Müller&_summary=count"),
            ("Content-Type", $"{Form}; charset=iso-8859-1"));
        StringAssert.Contains(answer.Expect(OK).Link("self"), "family=M%C3%BCller");
    }

    [TestMethod]
    public async Task A_charset_may_stand_in_quotes() =>
        (await PostAsync("Patient/_search", "_summary=count", $"{Form}; charset=\"utf-8\"")).Expect(OK);

    [TestMethod]
    public async Task A_form_of_too_many_parameters_is_refused()
    {
        var form = string.Join('&', Enumerable.Repeat("_tag=x", 2000));
        (await PostAsync("Patient/_search", form)).ExpectProblem(BadRequest, "the limit of 1024");
    }

    [TestMethod]
    public async Task Elements_are_those_of_whatever_type_has_them()
    {
        var tag = Sample.Tag();
        var patient = (await Fhir.PostAsync("Patient", Sample.Patient(tag))).Expect(Created).Id;
        var basic = (await Fhir.PostAsync("Basic", $$"""
            {"resourceType":"Basic","identifier":[{"value":"{{tag}}"}],"code":{"text":"x"},"created":"2026-01-01",
             "subject":{"reference":"Patient/{{patient}}"} }
            """)).Expect(Created).Id;
        var found = (await Fhir.GetAsync(
            $"?_type=Patient,Basic&_id={patient},{basic}&_elements=created,name")).Expect(OK);
        Assert.HasCount(2, found.Entries);
        Assert.AreEqual("2026-01-01", found.Entries[0]["resource"]?["created"]?.ToString());
        Assert.IsNull(found.Entries[0]["resource"]?["subject"]);
        Assert.IsNotNull(found.Entries[1]["resource"]?["name"]);
        Assert.IsNull(found.Entries[1]["resource"]?["identifier"]);
    }

    [TestMethod]
    [DataRow("_elements=colour", "'colour'")]
    [DataRow("_summary=bogus", "'_summary'")]
    public async Task What_is_wrong_is_refused_when_nothing_is_found_as_well(string wrong, string named)
    {
        (await Fhir.GetAsync($"Patient?_id=never-was&{wrong}")).ExpectProblem(BadRequest, named);
        var lenient = (await Fhir.GetAsync(
            $"Patient?_id=never-was&{wrong}", ("Prefer", "handling=lenient"))).Expect(OK);
        StringAssert.EndsWith(lenient.Link("self"), "/Patient?_id=never-was");
        StringAssert.Contains(lenient.Text, named);
    }

    static Task<Answer> PostAsync(string address, string body, string type = Form) =>
        Fhir.SendAsync(HttpMethod.Post, address, Encoding.UTF8.GetBytes(body), ("Content-Type", type));
}
