using FhirHub.Core.Model;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// How many of the readers searches may have, so that those that take long hold nobody up. One reader is left to reads
/// by id. Half of them are for searches that have taken a while, and one of these is left to whoever waits.
/// </summary>
#pragma warning disable CA1001 // Semaphores hold nothing to give back unless their wait handles are asked for.
sealed class SearchPlaces(int readers)
#pragma warning restore CA1001
{
    /// <summary>From then on a search takes long.</summary>
    internal static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(200);

    /// <summary>And then also one that has done little.</summary>
    internal static readonly TimeSpan QuickAnyway = TimeSpan.FromSeconds(2);

    readonly SemaphoreSlim _any = new(Math.Max(1, readers - 1));
    readonly SemaphoreSlim _long = new(Math.Max(1, readers / 2));
    readonly SemaphoreSlim _unhurried = new(Math.Max(1, (readers / 2) - 1));

    /// <summary>How long a search that takes long waits until one of the places for these is free.</summary>
    internal TimeSpan WaitMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Takes one of the places that all searches have.</summary>
    internal Task EnterAsync(CancellationToken cancel) => _any.WaitAsync(cancel);

    internal void Leave() => _any.Release();

    /// <summary>Takes one of the places for what takes long, if there is one.</summary>
    internal bool TryEnterLong(bool isUnhurried)
    {
        if (isUnhurried && !_unhurried.Wait(0))
        {
            return false;
        }

        var isIn = _long.Wait(0);
        if (!isIn && isUnhurried)
        {
            _unhurried.Release();
        }

        return isIn;
    }

    /// <summary>Takes one of the places for what takes long; nobody but a job waits for it without end.</summary>
    internal async Task EnterLongAsync(bool isUnhurried, CancellationToken cancel)
    {
        if (!isUnhurried)
        {
            if (!await _long.WaitAsync(WaitMax, cancel))
            {
                throw Throttled();
            }

            return;
        }

        await _unhurried.WaitAsync(cancel);
        var isIn = false;
        try
        {
            await _long.WaitAsync(cancel);
            isIn = true;
        }
        finally
        {
            if (!isIn)
            {
                _unhurried.Release();
            }
        }
    }

    internal void LeaveLong(bool isUnhurried)
    {
        _long.Release();
        if (isUnhurried)
        {
            _unhurried.Release();
        }
    }

    static FhirException Throttled() => new(
        ProblemKind.Unavailable,
        "throttled",
        "This search takes long, and so do others that are being carried out. Try again in a while; narrow it by a "
            + "criterion that few resources match, such as a patient, a date range or a code; or send it with the "
            + "header 'Prefer: respond-async'.");
}
