namespace FhirHub.Host.Jobs;

/// <summary>What a job was answered, but for the body, which is a file of its own.</summary>
sealed record JobAnswer
{
    /// <summary>The status the request would have been answered with at once.</summary>
    public required int Status { get; init; }

    public string? Location { get; init; }

    public string? ETag { get; init; }

    /// <summary>A FHIR instant.</summary>
    public string? LastModified { get; init; }

    /// <summary>The type of the resource in the body; null when there is none.</summary>
    public string? ResourceType { get; init; }

    public required long Bytes { get; init; }

    public required DateTimeOffset TransactionTime { get; init; }

    public required DateTimeOffset Finished { get; init; }

    internal bool IsFailure => Status >= StatusCodes.Status400BadRequest;
}
