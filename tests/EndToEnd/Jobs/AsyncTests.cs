using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using FhirHub.EndToEnd.Hub;

namespace FhirHub.EndToEnd.Jobs;

/// <summary>The asynchronous pattern as https://hl7.org/fhir/R4/async.html has it.</summary>
[TestClass]
public sealed class AsyncTests
{
    static FhirClient Fhir => SharedHub.Fhir;

    [TestMethod]
    public async Task A_search_is_finished_with_a_manifest_and_its_result_is_what_the_search_would_have_answered()
    {
        var tag = Sample.Tag();
        await PutPatientsAsync(tag, 3);
        var search = $"Patient?{Sample.ByTag(tag)}&_count=2";
        var before = TimeProvider.System.GetUtcNow();

        var job = await AsyncRequest.GetAsync(Fhir, search);
        var status = (await job.FinishAsync(Fhir)).Expect(HttpStatusCode.OK);
        var manifest = status.Json;

        Assert.AreEqual("application/json", status.Header("Content-Type"));
        var expires = DateTimeOffset.Parse(status.Header("Expires") ?? "", CultureInfo.InvariantCulture);
        Assert.IsGreaterThan(before, expires);
        var time = DateTimeOffset.Parse($"{manifest["transactionTime"]}", CultureInfo.InvariantCulture);
        var after = TimeProvider.System.GetUtcNow().AddSeconds(1);
        Assert.IsTrue(time > before.AddSeconds(-1) && time <= after, $"{time:o}");
        Assert.AreEqual(new Uri($"{Fhir.BaseUrl}/{search}").AbsoluteUri, $"{manifest["request"]}");
        Assert.AreEqual("false", $"{manifest["requiresAccessToken"]}");
        var output = Assert.ContainsSingle((JsonArray)manifest["output"]!);
        Assert.AreEqual("Bundle", $"{output?["type"]}");
        Assert.AreEqual("1", $"{output?["count"]}");
        Assert.IsEmpty((JsonArray)manifest["error"]!);
        var direct = (await Fhir.GetAsync(search)).Expect(HttpStatusCode.OK);
        var (now, then) = (direct.Json, await job.ResultAsync(Fhir));
        Assert.AreEqual(await NextPageAsync(now), await NextPageAsync(then));
        Assert.AreEqual(now.ToJsonString(), then.ToJsonString());
    }

    [TestMethod]
    public async Task A_result_is_one_line_of_NDJSON_unless_JSON_or_XML_is_asked_for()
    {
        var tag = Sample.Tag();
        var written = Sample.Patient(tag).Replace("\"name\":", "\r\n\"name\":", StringComparison.Ordinal);
        (await Fhir.PostAsync("Patient", written)).Expect(HttpStatusCode.Created);
        var job = await AsyncRequest.GetAsync(Fhir, $"Patient?{Sample.ByTag(tag)}&_format=xml");
        await job.FinishAsync(Fhir);

        var lines = (await Fhir.GetAsync(job.Result)).Expect(HttpStatusCode.OK);
        var json = (await Fhir.GetAsync(job.Result, ("Accept", "application/fhir+json"))).Expect(HttpStatusCode.OK);
        var xml = (await Fhir.GetAsync(job.Result, ("Accept", "application/fhir+xml"))).Expect(HttpStatusCode.OK);

        Assert.AreEqual("application/fhir+ndjson", lines.Header("Content-Type"));
        Assert.AreEqual(lines.Text.Length - 1, lines.Text.IndexOf('\n'));
        Assert.DoesNotContain("\r", lines.Text);
        Assert.AreEqual(json.Json.ToJsonString(), lines.Json.ToJsonString());
        Assert.AreEqual("application/fhir+json; charset=utf-8", json.Header("Content-Type"));
        Assert.HasCount(1, json.Entries);
        Assert.Contains("<Bundle xmlns=\"http://hl7.org/fhir\">", xml.Text);
    }

    [TestMethod]
    public async Task A_search_by_POST_history_and_operations_are_answered_as_they_would_be_at_once()
    {
        var tag = Sample.Tag();
        var id = (await PutPatientsAsync(tag, 1))[0];
        await Fhir.PutAsync($"Patient/{id}", Sample.Patient(tag, "Li", id));

        foreach (var path in (string[])[$"Patient/{id}/_history", $"Patient/{id}/$everything", $"Patient/{id}/$meta"])
        {
            var job = await AsyncRequest.GetAsync(Fhir, path);
            var direct = (await Fhir.GetAsync(path)).Expect(HttpStatusCode.OK).Json;
            Assert.AreEqual(direct.ToJsonString(), (await job.ResultAsync(Fhir)).ToJsonString(), path);
        }

        const string Form = "application/x-www-form-urlencoded";
        var search = await AsyncRequest.PostAsync(Fhir, "Patient/_search", Sample.ByTag(tag), type: Form);
        Assert.AreEqual(id, $"{(await search.ResultAsync(Fhir))["entry"]?[0]?["resource"]?["id"]}");
    }

    [TestMethod]
    public async Task A_batch_is_answered_entry_by_entry_with_as_much_as_its_other_preference_wants()
    {
        var tag = Sample.Tag();
        var batch = AsyncRequest.Bundle(
            "batch",
            AsyncRequest.Create(Sample.Patient(tag)),
            AsyncRequest.Get("Patient/does-not-exist"),
            AsyncRequest.Get($"Patient?{Sample.ByTag(tag)}"));

        var job = await AsyncRequest.PostAsync(Fhir, "", batch, "respond-async, return=minimal");
        var response = await job.ResultAsync(Fhir);

        Assert.AreEqual("batch-response", $"{response["type"]}");
        Assert.AreEqual("201 Created 404 Not Found 200 OK", Statuses(response));
        Assert.IsNull(response["entry"]?[0]?["resource"]);
        Assert.AreEqual("1", $"{response["entry"]?[2]?["resource"]?["entry"]?.AsArray().Count}");
    }

    [TestMethod]
    public async Task A_transaction_is_committed_and_one_that_fails_changes_nothing_and_is_answered_500()
    {
        var (good, bad) = (Sample.Tag(), Sample.Tag());
        var done = await AsyncRequest.PostAsync(
            Fhir, "", AsyncRequest.Bundle("transaction", AsyncRequest.Create(Sample.Patient(good))));
        var failed = await AsyncRequest.PostAsync(
            Fhir,
            "",
            AsyncRequest.Bundle(
                "transaction",
                AsyncRequest.Create(Sample.Patient(bad)),
                AsyncRequest.Entry("PUT", "Patient/b", """{"resourceType":"Patient","id":"a"}""")));

        Assert.AreEqual("201 Created", Statuses(await done.ResultAsync(Fhir)));
        (await failed.FinishAsync(Fhir)).ExpectProblem(
            HttpStatusCode.InternalServerError, "Bundle.entry[1]", "would have been answered 400 Bad Request");
        Assert.HasCount(1, (await Fhir.GetAsync($"Patient?{Sample.ByTag(good)}")).Entries);
        Assert.IsEmpty((await Fhir.GetAsync($"Patient?{Sample.ByTag(bad)}")).Entries);
    }

    [TestMethod]
    public async Task The_answers_own_status_is_in_the_manifest_and_in_a_batch_response()
    {
        var tag = Sample.Tag();
        var id = (await PutPatientsAsync(tag, 1))[0];
        var composition = (await Fhir.PostAsync(
            "Composition",
            $$"""
            {"resourceType":"Composition","status":"final","type":{"text":"x"},"date":"2026-01-01","title":"x",
            "subject":{"reference":"Patient/{{id}}"},"author":[{"reference":"Patient/{{id}}"}]}
            """)).Expect(HttpStatusCode.Created).Id;

        var kept = await AsyncRequest.GetAsync(Fhir, $"Composition/{composition}/$document?persist=true");
        var missing = await AsyncRequest.GetAsync(Fhir, "Composition/does-not-exist/$document");

        var extension = (await kept.FinishAsync(Fhir)).Expect(HttpStatusCode.OK).Json["extension"];
        Assert.AreEqual("201 Created", $"{extension?["status"]}");
        var location = $"{extension?["location"]}";
        Assert.StartsWith(Fhir.BaseUrl + "/Bundle/", location);
        (await Fhir.GetAsync(location)).Expect(HttpStatusCode.OK);
        var entry = (await Fhir.GetAsync(kept.Response)).Expect(HttpStatusCode.OK).Json["entry"]?[0];
        Assert.AreEqual(location, $"{entry?["response"]?["location"]}");
        Assert.AreEqual("document", $"{entry?["resource"]?["type"]}");
        (await missing.FinishAsync(Fhir)).ExpectProblem(HttpStatusCode.InternalServerError, "404 Not Found");
        var failure = (await Fhir.GetAsync(missing.Response)).Expect(HttpStatusCode.OK).Json["entry"]?[0]?["response"];
        Assert.AreEqual("404 Not Found", $"{failure?["status"]}");
        Assert.AreEqual("not-found", $"{failure?["outcome"]?["issue"]?[0]?["code"]}");
    }

    [TestMethod]
    public async Task A_request_without_a_resource_in_its_answer_has_no_output()
    {
        var id = (await PutPatientsAsync(Sample.Tag(), 1))[0];
        var composition = (await Fhir.PostAsync(
            "Composition",
            $$"""
            {"resourceType":"Composition","status":"final","type":{"text":"x"},"date":"2026-01-01","title":"x",
            "author":[{"reference":"Patient/{{id}}"}]}
            """)).Expect(HttpStatusCode.Created).Id;

        var job = await AsyncRequest.GetAsync(
            Fhir, $"Composition/{composition}/$document?persist=true", "return=minimal, respond-async");
        var manifest = (await job.FinishAsync(Fhir)).Expect(HttpStatusCode.OK).Json;

        Assert.IsEmpty((JsonArray)manifest["output"]!);
        Assert.AreEqual("201 Created", $"{manifest["extension"]?["status"]}");
        (await Fhir.GetAsync(job.Result)).ExpectProblem(HttpStatusCode.NotFound, "without a resource");
    }

    [TestMethod]
    public async Task A_search_that_is_wrong_is_refused_at_once()
    {
        (await Fhir.GetAsync("Patient?no-such-parameter=1", ("Prefer", "respond-async")))
            .ExpectProblem(HttpStatusCode.BadRequest, "no-such-parameter");
        (await Fhir.PostAsync(
            "Patient/_search",
            "no-such-parameter=1",
            ("Prefer", "respond-async"),
            ("Content-Type", "application/x-www-form-urlencoded")))
            .ExpectProblem(HttpStatusCode.BadRequest, "no-such-parameter");
        (await Fhir.GetAsync("Patient?_outputFormat=text/csv", ("Prefer", "respond-async")))
            .ExpectProblem(HttpStatusCode.BadRequest, "_outputFormat");
        (await Fhir.GetAsync("Patient", ("Prefer", "respond-async"), ("Accept", "text/csv")))
            .ExpectProblem(HttpStatusCode.NotAcceptable, "Accept");
    }

    [TestMethod]
    [DataRow("application/fhir%2Bndjson")]
    [DataRow("application/fhir+ndjson")]
    [DataRow("application/ndjson")]
    [DataRow("ndjson")]
    public async Task The_format_of_the_files_may_be_named(string format)
    {
        var search = $"Patient?_id=none&_outputFormat={format}";
        var job = await AsyncRequest.GetAsync(Fhir, search);

        var manifest = (await job.FinishAsync(Fhir)).Expect(HttpStatusCode.OK).Json;

        Assert.AreEqual($"{Fhir.BaseUrl}/{search}", $"{manifest["request"]}");
    }

    [TestMethod]
    public async Task Interactions_with_one_resource_do_not_take_long_and_ignore_the_preference()
    {
        var created = (await Fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()), ("Prefer", "respond-async")))
            .Expect(HttpStatusCode.Created);
        var id = created.Id;

        (await Fhir.GetAsync($"Patient/{id}", ("Prefer", "respond-async"))).Expect(HttpStatusCode.OK);
        (await Fhir.GetAsync($"Patient/{id}/_history/1", ("Prefer", "respond-async"))).Expect(HttpStatusCode.OK);
        (await Fhir.GetAsync("metadata", ("Prefer", "respond-async"))).Expect(HttpStatusCode.OK);
        (await Fhir.HeadAsync("Patient", ("Prefer", "respond-async"))).Expect(HttpStatusCode.OK);
        (await Fhir.PutAsync($"Patient/{id}", Sample.Patient(Sample.Tag(), id: id), ("Prefer", "respond-async")))
            .Expect(HttpStatusCode.OK);
        (await Fhir.DeleteAsync($"Patient/{id}", ("Prefer", "respond-async"))).Expect(HttpStatusCode.NoContent);
    }

    [TestMethod]
    public async Task A_request_that_is_deleted_is_not_found_afterwards()
    {
        var job = await AsyncRequest.GetAsync(Fhir, "Patient?_id=none");
        await job.FinishAsync(Fhir);

        var deleted = (await Fhir.DeleteAsync(job.Path)).Expect(HttpStatusCode.Accepted);

        Assert.AreEqual("OperationOutcome", $"{deleted.Json["resourceType"]}");
        (await Fhir.GetAsync(job.Path)).ExpectProblem(HttpStatusCode.NotFound, "asynchronous request");
        (await Fhir.GetAsync(job.Result)).ExpectProblem(HttpStatusCode.NotFound, "asynchronous request");
        (await Fhir.GetAsync(job.Response)).ExpectProblem(HttpStatusCode.NotFound, "asynchronous request");
        (await Fhir.DeleteAsync(job.Path)).ExpectProblem(HttpStatusCode.NotFound, "asynchronous request");
    }

    [TestMethod]
    public async Task The_address_of_a_state_is_no_resource()
    {
        (await Fhir.GetAsync("_async/none")).ExpectProblem(HttpStatusCode.NotFound, "asynchronous request");
        var refused = await Fhir.PostAsync("_async/none", "{}");
        refused.ExpectProblem(HttpStatusCode.MethodNotAllowed, "POST");
        Assert.AreEqual("DELETE, GET, HEAD, OPTIONS", refused.Header("Allow"));
        (await Fhir.PutAsync("_async/none", "{}")).ExpectProblem(HttpStatusCode.MethodNotAllowed, "PUT");
    }

    [TestMethod]
    public async Task Jobs_are_measured()
    {
        await (await AsyncRequest.GetAsync(Fhir, "Patient?_id=none")).FinishAsync(Fhir);

        var metrics = (await Fhir.GetAsync(Fhir.BaseUrl.Replace("/fhir", "/metrics", StringComparison.Ordinal))).Text;

        Assert.Contains("# TYPE fhirhub_jobs_waiting gauge", metrics);
        Assert.Contains("# TYPE fhirhub_jobs_running gauge", metrics);
        Assert.Contains("interaction=\"async-status\",status=\"200\"", metrics);
    }

    internal static string Statuses(JsonNode bundle) =>
        string.Join(' ', bundle["entry"]!.AsArray().Select(e => $"{e?["response"]?["status"]}"));

    static async Task<List<string>> PutPatientsAsync(string tag, int count)
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            ids.Add((await Fhir.PostAsync("Patient", Sample.Patient(tag))).Expect(HttpStatusCode.Created).Id);
        }

        return ids;
    }

    /// <summary>
    /// Takes the link to the next page off a bundle and follows it. The link itself says as of which commit its page
    /// is, and so is another for a search that was answered later: other tests write to the same hub in between.
    /// </summary>
    static async Task<string> NextPageAsync(JsonNode bundle)
    {
        var links = bundle["link"]!.AsArray();
        var next = links.Single(l => $"{l?["relation"]}" == "next")!;
        links.Remove(next);
        var page = (await Fhir.GetAsync($"{next["url"]}")).Expect(HttpStatusCode.OK).Json;
        return page["total"] + page["entry"]!.ToJsonString();
    }
}
