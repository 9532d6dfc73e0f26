using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FhirHub.Benchmarks;

/// <summary>
/// What terminology costs where nobody asks for it by name: a search for the codes of a value set, and the definitions
/// of R4 and HL7 terminology at the start.
/// </summary>
static class TerminologySearchBenchmark
{
    const int Port = 18_736;
    const int Observations = 500_000;
    const int PerTransaction = 500;
    const int Clients = 4;
    const int Codes = 20_000;
    const int Listed = 10_000; // of them in the value set
    const int Patients = 5_000;
    const int Rounds = 40;
    const int WarmUps = 5;
    const int Starts = 5;
    const string System = "urn:bench:codes";
    const string Set = "urn:bench:set";

    static string Folder => Path.Combine(Corpus.RepositoryRoot, "artifacts", "bench", "terminology-search");

    internal static async Task RunAsync(Report report)
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        report.Section($"Terminology: searches over {Observations:N0} observations, and the start");
        using (var server = await ServerProcess.HubAsync(Folder, Port))
        {
            await DefineAsync();
            var watch = Stopwatch.StartNew();
            await FillAsync();
            report.Note("filled over HTTP", Observations / watch.Elapsed.TotalSeconds, "resources/s");
            using var client = new LoadClient(); // one from before would have been idle for too long
            await client.ConnectAsync(Port);
            await CompareAsync(report, client, "a page of 20", "_count=20", 2);
            // Here one token finds one observation or none, and the value set half of the patient's.
            await CompareAsync(report, client, "of one patient", "_count=20&subject=Patient/p7", null);
        }

        await StartAsync(report);
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A code system, and a value set of every other code of it.</summary>
    static async Task DefineAsync()
    {
        using var client = new LoadClient();
        await client.ConnectAsync(Port);
        var codes = string.Join(',', Enumerable.Range(0, Codes).Select(code => $$"""{"code":"c{{code}}","display":"Code {{code}}"}"""));
        await PutAsync(client, "CodeSystem/bench", $$"""
            {"resourceType":"CodeSystem","id":"bench","url":"{{System}}","status":"active","caseSensitive":true,
             "content":"complete","concept":[{{codes}}]}
            """);
        var listed = string.Join(',', Enumerable.Range(0, Listed).Select(code => $$"""{"code":"c{{code * 2}}"}"""));
        await PutAsync(client, "ValueSet/bench", $$"""
            {"resourceType":"ValueSet","id":"bench","url":"{{Set}}","status":"active",
             "compose":{"include":[{"system":"{{System}}","concept":[{{listed}}]}]} }
            """);
    }

    static async Task FillAsync()
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            using var client = new LoadClient();
            await client.ConnectAsync(Port);
            for (int part; (part = Interlocked.Increment(ref next)) < Observations / PerTransaction;)
            {
                var status = await client.SendAsync(LoadClient.Request("POST", "/fhir", Transaction(part)));
                if (status != 200)
                {
                    throw new InvalidOperationException($"A transaction was answered with {status}.");
                }
            }
        })));
    }

    static string Transaction(int part)
    {
        var bundle = new StringBuilder("""{"resourceType":"Bundle","type":"transaction","entry":[""");
        for (var i = 0; i < PerTransaction; i++)
        {
            var number = part * PerTransaction + i;
            bundle.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $$"""
                {"resource":{"resourceType":"Observation","id":"o{{number}}","status":"final","code":{"coding":[{"system":"{{System}}",
                "code":"c{{(number * 2_654_435_761L >> 8) % Codes}}"}]},"subject":{"reference":"Patient/p{{number % Patients}}"} },
                "request":{"method":"PUT","url":"Observation/o{{number}}"} }
                """);
        }

        return bundle.Append("]}").ToString();
    }

    /// <summary>Both searches in turns, so that what else the machine does falls on both.</summary>
    static async Task CompareAsync(Report report, LoadClient client, string what, string rest, double? most)
    {
        var token = new List<double>();
        var members = new List<double>();
        for (var round = -WarmUps; round < Rounds; round++)
        {
            var code = (round + WarmUps) * 2 % Codes;
            var single = await AskAsync(client, $"Observation?code={Uri.EscapeDataString(System)}%7Cc{code}&{rest}");
            var many = await AskAsync(client, $"Observation?code:in={Uri.EscapeDataString(Set)}&{rest}");
            if (round >= 0)
            {
                token.Add(single);
                members.Add(many);
            }
        }

        report.Note($"one token, {what}, p50", Median(token), "ms");
        report.Note($"code:in {Listed:N0} codes, {what}, p50", Median(members), "ms");
        var ratio = Median(members) / Median(token);
        if (most is { } target)
        {
            report.AtMost($"code:in to one token, {what}", ratio, target, "times");
        }
        else
        {
            report.Note($"code:in to one token, {what}", ratio, "times");
        }
    }

    static async Task<double> AskAsync(LoadClient client, string search)
    {
        var request = LoadClient.Request("GET", "/fhir/" + search);
        var started = Stopwatch.GetTimestamp();
        var status = await client.SendAsync(request);
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return status == 200 ? elapsed : throw new InvalidOperationException($"{search} was answered with {status}.");
    }

    /// <summary>Definitions are read when first asked for: what that adds to a start, and what all take.</summary>
    static async Task StartAsync(Report report)
    {
        const string Expansion = "/fhir/ValueSet/$expand?url=http://hl7.org/fhir/ValueSet/administrative-gender";
        var empty = Path.Combine(Folder, "empty");
        var (ready, asked) = (new List<double>(), new List<double>());
        for (var i = 0; i < Starts; i++)
        {
            using (var plain = await ServerProcess.HubAsync(empty, Port))
            {
                ready.Add(plain.StartTime.TotalSeconds);
            }

            using var used = await ServerProcess.HubAsync(empty, Port, Expansion, "\"female\"");
            asked.Add(used.StartTime.TotalSeconds);
        }

        report.Note($"start until ready (median of {Starts})", Median(ready), "s");
        report.AtMost("start until an expansion from R4 is answered, more", Median(asked) - Median(ready), 0.5, "s");

        using var server = await ServerProcess.HubAsync(empty, Port);
        var before = server.ResidentMegabytes;
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}/fhir/") };
        var systems = await SystemsAsync(http);
        report.AtMost(
            $"resident more with the list of {systems.Count:N0} code systems",
            server.ResidentMegabytes - before, 150, "MB");
        foreach (var system in systems)
        {
            using var answer = await http.GetAsync(new Uri(
                $"CodeSystem/$validate-code?url={Uri.EscapeDataString(system)}&code=x", UriKind.Relative));
        }

        report.AtMost("resident more with all of them in use", server.ResidentMegabytes - before, 150, "MB");
    }

    static async Task<List<string>> SystemsAsync(HttpClient http)
    {
        using var capabilities = JsonDocument.Parse(
            await http.GetStringAsync(new Uri("metadata?mode=terminology", UriKind.Relative)));
        return
        [
            .. capabilities.RootElement.GetProperty("codeSystem").EnumerateArray()
                .Select(system => system.GetProperty("uri").GetString() ?? ""),
        ];
    }

    static async Task PutAsync(LoadClient client, string path, string json)
    {
        var status = await client.SendAsync(LoadClient.Request("PUT", "/fhir/" + path, json));
        if (status != 201)
        {
            throw new InvalidOperationException($"{path} was answered with {status}.");
        }
    }

    static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
