using System.Diagnostics;

namespace FhirHub.Benchmarks;

/// <summary>A server in a process of its own, as it is run; it ends with the benchmark.</summary>
sealed class ServerProcess : IDisposable
{
    static readonly TimeSpan StartMax = TimeSpan.FromSeconds(30);

    readonly Process _process;

    ServerProcess(Process process, int port) => (_process, Port) = (process, port);

    internal int Port { get; }

    /// <summary>From the start of the process to the first correct answer.</summary>
    internal TimeSpan StartTime { get; private set; }

    internal double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>FhirHub on a folder.</summary>
    /// <param name="data">The folder.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="probe">What is asked for until it is answered with success.</param>
    /// <param name="expected">What that answer must hold to be the correct one.</param>
    internal static Task<ServerProcess> HubAsync(
        string data, int port, string probe = "/health/ready", string expected = "") =>
        HubAsync(data, port, probe, expected, []);

    /// <summary>The same with options of its own.</summary>
    internal static Task<ServerProcess> HubAsync(
        string data, int port, string probe, string expected, params IEnumerable<string> options) => StartAsync(
        port, probe, expected,
        [
            Path.Combine(Corpus.RepositoryRoot, "artifacts/bin/FhirHub.Host/release/FhirHub.Host.dll"),
            "--urls", Url(port), "--data", data, "--empty", .. options,
        ]);

    /// <summary>The bare endpoint, which is this program with another argument.</summary>
    internal static Task<ServerProcess> BareAsync(int port) =>
        StartAsync(port, "/health/ready", "", Path.Combine(AppContext.BaseDirectory, "FhirHub.Benchmarks.dll"), "bare", Url(port));

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            _process.WaitForExit(StartMax);
        }

        _process.Dispose();
    }

    static string Url(int port) => $"http://127.0.0.1:{port}";

    static async Task<ServerProcess> StartAsync(
        int port, string probe, string expected, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true };
        start.Environment.Remove("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS");
        start.Environment.Remove("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT");
        var watch = Stopwatch.StartNew();
        // Start returns null only for a file that another program opens.
        var server = new ServerProcess(Process.Start(start)!, port);
        server._process.OutputDataReceived += static (_, _) => { };
        server._process.BeginOutputReadLine();
        using var client = new HttpClient();
        while (!await IsReadyAsync(client, Url(port) + probe, expected))
        {
            if (server._process.HasExited || watch.Elapsed > StartMax)
            {
                server.Dispose();
                throw new InvalidOperationException($"The server on port {port} did not start.");
            }

            await Task.Delay(5);
        }

        server.StartTime = watch.Elapsed;
        return server;
    }

    static async Task<bool> IsReadyAsync(HttpClient client, string address, string expected)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(address));
            return answer.IsSuccessStatusCode
                && (await answer.Content.ReadAsStringAsync()).Contains(expected, StringComparison.Ordinal);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
