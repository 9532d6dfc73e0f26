using System.Net;
using System.Text;
using FhirHub.EndToEnd.Hub;
using FhirHub.EndToEnd.Robustness;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Http;

/// <summary>Requests that cannot be met say so exactly: https://hl7.org/fhir/R4/http.html#Status-Codes</summary>
[TestClass]
public sealed class RefusalTests
{
    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    [DataRow("GET", "Unicorn/1")]
    [DataRow("GET", "Unicorn")]
    [DataRow("POST", "Unicorn")]
    [DataRow("PUT", "Unicorn/1")]
    [DataRow("PATCH", "Unicorn/1")]
    [DataRow("DELETE", "Unicorn/1")]
    [DataRow("GET", "patient/1")]
    [DataRow("GET", "DomainResource/1")]
    [DataRow("GET", "HumanName/1")]
    public async Task A_type_FHIR_does_not_have_is_404(string method, string path) =>
        (await SendAsync(method, path)).ExpectProblem(NotFound, path.Split('/')[0]);

    [TestMethod]
    [DataRow("GET", "Patient/a/b/c/d")]
    [DataRow("GET", "../elsewhere")]
    [DataRow("GET", "../FHIR/Patient")]
    [DataRow("POST", "../Fhir")]
    [DataRow("GET", "Patient/a/_histories")]
    public async Task A_path_that_leads_nowhere_is_404(string method, string path) =>
        (await SendAsync(method, path)).ExpectProblem(NotFound);

    [TestMethod]
    [DataRow("POST", "Patient/a", "GET", "PUT", "PATCH", "DELETE")]
    [DataRow("PUT", "metadata", "GET")]
    [DataRow("PUT", "Patient/a/_history/1", "GET")]
    [DataRow("POST", "Patient/a/_history", "GET")]
    [DataRow("PUT", "Patient/_search", "POST")]
    [DataRow("PUT", "Patient/_history", "GET")]
    [DataRow("POST", "_history", "GET")]
    public async Task A_wrong_method_is_405_and_names_the_right_ones(
        string method, string path, params string[] allowed)
    {
        var refused = await SendAsync(method, path);
        refused.ExpectProblem(MethodNotAllowed);
        var allow = (refused.Header("Allow") ?? "").Split(", ");
        CollectionAssert.IsSubsetOf(allowed, allow);
        CollectionAssert.DoesNotContain(allow, method);
    }

    [TestMethod]
    public async Task A_search_with_more_values_than_a_database_takes_is_refused_and_one_with_fewer_is_not()
    {
        var pairs = string.Join('&', Enumerable.Repeat("family=a", 600));
        (await Fhir.GetAsync($"Patient?{pairs}")).Expect(OK);
        (await Fhir.GetAsync($"Patient?{pairs}&family=a")).ExpectProblem(BadRequest, "600");
        var list = string.Join(',', Enumerable.Repeat("a", 500));
        (await Fhir.GetAsync($"Patient?family={list}&{string.Join('&', Enumerable.Repeat("name=a", 100))}")).Expect(OK);
        (await Fhir.GetAsync($"Patient?family={list}&name={list}")).ExpectProblem(BadRequest, "600");
    }

    [TestMethod]
    [DataRow("Patient?fami%01ly=a")]
    [DataRow("Patient?%ED%A0%80=a")]
    [DataRow("Patient/%00")]
    [DataRow("Pati%1Fent/1")]
    [DataRow("Patient/1/$every%0Bthing")]
    [DataRow("Patient?x%EF%BF%BE=a")]
    public async Task What_a_request_holds_that_no_outcome_can_is_refused_in_both_formats(string path)
    {
        var json = await Fhir.GetAsync(path);
        Assert.IsTrue(json.Status is BadRequest or NotFound, $"{json.Status} {json.Text}");
        if (json.Bytes.Length > 0) // the listener itself refuses a NUL, with nothing to read
        {
            json.ExpectProblem(json.Status);
            var xml = await Fhir.GetAsync(path, ("Accept", "application/fhir+xml"));
            var root = System.Xml.Linq.XDocument.Parse(xml.Expect(json.Status).Text).Root;
            Assert.AreEqual("OperationOutcome", root?.Name.LocalName);
        }
    }

    [TestMethod]
    public async Task A_form_that_is_too_large_is_refused_and_says_so()
    {
        foreach (var form in new[] { new string('a', 5000) + "=1", string.Join('&', Enumerable.Repeat("a=1", 2000)) })
        {
            (await Fhir.PostAsync("Patient/_search", form, ("Content-Type", "application/x-www-form-urlencoded")))
                .ExpectProblem(BadRequest, "limit");
        }
    }

    [TestMethod]
    public async Task A_body_above_the_limit_is_413()
    {
        var body = Sample.Patient(new string('x', SharedHub.BodyBytesMax));
        // A client that waits for leave to send hears why it may not; another one may find the connection closed.
        (await Fhir.PostAsync("Patient", body, ("Expect", "100-continue"))).ExpectProblem(RequestEntityTooLarge);
    }

    [TestMethod]
    public async Task A_body_above_the_limit_that_does_not_say_its_length_is_413()
    {
        // An HTTP library that is still sending when the server closes may give up before it reads the answer.
        var body = Encoding.UTF8.GetBytes(Sample.Patient(new string('x', SharedHub.BodyBytesMax)));
        byte[] request =
        [
            .. "POST /fhir/Patient HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"u8,
            .. "Content-Type: application/fhir+json\r\nTransfer-Encoding: chunked\r\n\r\n"u8,
            .. Encoding.ASCII.GetBytes($"{body.Length:x}\r\n"), .. body, .. "\r\n0\r\n\r\n"u8,
        ];
        var refused = await RawClient.SendAsync(
            new Uri(Fhir.BaseUrl), new HostileRequest(request, IsUnfinished: false, IsRaw: false, "POST"));
        Assert.IsNotNull(refused);
        refused.ExpectProblem(RequestEntityTooLarge);
    }

    [TestMethod]
    public async Task Broken_JSON_is_400_with_its_line_and_column()
    {
        var body = "{\n  \"resourceType\": \"Patient\",\n  \"active\" true\n}";
        (await Fhir.PostAsync("Patient", body)).ExpectProblem(BadRequest, "line 3, column");
    }

    [TestMethod]
    public async Task Broken_XML_is_400_with_its_line_and_column()
    {
        var body = "<Patient xmlns=\"http://hl7.org/fhir\">\n  <active value=\"true\"></Patient>";
        (await Fhir.PostAsync("Patient", body, ("Content-Type", "application/fhir+xml")))
            .ExpectProblem(BadRequest, "line 2, column");
    }

    [TestMethod]
    [DataRow("""{"resourceType":"Patient","colour":"red"}""", "colour")]
    [DataRow("""{"resourceType":"Patient","birthDate":"yesterday"}""", "birthDate")]
    [DataRow("""{"resourceType":"Patient","active":"true"}""", "active")]
    [DataRow("""{"resourceType":"Patient","name":{"family":"Zhang"}}""", "name")]
    [DataRow("""{"resourceType":"Unicorn"}""", "Unicorn")]
    [DataRow("""{"active":true}""", "resourceType")]
    [DataRow("[]", "")]
    [DataRow("null", "")]
    [DataRow("", "body")]
    public async Task A_body_that_is_not_FHIR_is_400_and_names_the_element(string body, string named) =>
        (await Fhir.PostAsync("Patient", body)).ExpectProblem(BadRequest, named);

    [TestMethod]
    public async Task Every_problem_of_a_body_is_told_at_once()
    {
        var body = """{"resourceType":"Patient","birthDate":"yesterday","active":"true"}""";
        var refused = (await Fhir.PostAsync("Patient", body)).ExpectProblem(BadRequest, "birthDate", "active");
        Assert.HasCount(2, refused.Json["issue"]?.AsArray() ?? []);
    }

    [TestMethod]
    public async Task A_body_that_is_not_UTF8_is_400()
    {
        byte[] body = [.. Encoding.UTF8.GetBytes("{\"resourceType\":\"Patient\",\"name\":[{\"family\":\""), 0xC5, 0x37,
            .. Encoding.UTF8.GetBytes("\"}]}")];
        (await Fhir.SendAsync(HttpMethod.Post, "Patient", body)).ExpectProblem(BadRequest);
        byte[] utf16 = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Sample.Patient("x"))];
        (await Fhir.SendAsync(HttpMethod.Post, "Patient", utf16)).ExpectProblem(BadRequest);
    }

    [TestMethod]
    public async Task A_packed_body_is_415_rather_than_broken_JSON() =>
        (await Fhir.PostAsync("Patient", Sample.Patient("x"), ("Content-Encoding", "gzip")))
            .ExpectProblem(UnsupportedMediaType, "gzip");

    [TestMethod]
    public async Task Nothing_of_the_servers_inside_shows_in_an_answer()
    {
        var refused = await Fhir.PostAsync("Patient", "{");
        Assert.IsNull(refused.Header("Server"));
        Assert.DoesNotContain("   at ", refused.Text);
        Assert.AreNotEqual(HttpStatusCode.InternalServerError, refused.Status);
    }

    static Task<Answer> SendAsync(string method, string path)
    {
        var body = method is "GET" or "DELETE" ? null : Encoding.UTF8.GetBytes(Sample.Patient("x"));
        return Fhir.SendAsync(new HttpMethod(method), path, body);
    }
}
