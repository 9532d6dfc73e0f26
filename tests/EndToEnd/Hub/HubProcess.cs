using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FhirHub.EndToEnd.Hub;

/// <summary>
/// The real server as a process of its own, on a free loopback port. Disposing kills it and removes the folder when the
/// process made it.
/// </summary>
sealed class HubProcess : IAsyncDisposable
{
    const int ReadySecondsMax = 30;
    const int StopSecondsMax = 30;
    const int StartsMax = 5;

    readonly Process _process;
    readonly ConcurrentQueue<string> _log;
    readonly bool _ownsFolder;

    HubProcess(Process process, ConcurrentQueue<string> log, int port, string folder, bool ownsFolder)
    {
        (_process, _log, Folder, _ownsFolder) = (process, log, folder, ownsFolder);
        Fhir = new FhirClient(new Uri($"http://127.0.0.1:{port}/fhir/"));
    }

    internal FhirClient Fhir { get; }

    internal string Folder { get; }

    /// <summary>What the process has said so far, for the message of a failure.</summary>
    internal string Output => string.Join('\n', _log);

    /// <summary>The most memory it has held so far.</summary>
    internal long PeakResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <param name="folder">The data folder; null for a new one that goes when the process does.</param>
    /// <param name="arguments">More options of the command line.</param>
    internal static Task<HubProcess> StartAsync(string? folder = null, params string[] arguments) =>
        StartAsync(folder, new Dictionary<string, string>(), arguments);

    /// <summary>The same with more variables of the environment.</summary>
    internal static async Task<HubProcess> StartAsync(
        string? folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var data = folder ?? Directory.CreateTempSubdirectory("fhirhub-e2e-").FullName;
        for (var start = 1; ; start++)
        {
            var hub = Launch(data, folder is null, environment, arguments);
            if (await hub.IsReadyAsync())
            {
                return hub;
            }

            // Somebody may have taken the port between our look and the server's; any other cause comes again.
            var output = hub.Output;
            await hub.KillAsync();
            if (start == StartsMax)
            {
                throw new InvalidOperationException($"The server did not become ready:\n{output}");
            }
        }
    }

    /// <summary>SIGKILL: the process gets no chance to finish anything.</summary>
    internal async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a service manager stops it; returns the exit code.</summary>
    internal async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(StopSecondsMax));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        Fhir.Dispose();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    static HubProcess Launch(
        string folder, bool ownsFolder, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        string[] own = [Repository.Host, "--urls", $"http://127.0.0.1:{port}", "--data", folder, "--empty"];
        foreach (var argument in own.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var log = new ConcurrentQueue<string>();
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => log.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => log.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new HubProcess(process, log, port, folder, ownsFolder);
    }

    async Task<bool> IsReadyAsync()
    {
        var clock = Stopwatch.StartNew();
        while (!_process.HasExited && clock.Elapsed.TotalSeconds < ReadySecondsMax)
        {
            try
            {
                var answer = await Fhir.GetAsync("metadata");
                return answer.Status == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(10);
            }
        }

        return false;
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
