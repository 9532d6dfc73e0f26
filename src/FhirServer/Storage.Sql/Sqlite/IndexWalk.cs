namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>A walk through current resources that makes their index rows anew, and how far it has come.</summary>
public sealed record IndexWalk
{
    public long Id { get; init; }

    /// <summary>Whose resources; empty for those of all tenants.</summary>
    public required string Tenant { get; init; }

    /// <summary>Which resource types; none for all.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    public required IndexWalkReason Reason { get; init; }

    public long Done { get; init; }

    /// <summary>How many resources there were to visit when it began.</summary>
    public long Total { get; init; }

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Finished { get; init; }

    /// <summary>How many resources had something a parameter could not be applied to.</summary>
    public long ProblemCount { get; init; }

    /// <summary>The first of them: key and parameter.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>The version up to which resources are visited.</summary>
    internal long Last { get; init; }

    internal int Scope { get; init; }

    internal long Rid { get; init; }

    /// <summary>The version of the rules it was begun with.</summary>
    internal int Rules { get; init; }
}

/// <summary>Why the index of resources is made anew.</summary>
public enum IndexWalkReason
{
    /// <summary>Somebody asked for it.</summary>
    Asked,

    /// <summary>Search parameters came, changed or went.</summary>
    Parameters,

    /// <summary>The program makes other rows than the one that wrote the store.</summary>
    Rules,
}
