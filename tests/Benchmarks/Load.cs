using System.Diagnostics;

namespace FhirHub.Benchmarks;

/// <summary>What a number of clients got done that each send their next request when the last is answered.</summary>
/// <param name="PerSecond">Answered requests.</param>
/// <param name="Worst">The milliseconds 99 of 100 requests stay under.</param>
/// <param name="Refused">Answers that were not a success.</param>
sealed record Load(double PerSecond, double Worst, int Refused)
{
    internal const int Clients = 16;

    /// <summary>The milliseconds of each client's requests.</summary>
    internal required IReadOnlyList<IReadOnlyList<double>> Latencies { get; init; }

    /// <summary>What some of the clients got done.</summary>
    internal (double PerSecond, double Half, double Worst) Of(Func<int, bool> isClient)
    {
        var own = Latencies.Where((_, number) => isClient(number)).SelectMany(l => l).Order().ToList();
        var share = own.Count / (double)Latencies.Sum(l => l.Count);
        return (PerSecond * share, own[own.Count / 2], own[(int)(own.Count * 0.99)]);
    }

    /// <param name="port">Where the server is.</param>
    /// <param name="seconds">How long to go on.</param>
    /// <param name="next">From a client, its number and its last status to the next request.</param>
    internal static async Task<Load> RunAsync(
        int port, double seconds, Func<LoadClient, int, int, ReadOnlyMemory<byte>> next)
    {
        var latencies = new List<double>[Clients];
        var refused = new int[Clients];
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async number =>
        {
            using var client = new LoadClient();
            await client.ConnectAsync(port);
            var own = latencies[number] = new List<double>(100_000);
            var status = 0;
            while (watch.Elapsed.TotalSeconds < seconds)
            {
                var request = next(client, number, status);
                var started = Stopwatch.GetTimestamp();
                status = await client.SendAsync(request);
                own.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                refused[number] += status is >= 200 and < 300 ? 0 : 1;
            }
        }));
        var elapsed = watch.Elapsed.TotalSeconds;
        var all = latencies.SelectMany(l => l).Order().ToList();
        return new Load(all.Count / elapsed, all[(int)(all.Count * 0.99)], refused.Sum()) { Latencies = latencies };
    }
}
