using FhirHub.Core.Storage;
using FhirHub.Storage.Sql.Sqlite;

namespace FhirHub.Stores;

/// <summary>The SQLite store in a folder of its own, which goes with it.</summary>
sealed class SqlitePair : StoragePair
{
    SqlitePair(string folder) => Folder = folder;

    public override IResourceStore Resources => Storage.Resources;

    public override ISearchIndex Search => Storage.Search;

    internal string Folder { get; }

    /// <summary>How many resources wait until they are brought into the full-text indexes.</summary>
    int TextsWaitingMax { get; init; } = FullText.WaitingMax;

    internal SqliteStorage Storage { get; private set; } = null!; // set before anybody has the pair

    internal static SqlitePair Create(string? folder = null, int textsWaitingMax = FullText.WaitingMax)
    {
        var pair = new SqlitePair(folder ?? Directory.CreateTempSubdirectory("fhirhub-stores-").FullName)
        {
            TextsWaitingMax = textsWaitingMax,
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
        TextsWaitingMax = TextsWaitingMax,
    });
}
