using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using FhirHub.EndToEnd.Hub;

namespace FhirHub.EndToEnd.Robustness;

/// <summary>Whatever comes in, the server answers or closes, says why in FHIR, and goes on in its memory.</summary>
[TestClass]
public sealed class RobustnessTests
{
    const int Requests = 6000;
    const int Connections = 8;
    const int ShownMax = 5;
    const int BodyBytesMax = 256 * 1024;
    const long ResidentBytesMax = 600L * 1024 * 1024;

    /// <summary>HUB_HOSTILE_SEED asks for other requests than those of every run.</summary>
    static readonly int Seed = int.TryParse(
        Environment.GetEnvironmentVariable("HUB_HOSTILE_SEED"), CultureInfo.InvariantCulture, out var seed)
        ? seed
        : 20261125;

    [TestMethod]
    public async Task Thousands_of_damaged_requests_get_no_fault_and_no_crash()
    {
        await using var hub = await HubProcess.StartAsync(null, $"--Hub:BodyBytesMax={BodyBytesMax}");
        await ValidRequest.PrepareAsync(hub.Fhir);
        var random = new Random(Seed);
        var mutator = new RequestMutator(random);
        var requests = Enumerable.Range(0, Requests).Select(_ => mutator.Next()).ToList();
        var problems = new ConcurrentQueue<string>();
        var answers = new ConcurrentDictionary<HttpStatusCode, int>();
        var limit = new ParallelOptions { MaxDegreeOfParallelism = Connections };
        await Parallel.ForEachAsync(requests.Index(), limit, async (item, _) =>
        {
            var answer = await SendAsync(hub, item.Item);
            answers.AddOrUpdate(answer?.Status ?? 0, 1, (_, count) => count + 1);
            if (Problem(item.Item, answer) is { } problem)
            {
                problems.Enqueue($"request {item.Index}: {problem}\n{item.Item}\n{answer?.Status} {answer?.Text}\n");
            }
        });

        var told = string.Join(", ", answers.OrderBy(a => a.Key).Select(a => $"{(int)a.Key}: {a.Value}"));
        Assert.IsEmpty(problems, $"seed {Seed}; {told}\n{string.Join('\n', problems.Take(ShownMax))}\n{hub.Output}");
        // Damage that is refused at the door shows nothing: all kinds of answers must have been reached.
        Assert.IsGreaterThan(Requests / 10, answers.GetValueOrDefault(HttpStatusCode.OK), told);
        Assert.IsGreaterThan(Requests / 10, answers.GetValueOrDefault(HttpStatusCode.BadRequest), told);
        Assert.IsLessThan(ResidentBytesMax, hub.PeakResidentBytes, told);
        var ready = hub.Fhir.BaseUrl.Replace("/fhir", "/health/ready", StringComparison.Ordinal);
        _ = await Patience.UntilAsync(
            async () => await hub.Fhir.GetAsync(ready) is { Status: HttpStatusCode.OK } answer ? answer : null,
            () => "a server that is ready");
        (await hub.Fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()))).Expect(HttpStatusCode.Created);
        Assert.AreEqual(0, await hub.StopAsync(), hub.Output);
        Assert.DoesNotContain("fail:", hub.Output); // all of it, once the process has ended
        var (code, output) = await HubCommand.RunAsync("check", "--data", hub.Folder);
        Assert.AreEqual(0, code, output);
    }

    [TestMethod]
    public async Task Clients_that_never_finish_hold_nobody_up_and_are_cut_off()
    {
        const int Slow = 150;
        await using var hub = await HubProcess.StartAsync();
        var server = new Uri(hub.Fhir.BaseUrl);
        string[] beginnings =
        [
            "GET /fhir/Pat", "POST /fhir/Patient HTTP/1.1\r\nHost: a\r\nContent-Ty", "",
            "POST /fhir/Patient HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n{\"resourceType\":",
            "POST /fhir HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"res",
        ];
        var slow = new List<System.Net.Sockets.Socket>();
        for (var i = 0; i < Slow; i++)
        {
            slow.Add(await RawClient.ConnectAsync(server));
            await slow[i].SendAsync(Encoding.ASCII.GetBytes(beginnings[i % beginnings.Length]));
        }

        for (var i = 0; i < 20; i++)
        {
            (await hub.Fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()))).Expect(HttpStatusCode.Created);
        }

        // One that sends nothing at all is only idle; each of the others is told off or just closed.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        foreach (var (socket, i) in slow.Select((socket, i) => (socket, i)))
        {
            if (beginnings[i % beginnings.Length].Length > 0)
            {
                await using var stream = new System.Net.Sockets.NetworkStream(socket);
                using var received = new MemoryStream();
                await stream.CopyToAsync(received, patience.Token);
                var answer = Encoding.Latin1.GetString(received.ToArray());
                var isCut = answer.Length == 0 || answer.StartsWith("HTTP/1.1 408", StringComparison.Ordinal);
                Assert.IsTrue(isCut, answer);
            }

            socket.Dispose();
        }

        Assert.AreEqual(0, await hub.StopAsync(), hub.Output);
    }

    /// <summary>The answer; a server that died is a failure of its own.</summary>
    static async Task<Answer?> SendAsync(HubProcess hub, HostileRequest request)
    {
        try
        {
            return await RawClient.SendAsync(new Uri(hub.Fhir.BaseUrl), request);
        }
        catch (Exception failed) when (failed is System.Net.Sockets.SocketException or OperationCanceledException)
        {
            throw new AssertFailedException($"No answer ({failed.Message}) to {request}\n{hub.Output}", failed);
        }
    }

    /// <summary>What is wrong with the answer; null when nothing is.</summary>
    static string? Problem(HostileRequest request, Answer? answer)
    {
        if (answer is null)
        {
            return request.IsUnfinished || request.IsRaw ? null : "closed without an answer";
        }

        // Readiness is about a writer that is slow as well, and this one has much to do.
        if (answer.Status == HttpStatusCode.ServiceUnavailable
            && answer.Text.StartsWith("{\"status\":\"unavailable\"", StringComparison.Ordinal))
        {
            return null;
        }

        // Damage to the request line may be a version of HTTP that nobody speaks.
        if ((int)answer.Status >= 500 && !(request.IsRaw && answer.Status == HttpStatusCode.HttpVersionNotSupported))
        {
            return "a fault";
        }

        if (request.Method == "HEAD" || answer.Bytes.Length == 0)
        {
            return null;
        }

        var type = answer.Header("Content-Type") ?? "";
        if (answer.Header("Content-Encoding") is not null)
        {
            return null;
        }

        var name = type.StartsWith("application/fhir+json", StringComparison.Ordinal) ? JsonName(answer)
            : type.StartsWith("application/fhir+xml", StringComparison.Ordinal) ? XmlName(answer)
            : (int)answer.Status < 400 ? "" : $"a body of type {type}";
        return (int)answer.Status < 400 ? (name is null ? "a body that cannot be read" : null)
            : name == "OperationOutcome" ? null : $"no OperationOutcome but {name}";
    }

    static string? JsonName(Answer answer)
    {
        try
        {
            return JsonNode.Parse(answer.Bytes)?["resourceType"]?.ToString();
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    static string? XmlName(Answer answer)
    {
        try
        {
            return XDocument.Parse(answer.Text).Root?.Name.LocalName;
        }
        catch (System.Xml.XmlException)
        {
            return null;
        }
    }
}
