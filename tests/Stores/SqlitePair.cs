using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Storage.Sql.Sqlite;

namespace FhirHub.Stores;

/// <summary>
/// The SQLite store in a folder of its own, which goes with it. Unless asked to, nothing comes into its index because
/// time has passed: rows wait until a search or their number brings them in.
/// </summary>
sealed class SqlitePair : StoragePair
{
    const int RowsMax = 128;

    SqlitePair(string folder) => Folder = folder;

    public override IResourceStore Resources => Storage.Resources;

    public override ISearchIndex Search => Storage.Search;

    internal string Folder { get; }

    /// <summary>How many resources wait until they are brought into the full-text indexes.</summary>
    int TextsWaitingMax { get; init; } = FullText.WaitingMax;

    /// <summary>How many resources wait until they are brought into the tables of the index.</summary>
    int RowsWaitingMax { get; init; } = RowsMax;

    int CountPieceMax { get; init; } = 250;

    TimeSpan IdleAfter { get; init; } = Timeout.InfiniteTimeSpan;

    TimeSpan PageRetention { get; init; } = TimeSpan.FromHours(1);

    FullTextExtent TextsIndexed { get; init; }

    internal SqliteStorage Storage { get; private set; } = null!; // set before anybody has the pair

    internal static SqlitePair Create(
        string? folder = null,
        int textsWaitingMax = FullText.WaitingMax,
        int rowsWaitingMax = RowsMax,
        TimeSpan? idleAfter = null,
        FullTextExtent textsIndexed = FullTextExtent.All,
        int countPieceMax = 250,
        TimeSpan? pageRetention = null)
    {
        var pair = new SqlitePair(folder ?? Directory.CreateTempSubdirectory("fhirhub-stores-").FullName)
        {
            TextsWaitingMax = textsWaitingMax,
            RowsWaitingMax = rowsWaitingMax,
            IdleAfter = idleAfter ?? Timeout.InfiniteTimeSpan,
            TextsIndexed = textsIndexed,
            CountPieceMax = countPieceMax,
            PageRetention = pageRetention ?? TimeSpan.FromHours(1),
        };
        pair.Open();
        return pair;
    }

    public override async Task ReopenAsync()
    {
        await Storage.DisposeAsync();
        Open();
    }

    public override async Task<IReadOnlyList<string>> CheckAsync()
    {
        var report = await Storage.CheckAsync(version => Sample.Extract(version.Json), CancellationToken.None);
        return [.. report.Problems.Select(problem => $"{problem.Key} {problem.Version}: {problem.Text}")];
    }

    public override async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    void Open() => Storage = SqliteStorage.Open(new SqliteStorageOptions
    {
        Folder = Folder,
        Clock = Clock,
        TextsIndexed = TextsIndexed,
        TextsWaitingMax = TextsWaitingMax,
        RowsWaitingMax = RowsWaitingMax,
        SearchMemory = TimeSpan.Zero,
        IdleAfter = IdleAfter,
        CountsKeptFrom = 1,
        CountPieceMax = CountPieceMax,
        PageRetention = PageRetention,
    });
}
