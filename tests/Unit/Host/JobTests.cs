using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FhirHub.Core.Model;
using FhirHub.Core.Writes;
using FhirHub.Host;
using FhirHub.Host.Http;
using FhirHub.Host.Jobs;
using Microsoft.AspNetCore.Http;

namespace FhirHub.Unit.Host;

[TestClass]
public sealed class JobTests
{
    static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [TestMethod]
    [DataRow("respond-async", true)]
    [DataRow("return=minimal, Respond-Async", true)]
    [DataRow("respond-async; wait=5", true)]
    [DataRow("respond-async=", true)]
    [DataRow("return=minimal", false)]
    [DataRow("not-respond-async", false)]
    [DataRow("", false)]
    public void A_client_prefers_not_to_wait_by_that_word_only(string header, bool isAsync)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers["Prefer"] = header;

        Assert.AreEqual(isAsync, Preferences.IsAsync(http.Request));
    }

    [TestMethod]
    [DataRow("GET", "/fhir/{type}", true)]
    [DataRow("POST", "/fhir/{type}/_search", true)]
    [DataRow("GET", "/fhir/_history", true)]
    [DataRow("GET", "/fhir/{type}/{id}/_history", true)]
    [DataRow("POST", "/fhir/", true)]
    [DataRow("GET", "/fhir/Patient/{id}/$everything", true)]
    [DataRow("POST", "/fhir/$reindex", true)]
    [DataRow("HEAD", "/fhir/{type}", false)]
    [DataRow("GET", "/fhir/{type}/{id}", false)]
    [DataRow("GET", "/fhir/{type}/{id}/_history/{version}", false)]
    [DataRow("GET", "/fhir/metadata", false)]
    [DataRow("GET", "/fhir/_async/{job}", false)]
    [DataRow("POST", "/fhir/{type}", false)]
    [DataRow("PUT", "/fhir/{type}", false)]
    [DataRow("PATCH", "/fhir/{type}/{id}", false)]
    [DataRow("DELETE", "/fhir/_async/{job}", false)]
    public void What_may_take_long_is_all_but_interactions_with_one_resource(string method, string route, bool mayBe) =>
        Assert.AreEqual(mayBe, KickOff.MayTakeLong(method, route));

    [TestMethod]
    [DataRow("", "")]
    [DataRow("?name=a&_outputFormat=ndjson&_count=1", "?name=a&_count=1")]
    [DataRow("?_outputFormat=application%2Ffhir%2Bndjson", "")]
    [DataRow("?_outputFormat=application/fhir+ndjson", "")]
    [DataRow("?name=%E5%AD%99+a", "?name=%E5%AD%99+a")]
    public void The_format_of_files_is_no_part_of_the_request_itself(string query, string kept) =>
        Assert.AreEqual(kept, KickOff.WithoutOutputFormat(query));

    [TestMethod]
    [DataRow("?_outputFormat=csv")]
    [DataRow("?_outputFormat")]
    public void Another_format_of_files_is_refused(string query) =>
        Assert.ThrowsExactly<FhirException>(() => KickOff.WithoutOutputFormat(query));

    [TestMethod]
    public async Task A_resource_becomes_one_line_and_stays_the_same()
    {
        const string Json = "{\r\n \"resourceType\": \"Basic\",\n \"code\": {\"text\": \"a\\nb\"}\n}";
        using var line = new MemoryStream();

        await JobResult.WriteLineAsync(new MemoryStream(Encoding.UTF8.GetBytes(Json)), line, default);

        var text = Encoding.UTF8.GetString(line.ToArray());
        Assert.AreEqual(Json.Length + 1, text.Length);
        Assert.AreEqual(Json.Length, text.IndexOf('\n'));
        Assert.IsTrue(JsonNode.DeepEquals(JsonNode.Parse(Json), JsonNode.Parse(text)));
    }

    [TestMethod]
    [DataRow("""{"resourceType":"Bundle"}""")]
    [DataRow("""{"contained":[{"resourceType":"Patient"}],"resourceType":"Bundle"}""")]
    public void The_type_of_a_result_is_found_where_it_stands(string json) =>
        Assert.AreEqual("Bundle", ResourceTypeReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(json))));

    [TestMethod]
    public void The_type_of_a_result_is_found_behind_any_number_of_bytes()
    {
        var json = $$"""{"text":"{{new string('x', 300_000)}}","resourceType":"Bundle"}""";

        Assert.AreEqual("Bundle", ResourceTypeReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(json))));
    }

    [TestMethod]
    public void A_manifest_has_what_R4_requires()
    {
        var answer = Answer() with { ResourceType = "Bundle", ETag = "W/\"1\"" };

        var manifest = JsonNode.Parse(JobManifest.Make(Job(), answer, "http://hub/fhir/_async/j", false));

        Assert.AreEqual(
            """
            {"transactionTime":"2026-03-04T12:00:00.000Z","request":"http://hub/fhir/Patient?a=b&c",
            "requiresAccessToken":false,
            "output":[{"type":"Bundle","url":"http://hub/fhir/_async/j/result","count":1}],"error":[],
            "extension":{"status":"200 OK","etag":"W/\u00221\u0022","batchResponse":"http://hub/fhir/_async/j/response"}}
            """.ReplaceLineEndings(""),
            manifest?.ToJsonString().Replace("\\u0026", "&", StringComparison.Ordinal));
    }

    [TestMethod]
    public void A_manifest_of_an_answer_without_a_resource_has_no_output()
    {
        var manifest = JsonNode.Parse(JobManifest.Make(Job(), Answer(), "http://hub/fhir/_async/j", true));

        Assert.AreEqual("[]", manifest?["output"]?.ToJsonString());
        Assert.AreEqual("true", manifest?["requiresAccessToken"]?.ToJsonString());
    }

    [TestMethod]
    public void A_job_reads_back_as_it_was_kept()
    {
        var job = Job() with { Answer = Answer(), Starts = 2, Prefer = "return=minimal" };

        Assert.AreEqual(job, JsonSerializer.Deserialize<Job>(JsonSerializer.SerializeToUtf8Bytes(job)));
    }

    [TestMethod]
    public void Only_who_began_a_job_finds_it_and_only_as_long_as_it_is_kept()
    {
        var clock = new Clock { Now = Noon };
        using var queue = Queue(new HubOptions { JobsKeptHours = 1 }, clock);
        queue.Restore(Job() with { Answer = Answer() });

        Assert.AreEqual("j", queue.Find("j", Job().Caller).Job.Id);
        Assert.ThrowsExactly<FhirException>(() => queue.Find("j", Job().Caller with { Name = "other" }));
        Assert.ThrowsExactly<FhirException>(() => queue.Find("j", Job().Caller with { Tenant = "other" }));
        Assert.ThrowsExactly<FhirException>(() => queue.Find("k", Job().Caller));
        clock.Now = Noon.AddHours(1);
        Assert.ThrowsExactly<FhirException>(() => queue.Find("j", Job().Caller));
    }

    [TestMethod]
    public void No_more_jobs_wait_than_may()
    {
        using var queue = Queue(new HubOptions { JobsWaitingMax = 2 }, new Clock());
        queue.Reserve();
        queue.Restore(Job());

        var refused = Assert.ThrowsExactly<FhirException>(queue.Reserve);
        Assert.AreEqual(ProblemKind.Unavailable, refused.Problem.Kind);
        queue.Release();
        queue.Reserve();
    }

    [TestMethod]
    public async Task Jobs_are_taken_in_the_order_they_came()
    {
        using var queue = Queue(new HubOptions(), new Clock());
        queue.Restore(Job() with { Id = "a" });
        queue.Restore(Job() with { Id = "done", Answer = Answer() });
        queue.Restore(Job() with { Id = "b" });
        var taken = new List<string>();

        await foreach (var state in queue.TakeAsync(default))
        {
            taken.Add(state.Job.Id);
            if (taken.Count == 2)
            {
                break;
            }
        }

        Assert.AreEqual("a b", string.Join(' ', taken));
    }

    [TestMethod]
    public void What_a_job_commits_is_marked_with_the_job_and_the_entry()
    {
        var run = Run();

        Assert.AreEqual(new Provenance("job", "j", null), run.CallerAt(null).Provenance);
        Assert.AreEqual("j#Bundle.entry[3]", run.CallerAt("Bundle.entry[3]").Provenance.Message);
        Assert.AreEqual(Provenance.Rest, Provenance.Rest.At("Bundle.entry[3]"));
    }

    [TestMethod]
    public void An_operation_that_was_interrupted_runs_again_unless_it_had_created()
    {
        var (created, updated) = (Result(WriteOutcome.Created, 1), Result(WriteOutcome.Updated, 2));

        Assert.IsNull(Run().RecalledOperation(""));
        Assert.IsNull(Run(("", updated)).RecalledOperation(""));
        Assert.AreEqual(created, Run(("", created)).RecalledOperation("")?.Known);
        Assert.IsNull(Run(("", created)).RecalledOperation("Bundle.entry[0]"));
        var lost = Run(("", created), ("", updated)).RecalledOperation("")?.Lost;
        Assert.Contains("Basic/b version 1, Basic/b version 2", lost?.Text ?? "");
    }

    [TestMethod]
    public void Progress_counts_entries()
    {
        var run = Run();
        Assert.AreEqual("running", run.Progress);

        run.Expect(3);
        run.Advance();

        Assert.AreEqual("running: 1 of 3 entries", run.Progress);
    }

    static JobRun Run(params (string Place, WriteResult Result)[] made) =>
        new(Job(), made, new JobSteps(Folder(), "j"));

    static WriteResult Result(WriteOutcome outcome, long version) => new(
        outcome,
        new StoredResource(
            new ResourceKey("t", "Basic", "b"), version, Noon, WriteMethod.Post, new CommitPosition(version), default));

    static JobQueue Queue(HubOptions options, TimeProvider clock) => new(Folder(), options, clock);

    /// <summary>A folder that is not there: these tests write nothing.</summary>
    static JobFolder Folder() => new(new HubOptions { Data = "no-such-folder" });

    static JobAnswer Answer() => new() { Status = 200, Bytes = 1, TransactionTime = Noon, Finished = Noon };

    static Job Job() => new()
    {
        Id = "j",
        Caller = new Caller("t", "c"),
        Method = "GET",
        Url = "http://hub/fhir/Patient?a=b&c",
        Scheme = "http",
        Host = "hub",
        PathBase = "",
        Path = "/fhir/Patient",
        Query = "?a=b&c",
        IsRead = true,
        Position = 7,
        Accepted = Noon,
    };

    sealed class Clock : TimeProvider
    {
        internal DateTimeOffset Now { get; set; } = Noon;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
