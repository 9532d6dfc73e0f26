using FhirHub.Core.Terminology;

namespace FhirHub.Terminology.Import;

/// <summary>What a file of codes is to become.</summary>
public sealed record ImportRequest
{
    /// <summary>The URL of the code system; empty for a release that says itself what it is.</summary>
    public required string Url { get; init; }

    public string? Version { get; init; }

    public string? Name { get; init; }

    public string? Title { get; init; }

    /// <summary>Whether the file has every code of the system; otherwise it is a fragment.</summary>
    public bool IsComplete { get; init; }

    /// <summary>The institution whose own codes they are; null for a standard.</summary>
    public Coding? Owner { get; init; }

    /// <summary>Whether the code system is to be reviewed before it is in force.</summary>
    public bool IsDraft { get; init; }

    /// <summary>The sheet of a workbook; null for the first.</summary>
    public string? Sheet { get; init; }

    /// <summary>What a licence wants shown.</summary>
    internal string? Copyright { get; init; }

    internal string? HierarchyMeaning { get; init; }

    /// <summary>What the columns are, by their headers; what is not named here is guessed from its header.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether rows that are wrong are left out instead of refusing the file.</summary>
    public bool SkipsBadRows { get; init; }

    /// <summary>The largest code system that is made, as JSON.</summary>
    public long BytesMax { get; init; } = 64 * 1024 * 1024;
}
