using System.Collections.Concurrent;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>Connections that only read: opened when needed, kept, and never more than so many.</summary>
sealed class ReaderPool(Func<Database> open, int count) : IDisposable
{
    readonly ConcurrentStack<Database> _idle = new();
    readonly SemaphoreSlim _free = new(count);
    volatile bool _isClosed;

    internal ValueTask<Lease> RentAsync(CancellationToken cancel)
    {
        var wait = _free.WaitAsync(cancel);
        return wait.IsCompletedSuccessfully ? new ValueTask<Lease>(Take()) : new ValueTask<Lease>(RentLaterAsync(wait));
    }

    /// <summary>Closes the connections; one that is still in use is closed when it comes back.</summary>
    public void Dispose()
    {
        _isClosed = true;
        CloseIdle();
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

    void Return(Database database)
    {
        if (_isClosed || !database.IsIdle)
        {
            database.Dispose(); // an interrupted read may have left its snapshot open
        }
        else
        {
            _idle.Push(database);
        }

        if (_isClosed)
        {
            CloseIdle();
        }
        else
        {
            _free.Release();
        }
    }

    void CloseIdle()
    {
        while (_idle.TryPop(out var database))
        {
            database.Dispose();
        }
    }

    /// <summary>A connection for the time of one read.</summary>
    internal readonly struct Lease(ReaderPool pool, Database database) : IDisposable
    {
        internal Database Database { get; } = database;

        public void Dispose() => pool.Return(Database);
    }
}
