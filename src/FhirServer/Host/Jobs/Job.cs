using FhirHub.Core.Model;
using FhirHub.Host.Http;

namespace FhirHub.Host.Jobs;

/// <summary>A request that is carried out later, as the data folder keeps it.</summary>
sealed record Job
{
    public required string Id { get; init; }

    /// <summary>Who began it: nobody else gets to see it.</summary>
    public required Caller Caller { get; init; }

    public required string Method { get; init; }

    /// <summary>The address as the client wrote it: the manifest repeats it.</summary>
    public required string Url { get; init; }

    public required string Scheme { get; init; }

    public required string Host { get; init; }

    public required string PathBase { get; init; }

    public required string Path { get; init; }

    /// <summary>The query with its question mark, but for what is about the job and not about the request.</summary>
    public required string Query { get; init; }

    public string? ContentType { get; init; }

    public string? Prefer { get; init; }

    /// <summary>Whether it only reads, and may be carried out any number of times.</summary>
    public required bool IsRead { get; init; }

    /// <summary>The last commit before the job was accepted: what it commits comes after.</summary>
    public required long Position { get; init; }

    public required DateTimeOffset Accepted { get; init; }

    /// <summary>How often it was begun.</summary>
    public int Starts { get; init; }

    /// <summary>How many of those were ended by an orderly stop of the server.</summary>
    public int Stops { get; init; }

    /// <summary>What came of it; null until it is done.</summary>
    public JobAnswer? Answer { get; init; }

    internal bool IsBundle => Path.TrimEnd('/') == FhirRoutes.Base;

    internal bool IsOf(Caller caller) => Caller.Tenant == caller.Tenant && Caller.Name == caller.Name;
}
