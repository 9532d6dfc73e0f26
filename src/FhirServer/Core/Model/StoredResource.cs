namespace FhirHub.Core.Model;

/// <summary>One version of a resource as the store has it.</summary>
/// <param name="Key">Which resource.</param>
/// <param name="Version">1 for the first version, one more with each change.</param>
/// <param name="LastUpdated">When it was committed; in the order of commits.</param>
/// <param name="Method">The HTTP method that made this version.</param>
/// <param name="Position">The commit it came with.</param>
/// <param name="Json">The bytes, id and meta in them; empty for a deletion.</param>
public sealed record StoredResource(
    ResourceKey Key,
    long Version,
    DateTimeOffset LastUpdated,
    WriteMethod Method,
    CommitPosition Position,
    ReadOnlyMemory<byte> Json)
{
    /// <summary>Its place among the versions of that commit.</summary>
    public int Entry { get; init; }

    /// <summary>What the resource is in, if a search found it inside another one.</summary>
    public ResourceKey? Container { get; init; }

    /// <summary>Whether the version before was a deletion; known when it is made, not when it is read.</summary>
    public bool IsBroughtBack { get; init; }

    public bool IsDeleted => Method == WriteMethod.Delete;
}

/// <summary>How a version came to be; history says so in <c>entry.request.method</c>.</summary>
public enum WriteMethod : byte
{
    Post,
    Put,
    Patch,
    Delete,
}
