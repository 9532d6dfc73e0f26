using System.Net;
using System.Text.RegularExpressions;
using FhirHub.Core.Search;
using FhirHub.EndToEnd.Hub;
using FhirHub.EndToEnd.Oracle;
using FhirHub.Stores.Oracle;

namespace FhirHub.EndToEnd.Access;

/// <summary>
/// A server of the comparison, and what it has said to the caller who sees a part: ids it gave, and times, differ
/// between any two servers and are named by when they came.
/// </summary>
sealed partial class World : IAsyncDisposable
{
    readonly RuledHub _hub;
    readonly FhirClient _operator;
    readonly FhirClient _caller;
    readonly FhirClient _other;
    readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    World(RuledHub hub)
    {
        (_hub, _operator) = (hub, hub.As(RuledHub.Operator));
        (_caller, _other) = (hub.As("ours"), hub.As("theirs"));
    }

    internal string Base => _operator.BaseUrl;

    internal OracleTarget Target => new ServerTarget(_operator);

    /// <summary>The addresses of what the caller has created, in their order.</summary>
    internal List<string> Made { get; } = [];

    internal static async Task<World> StartAsync(Func<string, AccessRule> rule) => new(await RuledHub.StartAsync(
        rule,
        "--Hub:ReferentialIntegrity=warn",
        "--Hub:AllowsExpunge=true",
        "--Hub:DeletesMany=true"));

    /// <summary>What the caller sees of a type.</summary>
    internal async Task<IReadOnlyList<string>> SeenAsync(string type) =>
        (await _caller.GetAsync($"{type}?_count={OracleQuery.CountMax}")).Expect(HttpStatusCode.OK).Ids;

    /// <summary>How a resource stands there, whoever may see it.</summary>
    internal async Task<string> StateAsync(string key)
    {
        var answer = await _operator.GetAsync(key);
        return $"{answer.Status} {answer.Header("ETag")} {answer.Text}";
    }

    /// <summary>What who sees all is answered.</summary>
    internal async Task<string> OperatorAsync(WorldRequest request)
    {
        var answer = await SendAsync(request, _operator);
        var text = answer.Text.Replace(Base, WorldRequest.Base, StringComparison.Ordinal);
        return $"{answer.Status} {Uuid().Replace(Time().Replace(PageLink().Replace(text, "_page=*"), "$1*"), "*")}";
    }

    /// <summary>The answer to a request, and to those for the pages behind it.</summary>
    internal async Task<string> AskAsync(WorldRequest request)
    {
        const int PagesMax = 3;
        var answer = await SendAsync(request, _caller);
        if (request.Method == HttpMethod.Post && answer.Status == HttpStatusCode.Created
            && answer.Header("Location") is { } location)
        {
            Made.Add(location[(Base.Length + 1)..].Split("/_history")[0]);
        }

        var all = Normal(answer);
        for (var page = 0; page < PagesMax && Next(answer) is { } next; page++)
        {
            if (request.IsOfTwo)
            {
                // A link is its caller's: nobody else learns a total or a place from it.
                all += $"\nanother's: {Normal(await _other.GetAsync(next))}";
            }

            answer = await _caller.GetAsync(next);
            all += $"\n{Normal(answer)}";
        }

        return answer.Status == HttpStatusCode.Accepted && answer.Header("Content-Location") is { } job
            ? $"{all}\n{await JobAsync(job)}"
            : all;
    }

    public async ValueTask DisposeAsync()
    {
        _operator.Dispose();
        _caller.Dispose();
        _other.Dispose();
        await _hub.DisposeAsync();
    }

    Task<Answer> SendAsync(WorldRequest request, FhirClient from)
    {
        var body = request.Body is null ? null : System.Text.Encoding.UTF8.GetBytes(Own(request.Body));
        return from.SendAsync(request.Method, Own(request.Path), body, [.. request.Headers]);
    }

    /// <summary>A text with this server's address and ids.</summary>
    string Own(string text) => MadeId().Replace(
        text.Replace(WorldRequest.Base, Base, StringComparison.Ordinal),
        match => Made.Count == 0 ? "Patient/none" : Made[int.Parse(match.Groups[1].Value) % Made.Count]);

    /// <summary>The state and the result of a job, when it is done; another sees no job.</summary>
    async Task<string> JobAsync(string job)
    {
        var answer = await Patience.UntilAsync(
            async () => await _caller.GetAsync(job) is { Status: not HttpStatusCode.Accepted } done ? done : null,
            () => job);
        var other = await _other.GetAsync(job);
        var result = await _caller.GetAsync($"{job}/response");
        return $"job {Normal(answer)}\nanother's: {Normal(other)}\nresult {Normal(result)}";
    }

    static string? Next(Answer answer) =>
        answer.Status == HttpStatusCode.OK
        && answer.Text.StartsWith("{\"resourceType\":\"Bundle\"", StringComparison.Ordinal)
            ? answer.Link("next")
            : null;

    /// <summary>What of an answer must be the same.</summary>
    string Normal(Answer answer)
    {
        string[] told =
        [
            "ETag", "Location", "Content-Location", "Content-Type", "Warning", "Allow", "Preference-Applied",
            "X-Security-Context",
        ];
        var headers = told.Where(name => answer.Header(name) is not null)
            .Select(name => $"{name}={answer.Header(name)}");
        var text = $"{answer.Status} {string.Join(' ', headers)}\n{answer.Text}".Replace(
            Base, WorldRequest.Base, StringComparison.Ordinal);
        text = Time().Replace(PageLink().Replace(text, "_page=*"), "$1*");
        return Uuid().Replace(text, match =>
        {
            if (!_ids.TryGetValue(match.Value, out var name))
            {
                _ids.Add(match.Value, name = $"#{_ids.Count}");
            }

            return name;
        });
    }

    [GeneratedRegex("made:([0-9]+):")]
    private static partial Regex MadeId();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uuid();

    [GeneratedRegex("_page=[A-Za-z0-9_-]+")]
    private static partial Regex PageLink();

    /// <summary>When something was stored or answered, in JSON, XML and NDJSON manifests.</summary>
    [GeneratedRegex("((?:lastUpdated|lastModified|timestamp|transactionTime|date)(?:\":\"| value=\"))[^\"]*")]
    private static partial Regex Time();
}
