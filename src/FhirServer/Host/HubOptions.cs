namespace FhirHub.Host;

/// <summary>
/// Everything a deployment can set, with defaults that run as they are; docs/configuration.md explains each.
/// </summary>
sealed record HubOptions
{
    internal const string Section = "Hub";

    /// <summary>Where to listen. The default is reachable from this machine only.</summary>
    public string Url { get; init; } = "http://127.0.0.1:8080";

    /// <summary>The largest request body accepted, in bytes.</summary>
    public int BodyBytesMax { get; init; } = 64 * 1024 * 1024;

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
    }
}
