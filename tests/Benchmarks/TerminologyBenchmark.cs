using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace FhirHub.Benchmarks;

/// <summary>
/// The terminology operations over HTTP, on a synthetic code system of 100,000 codes in ten levels with Chinese names.
/// </summary>
static class TerminologyBenchmark
{
    const int Port = 18_735;
    const int Codes = 100_000;
    const int Rounds = 300;
    const int WarmUps = 30;
    const double Seconds = 8;
    const string Url = "urn:bench";

    /// <summary>Syllables of invented names: enough that filters find few of many.</summary>
    static readonly string[] Words =
        ["急性", "慢性", "先天", "妊娠", "产后", "新生儿", "支气管", "肺", "肝", "肾", "高血压", "糖尿病", "贫血", "感染", "炎", "症"];

    internal static async Task RunAsync(Report report)
    {
        var folder = Path.Combine(Corpus.RepositoryRoot, "artifacts", "bench", "terminology");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        using var server = await ServerProcess.HubAsync(folder, Port);
        using var client = new LoadClient();
        await client.ConnectAsync(Port);
        report.Section("Terminology: 100,000 codes in ten levels, over HTTP");
        report.Note("resident before any question", server.ResidentMegabytes, "MB");
        await StoreAsync(client);
        report.Note("first $lookup, which makes the arrays", await FirstAsync(client, Lookup(0)), "ms");
        report.Note("first $expand with a filter, which makes the index", await FirstAsync(client, Expand("急性")), "ms");

        await LoadedAsync(report, "$lookup", Lookup);
        await LoadedAsync(report, "$validate-code of a code system", Validate);
        await LoadedAsync(report, "$validate-code of a value set", ValidateInSet);
        string[] filters = ["急性肺炎", "jixing fei", "gxy", "c777", "妊娠 感染", "zhiqiguanyan"];
        await OneAsync(report, client, "$expand with a filter, count=20, p50", 5, i => Expand(filters[i % filters.Length]));
        await OneAsync(report, client, "$subsumes, p50", 1, Subsumes);
        report.Note("resident after all this", server.ResidentMegabytes, "MB");
    }

    static async Task StoreAsync(LoadClient client)
    {
        var json = new StringBuilder(16 * 1024 * 1024)
            .Append(CultureInfo.InvariantCulture, $$"""{"resourceType":"CodeSystem","id":"bench","url":"{{Url}}",""")
            .Append("""
                "version":"1","status":"active","caseSensitive":true,"content":"complete",
                "property":[{"code":"parent","uri":"http://hl7.org/fhir/concept-properties#parent","type":"code"}],"concept":[
                """);
        for (var i = 0; i < Codes; i++)
        {
            // Each code has three below it, which makes ten levels of a hundred thousand.
            var parent = i == 0 ? "" : $$""","property":[{"code":"parent","valueCode":"c{{(i - 1) / 3}}"}]""";
            json.Append(i == 0 ? "" : ",")
                .Append(CultureInfo.InvariantCulture, $$"""{"code":"c{{i}}","display":"{{Name(i)}} {{i}}"{{parent}}}""");
        }

        var stored = await client.SendAsync(LoadClient.Request("PUT", "/fhir/CodeSystem/bench", json.Append("]}").ToString()));
        if (stored != 201)
        {
            throw new InvalidOperationException($"The code system was answered with {stored}.");
        }
    }

    /// <summary>Three of the words, another combination for each of the first four thousand codes.</summary>
    static string Name(int i)
    {
        var count = Words.Length;
        return Words[i % count] + Words[i / count % count] + Words[i / (count * count) % count];
    }

    static async Task<double> FirstAsync(LoadClient client, byte[] request)
    {
        var started = Stopwatch.GetTimestamp();
        await client.SendAsync(request);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    static async Task LoadedAsync(Report report, string what, Func<int, byte[]> request)
    {
        var requests = Enumerable.Range(0, 1_000).Select(i => request(i * 97 % Codes)).ToArray();
        var sent = 0;
        ReadOnlyMemory<byte> Next(LoadClient client, int number, int status) => requests[sent++ % requests.Length];
        await Load.RunAsync(Port, Seconds / 4, Next);
        var load = await Load.RunAsync(Port, Seconds, Next);
        report.AtLeast($"{what}, {Load.Clients} clients", load.PerSecond, 8_000, "requests/s");
        report.AtMost($"{what}, 99 %", load.Worst, 10, "ms");
        report.AtMost($"{what}, refused", load.Refused, 0, "");
    }

    static async Task OneAsync(Report report, LoadClient client, string what, double most, Func<int, byte[]> request)
    {
        var times = new double[Rounds];
        for (var i = -WarmUps; i < Rounds; i++)
        {
            var bytes = request(i + WarmUps);
            var started = Stopwatch.GetTimestamp();
            var status = await client.SendAsync(bytes);
            times[Math.Max(i, 0)] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (status != 200)
            {
                throw new InvalidOperationException($"{what} was answered with {status}.");
            }
        }

        report.AtMost(what, times.Order().ElementAt(Rounds / 2), most, "ms");
        report.Note($"{what[..^5]}, p99", times.Order().ElementAt(Rounds * 99 / 100), "ms");
    }

    static byte[] Lookup(int i) => Get($"CodeSystem/$lookup?system={Url}&code=c{i}");

    static byte[] Validate(int i) => Get($"CodeSystem/$validate-code?url={Url}&code=c{i}");

    static byte[] ValidateInSet(int i) => Get($"ValueSet/$validate-code?url={Set}&system={Url}&code=c{i}");

    static byte[] Subsumes(int i) => Get($"CodeSystem/$subsumes?system={Url}&codeA=c{i % 40}&codeB=c{i * 331 % Codes}");

    static byte[] Expand(string filter) =>
        Get($"ValueSet/$expand?url={Set}&count=20&filter={Uri.EscapeDataString(filter)}");

    static string Set => Uri.EscapeDataString($"{Url}?fhir_vs");

    static byte[] Get(string path) => LoadClient.Request("GET", "/fhir/" + path);
}
