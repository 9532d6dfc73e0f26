namespace FhirHub.Host;

/// <summary>
/// Everything a deployment can set, with defaults that run as they are; docs/configuration.md explains each.
/// </summary>
sealed record HubOptions
{
    internal const string Section = "Hub";

    /// <summary>The short options of the command line, as what they stand for.</summary>
    internal static string[] Arguments(string[] args) => [.. args.Select(static arg => arg switch
    {
        "--empty" => "--Hub:Empty=true",
        "--urls" => "--Hub:Url",
        "--data" => "--Hub:Data",
        _ when arg.StartsWith("--urls=", StringComparison.Ordinal) => "--Hub:Url=" + arg["--urls=".Length..],
        _ when arg.StartsWith("--data=", StringComparison.Ordinal) => "--Hub:Data=" + arg["--data=".Length..],
        _ => arg,
    })];

    /// <summary>Where to listen. The default is reachable from this machine only.</summary>
    public string Url { get; init; } = "http://127.0.0.1:8080";

    /// <summary>The largest request body accepted, in bytes.</summary>
    public int BodyBytesMax { get; init; } = 64 * 1024 * 1024;

    /// <summary>The folder of all that is stored.</summary>
    public string Data { get; init; } = "data";

    /// <summary>Whether a new store starts without the sample region.</summary>
    public bool Empty { get; init; }

    /// <summary>Whether searches leave out what they do not understand unless the client asks otherwise.</summary>
    public bool IsLenient { get; init; }

    /// <summary>Whether a conditional delete may delete several resources at once.</summary>
    public bool DeletesMany { get; init; }

    /// <summary>The web pages, by scheme, host and port, that browsers may let work with this server.</summary>
    public string[] CorsOrigins { get; init; } = [];

    /// <summary>What is wrong with the options, in words for the person who set them; empty when nothing is.</summary>
    internal IEnumerable<string> Problems()
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            yield return $"Hub:Url must be an http or https address such as http://127.0.0.1:8080, not '{Url}'.";
        }

        if (BodyBytesMax is < 1024 or > 512 * 1024 * 1024)
        {
            yield return $"Hub:BodyBytesMax must be from 1024 to {512 * 1024 * 1024}, not {BodyBytesMax}.";
        }

        foreach (var origin in CorsOrigins.Where(static o => !IsOrigin(o)))
        {
            yield return $"Hub:CorsOrigins takes origins such as https://app.example, or * for all, not '{origin}'.";
        }
    }

    static bool IsOrigin(string text) => text == "*"
        || (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            && url.GetLeftPart(UriPartial.Authority) == text);
}
