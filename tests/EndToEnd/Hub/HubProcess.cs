using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace FhirHub.EndToEnd.Hub;

/// <summary>
/// The real server as a process of its own, on the loopback port that the system gives it. Disposing kills it and
/// removes the folder when the process made it.
/// </summary>
sealed partial class HubProcess : IAsyncDisposable
{
    readonly Process _process;
    readonly ConcurrentQueue<string> _log;
    readonly bool _ownsFolder;
    FhirClient? _fhir;

    HubProcess(Process process, ConcurrentQueue<string> log, string folder, bool ownsFolder) =>
        (_process, _log, Folder, _ownsFolder) = (process, log, folder, ownsFolder);

    internal FhirClient Fhir => _fhir ?? throw new InvalidOperationException("The server is not ready yet.");

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

    /// <summary>Starts a server and waits until it is ready.</summary>
    /// <param name="folder">The data folder; null for a new one that goes when the process does.</param>
    /// <param name="arguments">More options of the command line.</param>
    internal static Task<HubProcess> StartAsync(string? folder = null, params string[] arguments) =>
        StartAsync(folder, new Dictionary<string, string>(), arguments);

    /// <summary>The same with more variables of the environment.</summary>
    internal static async Task<HubProcess> StartAsync(
        string? folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var data = folder ?? Directory.CreateTempSubdirectory("fhirhub-e2e-").FullName;
        var hub = Launch(data, folder is null, environment, arguments);
        try
        {
            // Nobody else can have the port that it says there, as somebody could one that was looked for before.
            var address = Ready().Match(await hub.SaysAsync("FhirHub is ready on")).Groups[1].Value;
            hub._fhir = new FhirClient(new Uri($"{address}/fhir/"));
            return hub;
        }
        catch
        {
            await hub.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Waits for a line of the log with these words: it is written beside the answers, so it may come after them.
    /// </summary>
    internal Task<string> SaysAsync(string words) => Patience.UntilAsync(
        async () =>
        {
            var isOver = _process.HasExited;
            if (isOver)
            {
                await _process.WaitForExitAsync(); // only then everything it has said is there
            }

            return _log.FirstOrDefault(line => line.Contains(words, StringComparison.Ordinal))
                ?? (isOver ? throw new AssertFailedException($"It ended without '{words}':\n{Output}") : null);
        },
        () => $"'{words}' in:\n{Output}");

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
        using var limit = new CancellationTokenSource(Patience.Limit);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        _fhir?.Dispose();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    static HubProcess Launch(
        string folder, bool ownsFolder, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        string[] own = [Repository.Host, "--urls", "http://127.0.0.1:0", "--data", folder, "--empty"];
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
        return new HubProcess(process, log, folder, ownsFolder);
    }

    [GeneratedRegex("ready on ([^;,]+)[;,]")]
    private static partial Regex Ready();
}
