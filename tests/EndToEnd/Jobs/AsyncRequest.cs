using System.Net;
using System.Text.Json.Nodes;
using FhirHub.EndToEnd.Hub;

namespace FhirHub.EndToEnd.Jobs;

/// <summary>A request that was accepted to be carried out later, as its client follows it.</summary>
sealed record AsyncRequest(string Status)
{
    const string Segment = "/_async/";

    /// <summary>The address below the base: a server that was started again has another port.</summary>
    internal string Path => Status[(Status.IndexOf(Segment, StringComparison.Ordinal) + 1)..];

    internal string Result => Path + "/result";

    internal string Response => Path + "/response";

    internal static async Task<AsyncRequest> GetAsync(FhirClient fhir, string path, string prefer = "respond-async") =>
        Accepted(fhir, await fhir.GetAsync(path, ("Prefer", prefer)));

    internal static async Task<AsyncRequest> PostAsync(
        FhirClient fhir, string path, string body, string prefer = "respond-async", string type = FhirClient.Json) =>
        Accepted(fhir, await fhir.PostAsync(path, body, ("Prefer", prefer), ("Content-Type", type)));

    static AsyncRequest Accepted(FhirClient fhir, Answer answer)
    {
        answer.Expect(HttpStatusCode.Accepted);
        var address = answer.Header("Content-Location") ?? "";
        Assert.StartsWith(fhir.BaseUrl + Segment, address);
        Assert.Contains("OperationOutcome", answer.Text);
        Assert.AreEqual("respond-async", answer.Header("Preference-Applied"));
        return new AsyncRequest(address);
    }

    /// <summary>Asks until the request is finished; the answer is whatever comes then.</summary>
    internal Task<Answer> FinishAsync(FhirClient fhir) => Patience.UntilAsync(
        async () =>
        {
            var answer = await fhir.GetAsync(Path);
            if (answer.Status != HttpStatusCode.Accepted)
            {
                return answer;
            }

            Assert.IsTrue(answer.Header("X-Progress") is { Length: > 0 and < 100 }, answer.Header("X-Progress"));
            Assert.IsGreaterThan(0, int.Parse(answer.Header("Retry-After") ?? "", null));
            return null;
        },
        () => Path);

    /// <summary>Waits until the condition holds while the request is still under way.</summary>
    internal Task WhileRunningAsync(FhirClient fhir, Func<Answer, Task<bool>> until) => Patience.UntilAsync(
        async () =>
        {
            var answer = (await fhir.GetAsync(Path)).Expect(HttpStatusCode.Accepted);
            return await until(answer) ? answer : null;
        },
        () => Path);

    /// <summary>The manifest's one result, as JSON.</summary>
    internal async Task<JsonNode> ResultAsync(FhirClient fhir)
    {
        var manifest = (await FinishAsync(fhir)).Expect(HttpStatusCode.OK).Json;
        var url = manifest["output"]?[0]?["url"]?.ToString()
            ?? throw new AssertFailedException(manifest.ToJsonString());
        Assert.EndsWith("/" + Result, url);
        return (await fhir.GetAsync(Result, ("Accept", FhirClient.Json))).Expect(HttpStatusCode.OK).Json;
    }

    /// <summary>A bundle of these entries.</summary>
    internal static string Bundle(string type, params IEnumerable<string> entries) =>
        $$"""{"resourceType":"Bundle","type":"{{type}}","entry":[{{string.Join(",\n", entries)}}]}""";

    internal static string Create(string resource, string more = "") => Entry("POST", "Patient", resource, more);

    internal static string Get(string url) => Entry("GET", url);

    internal static string Entry(string method, string url, string? resource = null, string more = "")
    {
        var content = resource is null ? "" : $"\"resource\":{resource},";
        return $"{{{content}\"request\":{{\"method\":\"{method}\",\"url\":\"{url}\"{more}}}}}";
    }

    /// <summary>A batch of creates that takes long enough to be looked at while it runs.</summary>
    internal static string LongBatch(string tag, int count) =>
        Bundle("batch", Enumerable.Range(0, count).Select(i => Create(Sample.Patient(tag, $"F{i}"))));
}
