using FhirHub.Core.Model;
using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>Where the store is and what it may use.</summary>
public sealed record SqliteStorageOptions
{
    /// <summary>The folder of the database; made when it is not there.</summary>
    public required string Folder { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How many reads run at the same time.</summary>
    public int Readers { get; init; } = Math.Max(4, Environment.ProcessorCount * 2);

    /// <summary>How many commits may wait for the writer; more make their senders wait.</summary>
    public int QueueLength { get; init; } = 1024;

    /// <summary>How many steps of SQLite's machine one search may take; some ten million are a second.</summary>
    public long SearchStepsMax { get; init; } = 200_000_000;

    /// <summary>How long a search that takes long waits for a place beside others that do.</summary>
    internal TimeSpan SearchWaitMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the pages of a search can be turned after the first.</summary>
    public TimeSpan PageRetention { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Which words there are among the search values of what is committed.</summary>
    public FullTextExtent TextsIndexed { get; init; }

    /// <summary>How many resources may wait for the full-text indexes; searches find them where they wait.</summary>
    internal int TextsWaitingMax { get; init; } = FullText.WaitingMax;

    /// <summary>How many resources may wait for the tables of the index; a search has them brought in first.</summary>
    internal int RowsWaitingMax { get; init; } = 128;

    /// <summary>How many resources a number is of that is kept; fewer are counted as fast as they are found.</summary>
    internal int CountsKeptFrom { get; init; } = 2_000;

    /// <summary>How many rows an idle writer counts on at a time: some ten milliseconds.</summary>
    internal int CountPieceMax { get; init; } = 50_000;

    /// <summary>How long after a search commits bring their index rows in themselves.</summary>
    internal TimeSpan SearchMemory { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the writer waits for something to do until it brings in what the index lacks.</summary>
    internal TimeSpan IdleAfter { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Told what a migration is doing, for people to read.</summary>
    public Action<string>? Progress { get; init; }
}

/// <summary>What a check of the whole store found.</summary>
/// <param name="Versions">How many versions were read and their hashes compared.</param>
/// <param name="Resources">How many current resources had their index rows compared.</param>
/// <param name="Problems">What is not as it should be, by key; the first hundred.</param>
public sealed record StoreCheckReport(long Versions, long Resources, IReadOnlyList<StoreProblem> Problems);

/// <summary>Something a check found wrong; the key is null when it concerns the file itself.</summary>
public sealed record StoreProblem(ResourceKey? Key, long Version, string Text);
