namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// Whether the index is behind the resources, and whether anybody looks at it. The writer and the searches share it:
/// the one brings rows in later while nobody looks, the others have them brought in first.
/// </summary>
/// <param name="memory">How long after a search rows are brought in with their commit, so that the next waits for
/// nothing.</param>
sealed class IndexDemand(TimeSpan memory)
{
    volatile TaskCompletionSource? _behind;
    int _holds;
    long _lastSearch = long.MinValue / 2;

    /// <summary>
    /// Ends when the index shows all commits; null while it does. Only the writer's thread says what of the two.
    /// </summary>
    internal Task? Behind => _behind?.Task;

    /// <summary>There may be commits that the index tables do not show.</summary>
    internal void FallBehind() =>
        _behind ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The index tables show all commits.</summary>
    internal void CatchUp()
    {
        _behind?.SetResult();
        _behind = null;
    }

    /// <summary>Whether rows are to be brought in with their commit.</summary>
    internal bool IsNow => Volatile.Read(ref _holds) > 0
        || Environment.TickCount64 - Volatile.Read(ref _lastSearch) < memory.TotalMilliseconds;

    /// <summary>Somebody looks at the index.</summary>
    internal void Search() => Volatile.Write(ref _lastSearch, Environment.TickCount64);

    /// <summary>Has all rows brought in with their commits until the answer is disposed of.</summary>
    internal IDisposable Hold()
    {
        _ = Interlocked.Increment(ref _holds);
        return new Held(this);
    }

    sealed class Held(IndexDemand demand) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref demand._holds);
    }
}
