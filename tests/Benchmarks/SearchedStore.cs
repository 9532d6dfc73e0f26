using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace FhirHub.Benchmarks;

/// <summary>A server with the ramp's patients in its store, and one client that searches it.</summary>
sealed class SearchedStore : IDisposable
{
    readonly ServerProcess _server;
    readonly LoadClient _client = new();
    readonly byte[] _counted;
    readonly byte[] _countedAmong;

    SearchedStore(ServerProcess server, SearchShapes shapes)
    {
        (_server, Shapes) = (server, shapes.Shapes);
        _counted = LoadClient.Request("GET", $"/fhir/{shapes.Counted}");
        _countedAmong = LoadClient.Request("GET", $"/fhir/{shapes.CountedAmong}");
    }

    internal SearchShape[] Shapes { get; }

    internal int Port => _server.Port;

    internal double ResidentMegabytes => _server.ResidentMegabytes;

    /// <summary>The searches that brought something else than they must.</summary>
    internal List<string> Errors { get; } = [];

    /// <summary>
    /// Starts a server and loads it over HTTP by transactions, as the ramp loads any server; one that was loaded to the
    /// end before is taken as it is.
    /// </summary>
    internal static async Task<SearchedStore> LoadAsync(string folder, int patients, int port, int requests)
    {
        var own = Path.Combine(folder, $"{patients}");
        var server = await ServerProcess.HubAsync(own, port);
        var shapes = Path.Combine(own, "requests.json");
        try
        {
            if (!File.Exists(shapes))
            {
                Tool.Run(
                    Corpus.RepositoryRoot, "node", "tests/Benchmarks/search-ramp/search-ramp.mjs", "--load",
                    "--base", $"http://127.0.0.1:{port}/fhir", "--patients", $"{patients}", "--rounds", $"{requests}",
                    "--requests", shapes);
            }

            return new SearchedStore(server, SearchShapes.Read(shapes));
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Not before it is searched: a server closes what is idle while another is being loaded.</summary>
    internal Task ConnectAsync() => _client.ConnectAsync(Port);

    /// <summary>The milliseconds one search takes.</summary>
    internal async Task<double> AskAsync(int shape, int number)
    {
        var started = Stopwatch.GetTimestamp();
        var status = await _client.SendAsync(Shapes[shape].Requests[number]);
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        if (!Shapes[shape].Accepts(status, _client.Body, number))
        {
            Errors.Add($"{status} for {Shapes[shape].Urls[number]}");
        }

        return elapsed;
    }

    /// <summary>How many have a token, and the seconds it takes to be told.</summary>
    /// <param name="isKept">Whether the server may have kept the number.</param>
    internal async Task<(int Count, double Seconds)> CountAsync(bool isKept)
    {
        const string Total = "\"total\":";
        var started = Stopwatch.GetTimestamp();
        await _client.SendAsync(isKept ? _counted : _countedAmong);
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var body = Encoding.UTF8.GetString(_client.Body);
        var rest = body[(body.IndexOf(Total, StringComparison.Ordinal) + Total.Length)..];
        var count = int.Parse(string.Concat(rest.TakeWhile(char.IsAsciiDigit)), CultureInfo.InvariantCulture);
        return (count, elapsed);
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }
}
