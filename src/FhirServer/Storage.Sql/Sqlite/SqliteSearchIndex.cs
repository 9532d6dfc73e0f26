using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>The index tables beside the resources, written in the same transactions.</summary>
sealed class SqliteSearchIndex(
    ReaderPool readers, WriteQueue writer, Names names, Estimates estimates, long stepsMax) : ISearchIndex
{
    public ValueTask<SearchPage> SearchAsync(SearchQuery query, CancellationToken cancel) =>
        RunAsync(database => SqlSearch.Page(database, names, estimates, query, stepsMax), cancel);

    public ValueTask<IReadOnlyList<StoredResource>> ExamplesAsync(
        SearchQuery query, string parameter, bool areTokens, CancellationToken cancel) =>
        RunAsync(
            database => SqlSearch.Examples(database, names, estimates, query, (parameter, areTokens), stepsMax),
            cancel);

    async ValueTask<T> RunAsync<T>(Func<Database, T> search, CancellationToken cancel)
    {
        using var lease = await readers.RentAsync(cancel);
        var database = lease.Database;
        using var interruption = cancel.Register(database.Interrupt);
        try
        {
            return search(database);
        }
        catch (StorageException) when (cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancel);
        }
    }

    public async ValueTask ReplaceAsync(IReadOnlyList<IndexEntry> entries, CancellationToken cancel) =>
        _ = await writer.RunAsync(session => session.Replace(entries, isForced: false), cancel);

    /// <summary>What is committed can be found at once.</summary>
    public ValueTask CatchUpAsync(CommitPosition position, CancellationToken cancel) => ValueTask.CompletedTask;
}
