using System.Collections.Concurrent;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>Connections that only read: opened when needed, kept, and never more than so many.</summary>
sealed class ReaderPool(Func<Database> open, int count) : IDisposable
{
    readonly ConcurrentStack<Database> _idle = new();
    readonly SemaphoreSlim _free = new(count);

    internal ValueTask<Lease> RentAsync(CancellationToken cancel)
    {
        var wait = _free.WaitAsync(cancel);
        return wait.IsCompletedSuccessfully ? new ValueTask<Lease>(Take()) : new ValueTask<Lease>(RentLaterAsync(wait));
    }

    public void Dispose()
    {
        while (_idle.TryPop(out var database))
        {
            database.Dispose();
        }

        _free.Dispose();
    }

    async Task<Lease> RentLaterAsync(Task wait)
    {
        await wait;
        return Take();
    }

    Lease Take()
    {
        if (_idle.TryPop(out var database))
        {
            return new Lease(this, database);
        }

        var isOpen = false;
        try
        {
            database = open();
            isOpen = true;
            return new Lease(this, database);
        }
        finally
        {
            if (!isOpen)
            {
                _free.Release();
            }
        }
    }

    /// <summary>A connection for the time of one read.</summary>
    internal readonly struct Lease(ReaderPool pool, Database database) : IDisposable
    {
        internal Database Database { get; } = database;

        public void Dispose()
        {
            pool._idle.Push(Database);
            pool._free.Release();
        }
    }
}
