using System.Runtime.CompilerServices;
using FhirHub.Core.Model;
using SQLitePCL;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// One connection and its prepared statements. It goes straight to SQLite's C functions: the ADO.NET provider looks
/// parameters up by name and boxes their values, which costs more than the insert itself. One thread at a time.
/// </summary>
sealed class Database : IDisposable
{
    const int ComposedMax = 512;
    const int BusyMilliseconds = 10_000;
    const int StepsAtOnce = 10_000;

    readonly sqlite3 _handle;
    long _stepsLeft = long.MaxValue;
    Func<bool>? _mayGoOn;
    readonly Dictionary<string, Statement> _constant = new(ByReference.Instance);
    readonly Dictionary<string, Statement> _composed = new(StringComparer.Ordinal);
    long _uses;

    Database(sqlite3 handle) => _handle = handle;

    /// <summary>What conditions came by that count it.</summary>
    internal RowCounts Counts { get; } = new();

    /// <summary>False while a transaction is open.</summary>
    internal bool IsIdle => raw.sqlite3_get_autocommit(_handle) != 0;

    internal static Database Open(string path, bool isReadOnly)
    {
        _ = SqliteLibrary.Version;
        var flags = raw.SQLITE_OPEN_NOMUTEX
            | (isReadOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        var code = raw.sqlite3_open_v2(path, out var handle, flags, null);
        var database = new Database(handle);
        if (code != raw.SQLITE_OK)
        {
            using (database)
            {
                throw database.Error(code);
            }
        }

        _ = raw.sqlite3_extended_result_codes(handle, 1);
        _ = raw.sqlite3_busy_timeout(handle, BusyMilliseconds);
        SearchFunctions.Register(handle);
        database.Counts.Register(handle);
        raw.sqlite3_progress_handler(
            handle,
            StepsAtOnce,
            _ => (database._stepsLeft -= StepsAtOnce) < 0 || database._mayGoOn?.Invoke() == false ? 1 : 0,
            null);
        return database;
    }

    /// <summary>Runs one or more statements that answer nothing.</summary>
    internal void Execute(string sql)
    {
        var code = raw.sqlite3_exec(_handle, sql);
        if (code != raw.SQLITE_OK)
        {
            throw Error(code);
        }
    }

    /// <summary>A statement whose text is a constant: found by the string itself, which needs no hashing.</summary>
    internal Statement Constant(string sql)
    {
        if (!_constant.TryGetValue(sql, out var statement))
        {
            _constant.Add(sql, statement = Prepare(sql));
        }

        return statement;
    }

    /// <summary>A statement whose text was put together; the last few hundred shapes stay prepared.</summary>
    internal Statement Composed(string sql)
    {
        if (!_composed.TryGetValue(sql, out var statement))
        {
            if (_composed.Count == ComposedMax)
            {
                ReleaseUnused();
            }

            _composed.Add(sql, statement = Prepare(sql));
        }

        statement.LastUse = ++_uses;
        return statement;
    }

    /// <summary>Lets the half go that was not used for longest; to prepare one again costs more than it.</summary>
    void ReleaseUnused()
    {
        foreach (var (sql, statement) in _composed.OrderBy(s => s.Value.LastUse).Take(ComposedMax / 2).ToList())
        {
            statement.Release();
            _composed.Remove(sql);
        }
    }

    /// <summary>The first column of the first row; null when there is no row, or no value.</summary>
    internal long? Scalar(string sql)
    {
        using var statement = Composed(sql);
        return statement.Step() && !statement.IsNull(0) ? statement.Long(0) : null;
    }

    /// <summary>A statement that was put together, with its values.</summary>
    internal Statement Composed(SqlText sql)
    {
        if (_mayGoOn?.Invoke() == false)
        {
            throw Error(raw.SQLITE_INTERRUPT); // many small ones would not be asked in between
        }

        var statement = Composed(sql.ToString());
        foreach (var (i, bound) in sql.Values.Index())
        {
            _ = bound switch
            {
                { Text: { } text } => statement.Bind(i + 1, text),
                { Real: { } real } => statement.Bind(i + 1, real),
                { Bytes: { } bytes } => statement.BindBlob(i + 1, bytes),
                var value => statement.Bind(i + 1, value.Integer),
            };
        }

        return statement;
    }

    /// <summary>The number that a statement gives.</summary>
    internal long Number(SqlText sql)
    {
        using var statement = Composed(sql);
        _ = statement.Step();
        return statement.Long(0);
    }

    /// <summary>
    /// Does something that may take so many steps of SQLite's machine; false when it would have taken more, and was
    /// given up. What is done inside counts for both limits when one such is inside another.
    /// </summary>
    internal bool TryWithin<T>(long steps, Func<T> work, out T? result)
    {
        var outer = _stepsLeft;
        var limit = Math.Min(steps, outer);
        _stepsLeft = limit;
        try
        {
            result = work();
            return true;
        }
        catch (StorageException) when (_stepsLeft < 0)
        {
            result = default;
            return false;
        }
        finally
        {
            _stepsLeft = outer - (limit - _stepsLeft);
        }
    }

    /// <summary>
    /// Does something, and ends it with an error when the function, which is asked often, says that it may not go on.
    /// </summary>
    internal T While<T>(Func<bool> mayGoOn, Func<T> work)
    {
        _mayGoOn = mayGoOn;
        try
        {
            return work();
        }
        finally
        {
            _mayGoOn = null;
        }
    }

    /// <summary>The steps that the statements put together have taken since the connection was opened.</summary>
    internal long Steps { get; private set; }

    /// <summary>Adds what a use of a statement took.</summary>
    internal void Spend(int steps) => Steps += steps;

    /// <summary>Makes what the connection is doing end with an error; may be called from any thread.</summary>
    internal void Interrupt() => raw.sqlite3_interrupt(_handle);

    /// <summary>Whether that is how something ended which was not to go on.</summary>
    internal static bool IsInterrupt(StorageException exception) => (exception.Code & 0xFF) == raw.SQLITE_INTERRUPT;

    internal StorageException Error(int code) =>
        new($"SQLite: {raw.sqlite3_errmsg(_handle).utf8_to_string()} ({code})") { Code = code };

    public void Dispose()
    {
        Clear(_constant);
        Clear(_composed);
        _handle.Dispose();
    }

    Statement Prepare(string sql)
    {
        var code = raw.sqlite3_prepare_v3(_handle, sql, (uint)raw.SQLITE_PREPARE_PERSISTENT, out var handle);
        // That it nests too deep has no code of its own, and how deep that is depends on the grammar of each version.
        return code == raw.SQLITE_OK ? new Statement(this, handle)
            : raw.sqlite3_errmsg(_handle).utf8_to_string() == "parser stack overflow" ? throw TooDeep()
            : throw Error(code);
    }

    static FhirException TooDeep() => new(
        ProblemKind.Unprocessable,
        "too-costly",
        "This search has more inside each other than can be looked up at once; give it fewer links or alternatives.");

    static void Clear(Dictionary<string, Statement> statements)
    {
        foreach (var statement in statements.Values)
        {
            statement.Release();
        }

        statements.Clear();
    }

    /// <summary>Strings by identity.</summary>
    sealed class ByReference : IEqualityComparer<string>
    {
        internal static ByReference Instance { get; } = new();

        public bool Equals(string? x, string? y) => ReferenceEquals(x, y);

        public int GetHashCode(string obj) => RuntimeHelpers.GetHashCode(obj);
    }
}
