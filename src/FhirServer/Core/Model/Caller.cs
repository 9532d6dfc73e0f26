using System.Text.Json.Serialization;
using FhirHub.Core.Search;

namespace FhirHub.Core.Model;

/// <summary>Who asks. Every request has one, so that authorisation has something to stand on when it comes.</summary>
/// <param name="Tenant">Whose data the request is about.</param>
/// <param name="Name">The caller for logs and audit: an account or a partner system, never a patient.</param>
public sealed record Caller(string Tenant, string Name)
{
    /// <summary>The server's base as the caller wrote it, with which references to here may begin.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Everybody, as long as nobody has to say who they are.</summary>
    public static Caller Open { get; } = new("default", "open");

    /// <summary>What the caller may see.</summary>
    [JsonIgnore] // found anew for every request, as policies may have changed
    public AccessRule Access { get; init; } = AccessRule.Everything;

    /// <summary>Which way the request came in; what it changes is marked with it.</summary>
    [JsonIgnore] // it is about this one request, not about who asks
    public Provenance Provenance { get; init; } = Provenance.Rest;
}
