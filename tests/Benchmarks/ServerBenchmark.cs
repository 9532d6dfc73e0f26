using System.Globalization;
using System.Text;

namespace FhirHub.Benchmarks;

/// <summary>
/// The server over HTTP, as a process beside the load on the same cores: 16 clients, each waiting for its answer.
/// Where a ratio is measured, the two sides take turns.
/// </summary>
static class ServerBenchmark
{
    const int Rounds = 5;
    const double RoundSeconds = 2;
    const int HubPort = 18_731;
    const int BarePort = 18_732;
    const int Stored = 1000;

    internal static async Task RunAsync(Report report, bool writesOnly = false)
    {
        var folder = Path.Combine(Corpus.RepositoryRoot, "artifacts", "bench", "server");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        using var hub = await ServerProcess.HubAsync(Path.Combine(folder, "hub"), HubPort);
        report.Section("Server: start and size on an empty store");
        report.AtMost("first correct answer", hub.StartTime.TotalSeconds, 1, "s");
        await Task.Delay(2000);
        report.AtMost("resident when idle", hub.ResidentMegabytes, 150, "MB");

        report.Section("Server: over HTTP, 16 clients on the same cores");
        if (!writesOnly)
        {
            await ReadAsync(report);
        }

        await CreateAsync(report, folder);
        await MixAsync(report);
        await TransactionsAsync(report);
        report.Note("resident after all this", hub.ResidentMegabytes, "MB");
    }

    static async Task ReadAsync(Report report)
    {
        using var bare = await ServerProcess.BareAsync(BarePort);
        var ids = new string[Stored];
        using (var client = new LoadClient())
        {
            await client.ConnectAsync(HubPort);
            for (var i = 0; i < Stored; i++)
            {
                var body = ServerSamples.Observation(i);
                _ = await client.SendAsync(LoadClient.Request("POST", "/fhir/Observation", body));
                ids[i] = IdOf(client);
            }
        }

        var requests = Array.ConvertAll(ids, id => LoadClient.Request("GET", $"/fhir/Observation/{id}"));
        var sent = 0;
        ReadOnlyMemory<byte> Next(LoadClient client, int number, int status) => requests[sent++ % Stored];
        await Load.RunAsync(BarePort, RoundSeconds, Next);
        await Load.RunAsync(HubPort, 2 * RoundSeconds, Next);
        var rounds = new List<(Load Hub, Load Bare)>();
        for (var i = 0; i < Rounds; i++)
        {
            var own = await Load.RunAsync(HubPort, RoundSeconds, Next);
            rounds.Add((own, await Load.RunAsync(BarePort, RoundSeconds, Next)));
        }

        var ratio = Median(rounds.Select(r => r.Hub.PerSecond / r.Bare.PerSecond));
        report.AtLeast("read by id against a bare endpoint", ratio, 0.5, "x");
        report.Note("read by id", Median(rounds.Select(r => r.Hub.PerSecond)), "requests/s");
        report.Note("read by id, 99 %", Median(rounds.Select(r => r.Hub.Worst)), "ms");
        report.Note("bare endpoint", Median(rounds.Select(r => r.Bare.PerSecond)), "requests/s");
        report.AtMost("read by id, not answered with success", rounds.Sum(r => r.Hub.Refused), 0, "");
    }

    static async Task CreateAsync(Report report, string folder)
    {
        var number = Stored;
        ReadOnlyMemory<byte> Next(LoadClient client, int _, int status) =>
            LoadClient.Request("POST", "/fhir/Observation", ServerSamples.Observation(number++));
        using var inserts = new BareInserts(
            Path.Combine(folder, "hub", "fhirhub.db"), Path.Combine(folder, "bare.db"));
        await Load.RunAsync(HubPort, RoundSeconds, Next);
        inserts.CatchUp();
        var rounds = new List<(Load Hub, double Bare)>();
        for (var i = 0; i < Rounds; i++)
        {
            rounds.Add((await Load.RunAsync(HubPort, RoundSeconds, Next), inserts.CatchUp()));
        }

        var ratio = Median(rounds.Select(r => r.Hub.PerSecond / r.Bare));
        report.AtLeast("create a 1 KB Observation against bare inserts", ratio, 0.4, "x");
        report.Note("create", Median(rounds.Select(r => r.Hub.PerSecond)), "requests/s");
        report.Note("create, 99 %", Median(rounds.Select(r => r.Hub.Worst)), "ms");
        report.Note("bare inserts, 16 resources a transaction", Median(rounds.Select(r => r.Bare)), "resources/s");
        report.AtMost("create, not answered with success", rounds.Sum(r => r.Hub.Refused), 0, "");
    }

    static async Task MixAsync(Report report)
    {
        var clients = Enumerable.Range(0, Load.Clients).Select(n => new MixClient(n)).ToArray();
        ReadOnlyMemory<byte> Next(LoadClient client, int number, int status) => clients[number].Next(client, status);
        await Load.RunAsync(HubPort, RoundSeconds, Next);
        Array.ForEach(clients, c => c.Restart());
        var load = await Load.RunAsync(HubPort, 3 * RoundSeconds, Next);
        report.AtLeast("create, read, update, delete over nine types", load.PerSecond, 3000, "requests/s");
        report.AtMost("the same, 99 %", load.Worst, 30, "ms");
        report.AtMost("the same, not answered with success", load.Refused, 0, "");
    }

    static async Task TransactionsAsync(Report report)
    {
        var bundles = Enumerable.Range(0, 64)
            .Select(n => LoadClient.Request("POST", "/fhir", ServerSamples.Transaction(n))).ToArray();
        var sent = 0;
        ReadOnlyMemory<byte> Next(LoadClient client, int number, int status) => bundles[sent++ % bundles.Length];
        await Load.RunAsync(HubPort, RoundSeconds, Next);
        var load = await Load.RunAsync(HubPort, 3 * RoundSeconds, Next);
        report.AtLeast("transactions of 100 entries", load.PerSecond * 100, 4000, "resources/s");
        report.Note("the same, 99 %", load.Worst, "ms");
        report.AtMost("the same, not answered with success", load.Refused, 0, "");
    }

    static string IdOf(LoadClient client)
    {
        var json = Encoding.UTF8.GetString(client.Body);
        var start = json.IndexOf("\"id\":\"", StringComparison.Ordinal) + "\"id\":\"".Length;
        return json[start..json.IndexOf('"', start)];
    }

    static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    /// <summary>Creates, reads, updates and deletes one resource after the other, of each type in turn.</summary>
    sealed class MixClient(int number)
    {
        const int BodiesMax = 50;

        static readonly string[][] Bodies = [.. ServerSamples.Types.Select(t => ServerSamples.Bodies(t, BodiesMax))];

        int _step;
        int _resource = number;
        string _id = "";

        internal void Restart() => _step = 0;

        internal ReadOnlyMemory<byte> Next(LoadClient client, int status)
        {
            var type = ServerSamples.Types[_resource % ServerSamples.Types.Length];
            var bodies = Bodies[_resource % ServerSamples.Types.Length];
            var body = bodies[_resource % bodies.Length];
            if (_step == 1)
            {
                // Without the new resource there is nothing to read: begin again; the refusal is counted.
                (_id, _step) = status == 201 ? (IdOf(client), 1) : ("", 0);
            }

            var path = string.Create(CultureInfo.InvariantCulture, $"/fhir/{type}/{_id}");
            switch (_step++)
            {
                case 0:
                    return LoadClient.Request("POST", $"/fhir/{type}", ServerSamples.Create(type, body));
                case 1:
                    return LoadClient.Request("GET", path);
                case 2:
                    var other = bodies[(_resource + 1) % bodies.Length];
                    return LoadClient.Request("PUT", path, ServerSamples.Update(type, _id, other));
                default:
                    _step = 0;
                    _resource++;
                    return LoadClient.Request("DELETE", path);
            }
        }
    }
}
