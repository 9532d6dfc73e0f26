namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>What the index has of a search parameter of a tenant's own.</summary>
/// <param name="Url">Its canonical URL.</param>
/// <param name="Resource">The id of the SearchParameter that defines it.</param>
/// <param name="Definition">What its rows depend on, as text that is compared.</param>
/// <param name="Types">The resource types that have rows of it.</param>
public sealed record CustomParameter(string Url, string Resource, string Definition, IReadOnlyList<string> Types)
{
    public CustomParameterState State { get; init; }

    /// <summary>The walk that builds or removes it; null until there is one.</summary>
    public long? Walk { get; init; }
}

/// <summary>How complete the index of a parameter is.</summary>
public enum CustomParameterState
{
    /// <summary>Some resources may lack rows, or have those of an earlier definition.</summary>
    Building,

    /// <summary>Every resource has its rows.</summary>
    Complete,

    /// <summary>The parameter is gone, and some of its rows may still be there.</summary>
    Removing,
}
