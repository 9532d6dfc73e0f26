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
}
