using FhirHub.Core.Terminology;
using FhirHub.Terminology.Dictionaries;

namespace FhirHub.Host.Upkeep;

/// <summary>
/// Stores the counts of codes that nobody has mapped, once a minute and when the server stops: a server that dies loses
/// a minute of counts.
/// </summary>
sealed class UnmappedKeeper(
    UnmappedTables tables, UnmappedCodes codes, TimeProvider time, ILogger<UnmappedKeeper> logger) : IAsyncDisposable
{
    static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    readonly SemaphoreSlim _turn = new(1);
    readonly CancellationTokenSource _stopping = new();
    Task _running = Task.CompletedTask;

    /// <summary>Begins, once the store is open.</summary>
    internal void Begin() => _running = RunAsync(_stopping.Token);

    /// <summary>Stores what was counted until now.</summary>
    internal async Task StoreAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        var taken = codes.Take();
        try
        {
            if (taken.Count > 0)
            {
                await tables.AddAsync(taken, cancel);
            }

            taken = [];
        }
        finally
        {
            codes.PutBack(taken);
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        await TryAsync(); // what was counted since the last minute; the store closes after this
        _stopping.Dispose();
        _turn.Dispose();
    }

    async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            using var timer = new PeriodicTimer(Every, time);
            while (await timer.WaitForNextTickAsync(stopping))
            {
                await TryAsync();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    async Task TryAsync()
    {
        try
        {
            await StoreAsync(CancellationToken.None);
        }
#pragma warning disable CA1031 // A full disk must not stop the server for the sake of counts.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.CountsNotKept(logger, failure);
        }
    }
}
