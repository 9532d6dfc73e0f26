using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>The index tables beside the resources, brought up to the last commit before each search.</summary>
/// <param name="readers">The connections that read, and who may have them.</param>
/// <param name="writer">The one that writes.</param>
/// <param name="names">What the numbers of the index stand for.</param>
/// <param name="demand">Whether the tables are behind the commits.</param>
/// <param name="estimates">How many matches conditions are expected to have.</param>
/// <param name="options">How much one search may take, and what is worth keeping of it.</param>
sealed class SqliteSearchIndex(
    (ReaderPool Pool, SearchPlaces Places) readers,
    WriteQueue writer,
    Names names,
    IndexDemand demand,
    Estimates estimates,
    SqliteStorageOptions options)
    : ISearchIndex
{
    /// <summary>How many times that work an unhurried search may take: it ends some time as well.</summary>
    const int UnhurriedFactor = 50;

    /// <summary>A search whose steps take five times as long as usual is not worth waiting for any more.</summary>
    const long StepsPerSecondMin = 2_000_000;
    const long SecondsMin = 10; // on a machine that has other things to do

    public async ValueTask<SearchPage> SearchAsync(SearchQuery query, CancellationToken cancel)
    {
        var (page, counted) = await RunAsync(
            database => SqlSearch.Page(database, names, estimates, query, StepsMax(query)), query.IsUnhurried, cancel);
        foreach (var (key, count) in counted)
        {
            _ = count >= options.CountsKeptFrom ? KeepAsync(key) : null;
        }

        return page;
    }

    /// <summary>Has a number kept from now on. Nobody waits for it, nor for why it could not be.</summary>
    async Task KeepAsync(CountKey key)
    {
        try
        {
            _ = await writer.RunAsync(session => session.Count(key), CancellationToken.None);
        }
        catch (StorageException)
        {
            // The next search that counts it asks again.
        }
    }

    public ValueTask<IReadOnlyList<StoredResource>> ExamplesAsync(
        SearchQuery query, string parameter, bool areTokens, CancellationToken cancel) =>
        RunAsync(
            database =>
                SqlSearch.Examples(database, names, estimates, query, (parameter, areTokens), StepsMax(query)),
            query.IsUnhurried,
            cancel);

    long StepsMax(SearchQuery query) => StepsMax(query.IsUnhurried);

    long StepsMax(bool isUnhurried) => options.SearchStepsMax * (isUnhurried ? UnhurriedFactor : 1);

    /// <summary>The current versions of resources, or the named ones, as far as they may be seen.</summary>
    internal ValueTask<List<StoredResource>> SeenAsync(
        IReadOnlyList<ResourceKey> keys, long? version, AccessRule access, CancellationToken cancel) =>
        RunAsync(
            database => SqlSearch.Seen(
                (database, names, estimates), keys, version, access, options.SearchStepsMax),
            isUnhurried: false,
            cancel);

    /// <summary>A piece of a history, as far as it may be seen.</summary>
    internal ValueTask<List<(long Seq, StoredResource Version)>> HistoryAsync(
        HistoryQuery query, long before, int count, CancellationToken cancel) =>
        RunAsync(
            database => SqlSearch.History(
                (database, names, estimates), query, before, count, options.SearchStepsMax, cancel),
            isUnhurried: false,
            cancel);

    async ValueTask<T> RunAsync<T>(Func<Database, T> search, bool isUnhurried, CancellationToken cancel)
    {
        await CatchUpAsync(cancel);
        var seconds = Math.Max(SecondsMin, StepsMax(isUnhurried) / StepsPerSecondMin);
        using var turn = new SearchTurn(readers.Places, isUnhurried, TimeSpan.FromSeconds(seconds), cancel);
        while (true)
        {
            await turn.BeginAsync();
            try
            {
                using var lease = await readers.Pool.RentAsync(cancel);
                turn.Start();
                return lease.Database.While(turn.MayGoOn, () => search(lease.Database));
            }
            catch (StorageException) when (cancel.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancel);
            }
            catch (StorageException) when (turn.IsLate)
            {
                throw SqlSearch.TooCostly(isUnhurried);
            }
            catch (StorageException) when (turn.IsPutOff)
            {
                // Once more, when there is a place for it.
            }
            finally
            {
                turn.Pause();
            }
        }
    }

    public async ValueTask ReplaceAsync(IReadOnlyList<IndexEntry> entries, CancellationToken cancel) =>
        _ = await writer.RunAsync(session => session.Replace(entries, isForced: false), cancel);

    /// <summary>What is committed can be found at once, because a search catches up first.</summary>
    public ValueTask CatchUpAsync(CommitPosition position, CancellationToken cancel) => ValueTask.CompletedTask;

    ValueTask CatchUpAsync(CancellationToken cancel)
    {
        demand.Search();
        return demand.Behind is { } behind ? new ValueTask(CatchUpAsync(behind, cancel)) : ValueTask.CompletedTask;
    }

    /// <summary>The job may stand behind a large one, before which the writer catches up by itself.</summary>
    async Task CatchUpAsync(Task behind, CancellationToken cancel) =>
        await await Task.WhenAny(behind, writer.RunAsync(session => session.CatchUp(), cancel).AsTask());
}
