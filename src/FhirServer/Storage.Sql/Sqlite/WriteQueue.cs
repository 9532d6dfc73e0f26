using System.Diagnostics;
using System.Threading.Channels;

#pragma warning disable CA1031 // Every exception belongs to the tasks that wait; the writer itself goes on.

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// The one writer. Jobs that wait together go into one transaction and share its fsync. One that fails takes only
/// itself back: the transaction is done over, with a savepoint for each job. Hardly any fails, and savepoints cost a
/// third of the work, because SQLite keeps the former content of every page that is changed behind one. The writer has
/// a thread of its own, because it spends its life waiting for the disk. When nothing waits for a while, it brings in
/// what the index lacks, so that the next search finds nothing to do.
/// </summary>
sealed class WriteQueue : IAsyncDisposable
{
    const int GroupMax = 512;
    const int GroupMilliseconds = 50; // a large bundle must not hold up those before it much longer than it takes

    static readonly TimeSpan BetweenIdleSteps = TimeSpan.FromMilliseconds(10);

    readonly Func<StoreWriter> _open;
    readonly TimeSpan _patience;
    readonly Channel<WriteJob> _jobs;
    readonly Task _loop;
    readonly List<WriteJob> _group = new(GroupMax);
    StoreWriter? _writer;

    /// <param name="writer">The writer to begin with.</param>
    /// <param name="open">Opens another after a failure of the disk.</param>
    /// <param name="options">How many jobs may wait, and how long the writer does before it is idle.</param>
    internal WriteQueue(StoreWriter writer, Func<StoreWriter> open, SqliteStorageOptions options)
    {
        (_writer, _open, _patience) = (writer, open, options.IdleAfter);
        _jobs = Channel.CreateBounded<WriteJob>(
            new BoundedChannelOptions(options.QueueLength) { SingleReader = true });
        _loop = Task.Factory.StartNew(
            Loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    internal ValueTask<T> RunAsync<T>(Func<StoreWriter, T> work, CancellationToken cancel) =>
        RunAsync(work, isLarge: false, cancel);

    internal async ValueTask<T> RunAsync<T>(Func<StoreWriter, T> work, bool isLarge, CancellationToken cancel)
    {
        var job = new WriteJob<T>(work, isLarge, cancel);
        try
        {
            await _jobs.Writer.WriteAsync(job, cancel);
        }
        catch (ChannelClosedException e)
        {
            throw new StorageException("The store is being closed and takes no more writes.", e);
        }

        return await job.Done;
    }

    /// <summary>Does what is waiting and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _jobs.Writer.TryComplete();
        await _loop;
        _writer?.Dispose();
        _writer = null;
    }

    void Loop()
    {
        // Blocking is right here: the thread has nothing else to do.
        var isIdle = false;
        for (var more = WaitAsync(); ; more = more.IsCompleted ? WaitAsync() : more)
        {
            isIdle = _writer is { HasIdleWork: true } && !more.Wait(isIdle ? BetweenIdleSteps : _patience);
            var isClosed = !isIdle && !more.GetAwaiter().GetResult();
            _group.Clear();
            try
            {
                if (isIdle || isClosed)
                {
                    CatchUp(isIdle);
                }
                else
                {
                    RunGroup(_writer ??= _open());
                }
            }
            catch (Exception e)
            {
                Abandon(e, isIdle);
            }

            if (isClosed)
            {
                return;
            }
        }
    }

    Task<bool> WaitAsync() => _jobs.Reader.WaitToReadAsync().AsTask();

    void CatchUp(bool isIdle)
    {
        if (_writer is { HasIdleWork: true } writer)
        {
            _ = writer.Begin();
            _ = writer.CatchUp();
            writer.Index(isIdle);
            writer.End();
        }
    }

    void RunGroup(StoreWriter writer)
    {
        if (writer.IsBehind && IsNext(isLarge: true))
        {
            CatchUp(isIdle: false);
        }

        var before = writer.Begin();
        var isCareful = false;
        var beginning = Stopwatch.GetTimestamp();
        for (var isFirst = true;
            _group.Count < GroupMax && (isFirst || (!IsLong(beginning) && IsNext(isLarge: false)))
                && _jobs.Reader.TryRead(out var job);
            isFirst = false)
        {
            if (job.TryStart())
            {
                _group.Add(job);
                if (isCareful)
                {
                    RunAlone(writer, job);
                }
                else if (!TryRun(writer, job))
                {
                    isCareful = true;
                    writer.StartOver(before);
                    _group.ToList().ForEach(started => RunAlone(writer, started));
                }
            }
        }

        Index(writer, before, isCareful);
        writer.End();
        foreach (var job in _group)
        {
            job.Complete();
        }

        _group.Clear(); // or it would keep what they have written until the next
    }

    /// <summary>What waits for the index may be what fails, and must not take this group with it.</summary>
    void Index(StoreWriter writer, StoreWriter.Place before, bool isCareful)
    {
        try
        {
            writer.Index();
        }
        catch (StorageException) when (!isCareful)
        {
            writer.StartOver(before);
            _group.ToList().ForEach(started => RunAlone(writer, started));
            writer.Index();
        }
    }

    static bool IsLong(long beginning) =>
        Stopwatch.GetElapsedTime(beginning).TotalMilliseconds >= GroupMilliseconds;

    bool IsNext(bool isLarge) => _jobs.Reader.TryPeek(out var next) && next.IsLarge == isLarge;

    static bool TryRun(StoreWriter writer, WriteJob job)
    {
        try
        {
            job.Run(writer);
            return true;
        }
        catch (Exception)
        {
            // It fails again when it is run by itself, and then tells whoever waits.
            return false;
        }
    }

    void RunAlone(StoreWriter writer, WriteJob job)
    {
        var savepoint = writer.Save();
        try
        {
            job.Run(writer);
            writer.Keep();
        }
        catch (Exception e)
        {
            writer.Restore(savepoint, e);
            _group.Remove(job);
            job.Fail(e);
        }
    }

    /// <summary>
    /// The transaction is lost, and nothing is known about the connection any more: the next group opens another. When
    /// even that fails, the first job that wanted it is told. Nobody has wanted what an idle writer does.
    /// </summary>
    void Abandon(Exception error, bool isIdle)
    {
        if (_group.Count == 0 && !isIdle && _jobs.Reader.TryRead(out var first))
        {
            _group.Add(first);
        }

        _writer?.Dispose();
        _writer = null;
        foreach (var job in _group)
        {
            job.Fail(error);
        }
    }
}
