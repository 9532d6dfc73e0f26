using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Fhir.Documents;
using FhirHub.Storage.Sql.Sqlite;

namespace FhirHub.Host.Indexing;

/// <summary>
/// Walks through resources and makes their index rows anew, one walk after the other and a few resources at a time, so
/// that writes pass in between. What is not finished when the server stops or dies goes on after the next start.
/// </summary>
sealed class IndexWorker(
    HubStore store, SearchCatalogs catalogs, IndexUpkeep upkeep, TimeProvider time, ILogger<IndexWorker> logger)
    : BackgroundService
{
    /// <summary>A batch holds the writer up for some ten milliseconds at most.</summary>
    const int BatchSize = 64;

    const int ProblemsMax = 20;

    static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(2);
    static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(5);

    readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    SqliteIndexWork Work => store.Storage.IndexWork;

    /// <summary>
    /// Brings the index of an opened store to the rules of this program, before anybody searches: rows that are missing
    /// would be matches that are missing. Then puts the tenants' own parameters in force.
    /// </summary>
    internal async Task CatchUpAsync(CancellationToken cancel)
    {
        await upkeep.LoadAsync(cancel);
        var rules = IndexRules.Of(catalogs.Standard);
        if (await Work.IsDueAsync(rules, cancel))
        {
            await RunAsync(await Work.AddAsync("", [], IndexWalkReason.Rules, rules, cancel), cancel);
        }
    }

    /// <summary>Lets the work beside the requests begin.</summary>
    internal void Begin() => _begun.TrySetResult();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await _begun.Task.WaitAsync(stoppingToken);
            while (true)
            {
                if (await TryAllAsync(stoppingToken))
                {
                    await upkeep.WaitAsync(stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    /// <summary>Does all there is to do; false when it is to be tried again.</summary>
    async Task<bool> TryAllAsync(CancellationToken cancel)
    {
        IndexWalk? walk = null;
        try
        {
            await upkeep.PutDueInForceAsync(cancel);
            while ((walk = await NextAsync(cancel)) is not null)
            {
                await RunAsync(walk, cancel);
            }

            return true;
        }
#pragma warning disable CA1031 // Whatever stops a walk, a full disk or a mistake of ours, must not stop the server.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            // The walk goes on from its last batch, once there is room again if it was the disk.
            Log.IndexingFailed(logger, walk?.Id ?? 0, failure);
            await Task.Delay(TryAgainAfter, time, cancel);
            return false;
        }
    }

    async Task<IndexWalk?> NextAsync(CancellationToken cancel) =>
        (await Work.WalksAsync(cancel)).FirstOrDefault(walk => walk.Finished is null);

    async Task RunAsync(IndexWalk walk, CancellationToken cancel)
    {
        // 1. Writes that were indexed by earlier parameters are committed now, and so on the way.
        await catalogs.WaitForWritesAsync(cancel);
        walk = await Work.StartAsync(walk, cancel);
        upkeep.Tell(walk);
        Log.IndexingBegun(logger, walk.Id, walk.Total - walk.Done);

        // 2. A few at a time; the place is kept with each.
        var told = time.GetTimestamp();
        while (true)
        {
            var batch = await Work.NextAsync(walk, BatchSize, cancel);
            if (batch.Resources.Count == 0)
            {
                break;
            }

            walk = await RenewAsync(batch, cancel);
            upkeep.Tell(walk);
            if (time.GetElapsedTime(told) > TellEvery)
            {
                told = time.GetTimestamp();
                Log.IndexingOn(logger, walk.Id, walk.Done, walk.Total);
            }
        }

        // 3. Rows of no resource, which nothing above has come by.
        var removed = 0L;
        while (await Work.RemoveOrphansAsync(walk, cancel) is var (after, count))
        {
            walk = after;
            removed += count;
        }

        if (removed > 0)
        {
            Log.OrphansRemoved(logger, walk.Id, removed);
        }

        // 4. What it was for is complete.
        await Work.FinishAsync(walk, cancel);
        await upkeep.EndAsync(walk, cancel);
        Log.IndexingDone(logger, walk.Id, walk.Done, walk.ProblemCount);
    }

    async Task<IndexWalk> RenewAsync(IndexBatch batch, CancellationToken cancel)
    {
        var entries = new List<IndexEntry>(batch.Resources.Count);
        var problems = batch.After.Problems.ToList();
        var count = batch.After.ProblemCount;
        foreach (var resource in batch.Resources)
        {
            var extraction = catalogs.Of(resource.Key.Tenant).Extractor.Extract(FhirDocument.ParseJson(resource.Json));
            entries.Add(new IndexEntry(
                resource.Key, resource.Version, extraction.Entries, Compartments.Of(resource.Key, extraction.Entries)));
            if (extraction.Problems.Count > 0)
            {
                count++;
                if (problems.Count < ProblemsMax)
                {
                    problems.Add($"{resource.Key}: {extraction.Problems[0].Parameter.Url} could not be applied");
                }
            }
        }

        var walk = batch.After with { Problems = problems, ProblemCount = count };
        await Work.AdvanceAsync(walk, entries, cancel);
        return walk;
    }
}
