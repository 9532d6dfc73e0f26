namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>Something the writer is to do in a transaction, and who waits for it.</summary>
/// <param name="isLarge">Whether it takes so long that searches should not have to wait for it.</param>
abstract class WriteJob(bool isLarge)
{
    internal bool IsLarge => isLarge;

    /// <summary>False when whoever waits has given up before it began; once begun it is seen through.</summary>
    internal abstract bool TryStart();

    /// <summary>Does it; it may be asked to do it over when that was taken back.</summary>
    internal abstract void Run(StoreWriter writer);

    /// <summary>Tells whoever waits that all of it would survive a power failure.</summary>
    internal abstract void Complete();

    internal abstract void Fail(Exception error);
}

/// <summary>A job with a result.</summary>
sealed class WriteJob<T>(Func<StoreWriter, T> work, bool isLarge, CancellationToken cancel) : WriteJob(isLarge)
{
    // Whoever waits goes on elsewhere, not on the writer's thread.
    readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    T? _result;

    internal Task<T> Done => _done.Task;

    internal override bool TryStart() => !cancel.IsCancellationRequested || !_done.TrySetCanceled(cancel);

    internal override void Run(StoreWriter writer) => _result = work(writer);

    internal override void Complete() => _done.TrySetResult(_result!); // the work has returned it

    internal override void Fail(Exception error) => _done.TrySetException(error);
}
