using System.Net;
using FhirHub.Core.Search;
using FhirHub.Core.Writes;

namespace FhirHub.Host;

/// <summary>
/// Everything a deployment can set, with defaults that run as they are; docs/configuration.md explains each.
/// </summary>
sealed record HubOptions
{
    internal const string Section = "Hub";

    /// <summary>Where to listen; several with semicolons. The default is reachable from this machine only.</summary>
    public string Url { get; init; } = "http://127.0.0.1:8080";

    /// <summary>Whether anybody who reaches the server may use it, so that it may listen beyond this machine.</summary>
    public bool AllowsOpenAccess { get; init; }

    /// <summary>The folder of all that is stored.</summary>
    public string Data { get; init; } = "data";

    /// <summary>Whether a new store starts without the sample region.</summary>
    public bool Empty { get; init; }

    /// <summary>The largest request body accepted, in bytes.</summary>
    public int BodyBytesMax { get; init; } = 64 * 1024 * 1024;

    /// <summary>How many connections may be open at the same time.</summary>
    public int ConnectionsMax { get; init; } = 2000;

    /// <summary>How long a stop waits for requests that are being answered.</summary>
    public int StopSeconds { get; init; } = 30;

    /// <summary>Whether requests go without what they do not understand unless the client asks otherwise.</summary>
    public bool IsLenient { get; init; }

    /// <summary>Whether a conditional delete may delete several resources at once.</summary>
    public bool DeletesMany { get; init; }

    /// <summary>How many asynchronous requests may wait to be carried out.</summary>
    public int JobsWaitingMax { get; init; } = 100;

    /// <summary>How many asynchronous requests are carried out at the same time.</summary>
    public int JobsRunningMax { get; init; } = 2;

    /// <summary>How long the result of an asynchronous request can be fetched.</summary>
    public int JobsKeptHours { get; init; } = 24;

    /// <summary>How much room asynchronous requests and results may take before no more are accepted.</summary>
    public int JobsKeptMegabytesMax { get; init; } = 1024;

    /// <summary>How long the pages of a search can be turned after the first.</summary>
    public int PagesKeptMinutes { get; init; } = 60;

    /// <summary>How much work one search may be, in millions of steps of the database.</summary>
    public int SearchMillionStepsMax { get; init; } = 200;

    /// <summary>From how long on a search is told of in the log; 0 for never.</summary>
    public int SlowSearchMilliseconds { get; init; } = 1000;

    /// <summary>Whether versions may be removed for good.</summary>
    public bool AllowsExpunge { get; init; }

    /// <summary>What becomes of writes that leave references to this server leading nowhere.</summary>
    public ReferentialIntegrity ReferentialIntegrity { get; init; }

    /// <summary>What becomes of writes that do not conform to R4 and to the profiles they name.</summary>
    public ValidationLevel Validation { get; init; }

    /// <summary>Other levels by type and source: <c>Observation=enforce</c>, <c>hl7v2:*=report</c>.</summary>
    public string[] ValidationRules { get; init; } = [];

    /// <summary>A folder of packages as npm packs them; those that are new are installed at start.</summary>
    public string PackageFolder { get; init; } = "";

    /// <summary>Whether packages may be installed and uninstalled over HTTP.</summary>
    public bool AllowsPackages { get; init; }

    /// <summary>Whether packages that are named may be fetched with the machine's npm client.</summary>
    public bool AllowsNpm { get; init; }

    /// <summary>Which words of resources are indexed, for <c>_text</c> and <c>_content</c>.</summary>
    public FullTextExtent FullText { get; init; }

    /// <summary>The web pages, by scheme, host and port, that browsers may let work with this server.</summary>
    public string[] CorsOrigins { get; init; } = [];

    /// <summary>The policy the two options come down to.</summary>
    internal ValidationPolicy ValidationPolicy =>
        ValidationPolicy.TryParse(Validation, ValidationRules, out var policy, out var problem)
            ? policy
            : throw new InvalidOperationException(problem); // refused at start

    /// <summary>Each address of <see cref="Url"/>; what cannot be read is left to <see cref="Problems"/>.</summary>
    internal IEnumerable<string> Addresses =>
        Url.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Reads the options; the problems are in words for the person who set them.</summary>
    internal static (HubOptions Options, List<string> Problems) Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var known = typeof(HubOptions).GetProperties().Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var problems = section.GetChildren().Where(child => !known.Contains(child.Key))
            .Select(child => $"{child.Path} is not an option; there are {string.Join(", ", known.Order())}.").ToList();
        try
        {
            var options = section.Get<HubOptions>() ?? new HubOptions();
            // ASPNETCORE_URLS, the address as every ASP.NET program takes it, where ours is not set.
            if (section[nameof(Url)] is null && configuration["urls"] is { Length: > 0 } urls)
            {
                options = options with { Url = urls };
            }

            problems.AddRange(options.Problems());
            return (options, problems);
        }
        catch (InvalidOperationException unreadable)
        {
            // The binder names the key and the value.
            problems.Add(unreadable.Message);
            return (new HubOptions(), problems);
        }
    }

    IEnumerable<string> Problems()
    {
        foreach (var problem in Addresses.Select(AddressProblem).OfType<string>())
        {
            yield return problem;
        }

        if (!Addresses.Any())
        {
            yield return "Hub:Url is empty; give an address such as http://127.0.0.1:8080.";
        }

        if (Data.Trim().Length == 0)
        {
            yield return "Hub:Data is empty; give a folder.";
        }

        if (!Enum.IsDefined(ReferentialIntegrity))
        {
            yield return "Hub:ReferentialIntegrity takes off, warn or enforce.";
        }

        if (!Enum.IsDefined(FullText))
        {
            yield return "Hub:FullText takes all, narrative or off.";
        }

        if (!Enum.IsDefined(Validation))
        {
            yield return "Hub:Validation takes off, report or enforce.";
        }

        if (!ValidationPolicy.TryParse(Validation, ValidationRules, out _, out var wrong))
        {
            yield return $"Hub:ValidationRules: {wrong}";
        }

        foreach (var origin in CorsOrigins.Where(static o => !IsOrigin(o)))
        {
            yield return $"Hub:CorsOrigins takes origins such as https://app.example, or * for all, not '{origin}'.";
        }

        foreach (var (name, value, low, high) in new[]
        {
            (nameof(BodyBytesMax), BodyBytesMax, 1024, 512 * 1024 * 1024),
            (nameof(ConnectionsMax), ConnectionsMax, 1, 100_000),
            (nameof(StopSeconds), StopSeconds, 1, 600),
            (nameof(JobsWaitingMax), JobsWaitingMax, 1, 100_000),
            (nameof(JobsRunningMax), JobsRunningMax, 1, 64),
            (nameof(JobsKeptHours), JobsKeptHours, 1, 24 * 366),
            (nameof(JobsKeptMegabytesMax), JobsKeptMegabytesMax, 1, 1024 * 1024),
            (nameof(PagesKeptMinutes), PagesKeptMinutes, 1, 24 * 60),
            (nameof(SearchMillionStepsMax), SearchMillionStepsMax, 1, 1_000_000),
            (nameof(SlowSearchMilliseconds), SlowSearchMilliseconds, 0, 3_600_000),
        })
        {
            if (value < low || value > high)
            {
                yield return $"Hub:{name} must be from {low} to {high}, not {value}.";
            }
        }
    }

    string? AddressProblem(string address)
    {
        BindingAddress parsed;
        try
        {
            parsed = BindingAddress.Parse(address);
        }
        catch (FormatException)
        {
            return $"Hub:Url must be an http or https address such as http://127.0.0.1:8080, not '{address}'.";
        }

        if (parsed.Scheme is not ("http" or "https") || parsed.PathBase.Length > 0)
        {
            return $"Hub:Url must be http or https and without a path, not '{address}'.";
        }

        return AllowsOpenAccess || parsed.IsUnixPipe || IsLoopback(parsed.Host)
            ? null
            : $"Hub:Url: {address} can be reached from other machines, and this server does not ask who is calling. "
                + "Listen on 127.0.0.1, or say Hub:AllowsOpenAccess=true (Hub__AllowsOpenAccess in the environment) "
                + "if everybody who can reach it may read and change everything.";
    }

    static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    static bool IsOrigin(string text) => text == "*"
        || (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            && url.GetLeftPart(UriPartial.Authority) == text);
}
