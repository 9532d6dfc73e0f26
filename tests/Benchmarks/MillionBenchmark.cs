using System.Diagnostics;

namespace FhirHub.Benchmarks;

/// <summary>
/// A store with a million resources of invented lives: how fast it fills over HTTP, how soon the server answers from it
/// after a start, and what it takes. The system's cache is warm, because the file was written a moment ago.
/// </summary>
static class MillionBenchmark
{
    const int Resources = 1_000_000;
    const int Clients = 4;
    const int Starts = 5;
    const int Port = 18_733;

    internal static async Task RunAsync(Report report)
    {
        var folder = Path.Combine(Corpus.RepositoryRoot, "artifacts", "bench", "million");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        report.Section("Server: a store with a million resources of invented lives");
        var watch = Stopwatch.StartNew();
        var lives = new Lives();
        using (await ServerProcess.HubAsync(folder, Port))
        {
            await Task.WhenAll([Task.Run(() => lives.MakeAsync(Resources)), .. Fill(lives)]);
        }

        report.Note(
            $"filled over HTTP by {Clients} clients while the generator makes them",
            lives.Count / watch.Elapsed.TotalSeconds,
            "resources/s");
        var file = new FileInfo(Path.Combine(folder, "fhirhub.db")).Length;
        report.Note("file", file / 1e6, "MB");
        report.Note("file, per resource", (double)file / lives.Count, "bytes");
        await StartAsync(
            report, folder, "first correct read", $"/fhir/{lives.Patient}", $"\"{lives.Patient["Patient/".Length..]}\"");
        await StartAsync(
            report, folder, "first correct search",
            $"/fhir/Observation?subject={lives.Patient}&_summary=count", $"\"total\":{lives.Observations}");
        Directory.Delete(folder, recursive: true);
    }

    static IEnumerable<Task> Fill(Lives lives) => Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
    {
        using var client = new LoadClient();
        await client.ConnectAsync(Port);
        await foreach (var request in lives.Requests.ReadAllAsync())
        {
            var status = await client.SendAsync(request);
            if (status != 200)
            {
                throw new InvalidOperationException($"A transaction was answered with {status}.");
            }
        }
    }));

    static async Task StartAsync(Report report, string folder, string what, string probe, string expected)
    {
        var starts = new List<(double Seconds, double Megabytes)>();
        for (var i = 0; i < Starts; i++)
        {
            using var hub = await ServerProcess.HubAsync(folder, Port, probe, expected);
            await Task.Delay(2000);
            starts.Add((hub.StartTime.TotalSeconds, hub.ResidentMegabytes));
        }

        report.AtMost($"{what} after a start (median of {Starts})", Median(starts.Select(s => s.Seconds)), 2, "s");
        report.Note("resident two seconds later", Median(starts.Select(s => s.Megabytes)), "MB");
    }

    static double Median(IEnumerable<double> values) => values.Order().ElementAt(Starts / 2);
}
