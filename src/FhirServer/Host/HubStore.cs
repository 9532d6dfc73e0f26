using FhirHub.Core.Model;
using FhirHub.Storage.Sql.Sqlite;

namespace FhirHub.Host;

/// <summary>
/// The store of this process. It is opened when the server listens already, so that its health can be asked about
/// during a long migration; requests are let through once it is ready.
/// </summary>
sealed class HubStore : IAsyncDisposable
{
    SqliteStorage? _storage;
    volatile bool _isReady;

    /// <summary>Whether requests can be answered: opened, migrated, samples loaded, and not closing.</summary>
    internal bool IsReady => _isReady;

    internal SqliteStorage Storage => _storage
        ?? throw new FhirException(
            ProblemKind.Unavailable, "transient", "The store is not open; try again in a moment.");

    internal void Open(HubOptions options)
    {
        var how = Options(options);
        // Reads and searches run on the pool's threads, and the pool adds one to those that are busy every half second.
        ThreadPool.GetMinThreads(out var workers, out var others);
        ThreadPool.SetMinThreads(workers + how.Readers, others);
        _storage = SqliteStorage.Open(how);
    }

    static SqliteStorageOptions Options(HubOptions options) =>
        new()
        {
            Folder = options.Data,
            PageRetention = TimeSpan.FromMinutes(options.PagesKeptMinutes),
            SearchStepsMax = options.SearchMillionStepsMax * 1_000_000L,
            TextsIndexed = options.FullText,
            Progress = Console.WriteLine,
        };

    internal void BeReady() => _isReady = true;

    internal async Task<bool> IsNewAsync(CancellationToken cancel)
    {
        await using var changes = Storage.Resources.ChangesAsync(CommitPosition.Start, cancel)
            .GetAsyncEnumerator(cancel);
        return !await changes.MoveNextAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _isReady = false;
        if (_storage is not null)
        {
            await _storage.DisposeAsync();
        }
    }
}
