namespace FhirHub.Storage.Sql;

/// <summary>The database could not do what it was told: the disk is full, a file is damaged or not ours.</summary>
public sealed class StorageException : Exception
{
    public StorageException(string message)
        : base(message)
    {
    }

    public StorageException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>The database's own code for it; zero where it has none.</summary>
    public int Code { get; init; }
}
