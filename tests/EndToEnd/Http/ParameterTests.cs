using System.Text;
using FhirHub.EndToEnd.Hub;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Http;

/// <summary>Query parameters an interaction does not have: https://hl7.org/fhir/R4/http.html#parameters</summary>
[TestClass]
public sealed class ParameterTests
{
    static FhirClient Fhir => SharedHub.Fhir;

    static string _id = "";

    [ClassInitialize]
    public static async Task MakeAsync(TestContext _)
    {
        _id = (await Fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()))).Expect(Created).Id;
        await Fhir.PutAsync($"Patient/{_id}", Sample.Patient(Sample.Tag(), id: _id));
    }

    [TestMethod]
    [DataRow("GET", "Patient/{id}")]
    [DataRow("HEAD", "Patient/{id}")]
    [DataRow("GET", "Patient/{id}/_history/1")]
    [DataRow("GET", "Patient/{id}/_history")]
    [DataRow("GET", "Patient/_history")]
    [DataRow("GET", "_history")]
    [DataRow("GET", "metadata")]
    [DataRow("GET", "Patient")]
    [DataRow("POST", "Patient/_search")]
    [DataRow("POST", "Patient")]
    [DataRow("PUT", "Patient/{id}")]
    [DataRow("PUT", "Patient")]
    [DataRow("PATCH", "Patient/{id}")]
    [DataRow("PATCH", "Patient")]
    [DataRow("DELETE", "Patient/{id}")]
    [DataRow("DELETE", "Patient")]
    [DataRow("DELETE", "Patient/{id}/_history")]
    [DataRow("DELETE", "Patient/{id}/_history/1")]
    [DataRow("POST", "")]
    [DataRow("GET", "$meta")]
    [DataRow("GET", "Patient/$meta")]
    [DataRow("GET", "Patient/{id}/$meta")]
    [DataRow("POST", "Patient/{id}/$meta-add")]
    [DataRow("POST", "Patient/{id}/$meta-delete")]
    [DataRow("GET", "Patient/{id}/$everything")]
    [DataRow("POST", "$convert")]
    [DataRow("POST", "Patient/$validate")]
    [DataRow("POST", "Patient/{id}/$validate")]
    public async Task A_parameter_an_interaction_does_not_have_is_refused_by_name(string method, string path)
    {
        var refused = await SendAsync(method, path, "?colour=red");
        if (method == "HEAD")
        {
            refused.Expect(BadRequest);
            return;
        }

        refused.ExpectProblem(BadRequest, "'colour'");
        (await Fhir.GetAsync($"Patient/{_id}")).Expect(OK);
    }

    [TestMethod]
    [DataRow("GET", "Patient/{id}")]
    [DataRow("GET", "Patient/{id}/_history/1")]
    [DataRow("GET", "Patient/{id}/_history")]
    [DataRow("GET", "Patient/_history")]
    [DataRow("GET", "_history")]
    [DataRow("GET", "metadata")]
    [DataRow("GET", "Patient")]
    [DataRow("POST", "Patient")]
    [DataRow("PUT", "Patient/{id}")]
    [DataRow("DELETE", "Patient/never-was")]
    [DataRow("GET", "Patient/{id}/$meta")]
    public async Task A_lenient_request_goes_without_it(string method, string path)
    {
        var answer = await SendAsync(method, path, "?colour=red", ("Prefer", "handling=lenient"));
        Assert.IsTrue((int)answer.Status < 300, answer.Text);
    }

    [TestMethod]
    public async Task A_lenient_deployment_goes_without_it_unless_the_request_is_strict()
    {
        await using var hub = await HubProcess.StartAsync(null, "--Hub:IsLenient=true", "--Hub:AllowsExpunge=true");
        var made = (await hub.Fhir.PostAsync("Patient?colour=red", Sample.Patient(Sample.Tag()))).Expect(Created);
        (await hub.Fhir.GetAsync($"Patient/{made.Id}?colour=red")).Expect(OK);
        (await hub.Fhir.DeleteAsync($"Patient/{made.Id}/_history?colour=red")).Expect(NoContent);
        (await hub.Fhir.GetAsync($"Patient/{made.Id}/$meta?colour=red")).Expect(OK);
        (await hub.Fhir.GetAsync($"Patient/{made.Id}?colour=red", ("Prefer", "handling=strict")))
            .ExpectProblem(BadRequest, "'colour'");
    }

    [TestMethod]
    [DataRow("GET", "Patient/{id}")]
    [DataRow("GET", "Patient/{id}/_history/1")]
    [DataRow("GET", "Patient/{id}/_history")]
    [DataRow("POST", "Patient")]
    [DataRow("PUT", "Patient/{id}")]
    public async Task A_count_is_for_searches(string method, string path) =>
        (await SendAsync(method, path, "?_summary=count")).ExpectProblem(BadRequest, "_summary=count");

    [TestMethod]
    public async Task The_answer_to_a_write_is_cut_as_asked()
    {
        var answer = (await Fhir.PostAsync("Patient?_elements=identifier", Sample.Patient(Sample.Tag()))).Expect(Created);
        Assert.IsNotNull(answer.Json["identifier"]);
        Assert.IsNull(answer.Json["name"]);
        Assert.IsNotNull((await Fhir.GetAsync($"Patient/{answer.Id}")).Json["name"]);
        var tag = Sample.Tag();
        (await Fhir.PostAsync("Patient?_elements=colour", Sample.Patient(tag))).ExpectProblem(BadRequest, "colour");
        Assert.IsEmpty((await Fhir.GetAsync($"Patient?{Sample.ByTag(tag)}")).Entries);
    }

    [TestMethod]
    public async Task A_history_is_cut_as_asked()
    {
        var made = (await Fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()))).Expect(Created);
        await Fhir.PutAsync($"Patient/{made.Id}", Sample.Patient(Sample.Tag(), id: made.Id));
        var history = (await Fhir.GetAsync($"Patient/{made.Id}/_history?_summary=data")).Expect(OK);
        Assert.HasCount(2, history.Entries);
        Assert.IsTrue(history.Entries.All(e =>
            e["resource"]?["meta"]?["tag"]?[0]?["code"]?.ToString() == "SUBSETTED"), history.Text);
    }

    [TestMethod]
    [DataRow("_count=10")]
    [DataRow("_summary=true")]
    [DataRow("_elements=id&_total=none")]
    public async Task What_says_only_how_to_answer_is_no_condition(string query)
    {
        (await Fhir.DeleteAsync($"Basic?{query}")).ExpectProblem(PreconditionFailed, "every Basic");
        (await Fhir.PutAsync($"Patient?{query}", Sample.Patient(Sample.Tag())))
            .ExpectProblem(PreconditionFailed, "every Patient");
    }

    [TestMethod]
    [DataRow("transaction", "POST", "Patient?colour=red")]
    [DataRow("transaction", "PUT", "Patient/{id}?colour=red")]
    [DataRow("transaction", "PUT", "Patient?colour=red")]
    [DataRow("transaction", "DELETE", "Patient/{id}?colour=red")]
    [DataRow("transaction", "GET", "Patient/{id}?colour=red")]
    [DataRow("batch", "POST", "Patient?colour=red")]
    [DataRow("batch", "PUT", "Patient/{id}?colour=red")]
    [DataRow("batch", "DELETE", "Patient/{id}?colour=red")]
    [DataRow("batch", "GET", "Patient/{id}?colour=red")]
    public async Task The_entries_of_a_bundle_are_no_exception(string type, string method, string url)
    {
        var answer = await Fhir.PostAsync("", Bundle(type, method, url));
        if (type == "transaction")
        {
            answer.ExpectProblem(BadRequest, "'colour'", "Bundle.entry[0]");
        }
        else
        {
            answer.Expect(OK);
            Assert.AreEqual("400 Bad Request", answer.Json["entry"]?[0]?["response"]?["status"]?.ToString());
            StringAssert.Contains(answer.Text, "'colour'");
        }

        (await Fhir.GetAsync($"Patient/{_id}")).Expect(OK);
    }

    [TestMethod]
    [DataRow("transaction")]
    [DataRow("batch")]
    public async Task A_lenient_bundle_goes_without_them(string type)
    {
        var answer = (await Fhir.PostAsync(
            "", Bundle(type, "PUT", "Patient/{id}?colour=red"), ("Prefer", "handling=lenient"))).Expect(OK);
        Assert.AreEqual("200 OK", answer.Json["entry"]?[0]?["response"]?["status"]?.ToString());
    }

    [TestMethod]
    public async Task The_format_of_an_entry_is_that_of_its_bundle()
    {
        var answer = (await Fhir.PostAsync("", Bundle("batch", "GET", "Patient/{id}?_format=xml"))).Expect(OK);
        Assert.AreEqual(_id, answer.Entries[0]["resource"]?["id"]?.ToString());
    }

    static string Bundle(string type, string method, string url)
    {
        var resource = method is "GET" or "DELETE" ? "" : $"\"resource\":{Sample.Patient(Sample.Tag(), id: _id)},";
        return $$$"""
            {"resourceType":"Bundle","type":"{{{type}}}","entry":[{{{{resource}}}"request":{"method":"{{{method}}}",
            "url":"{{{url.Replace("{id}", _id)}}}"}}]}
            """;
    }

    static Task<Answer> SendAsync(
        string method, string path, string query, params (string Name, string Value)[] headers)
    {
        var isSearch = path.EndsWith("_search", StringComparison.Ordinal);
        var isRead = isSearch || method is "GET" or "HEAD" or "DELETE";
        var body = isRead ? null : Encoding.UTF8.GetBytes(Sample.Patient(Sample.Tag(), id: _id));
        if (method == "PATCH")
        {
            (body, headers) = ("[]"u8.ToArray(), [("Content-Type", "application/json-patch+json"), .. headers]);
        }

        return Fhir.SendAsync(new HttpMethod(method), path.Replace("{id}", _id) + query, body, headers);
    }
}
