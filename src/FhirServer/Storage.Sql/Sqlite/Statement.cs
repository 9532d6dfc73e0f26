using System.Text;
using FhirHub.Core.Storage;
using SQLitePCL;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// A prepared statement. Dispose ends one use of it and leaves it ready for the next; parameters count from 1, columns
/// from 0, as SQLite has them.
/// </summary>
sealed class Statement : IDisposable
{
    readonly Database _database;
    readonly sqlite3_stmt _handle;

    /// <summary>
    /// When it was last asked for, counted in uses of its connection's statements; zero for one whose text is constant.
    /// </summary>
    internal long LastUse { get; set; }

    internal Statement(Database database, sqlite3_stmt handle) => (_database, _handle) = (database, handle);

    internal Statement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_handle, parameter, value));
        return this;
    }

    internal Statement Bind(int parameter, double value)
    {
        Check(raw.sqlite3_bind_double(_handle, parameter, value));
        return this;
    }

    internal Statement Bind(int parameter, string? text)
    {
        if (text is null)
        {
            Check(raw.sqlite3_bind_null(_handle, parameter));
            return this;
        }

        Span<byte> bytes = stackalloc byte[text.Length <= 80 ? 240 : 0];
        return BindText(
            parameter, text.Length <= 80 ? bytes[..Encoding.UTF8.GetBytes(text, bytes)] : Encoding.UTF8.GetBytes(text));
    }

    internal Statement BindText(int parameter, ReadOnlySpan<byte> utf8)
    {
        // An empty span has no address, and SQLite takes no address for NULL.
        Check(utf8.IsEmpty
            ? raw.sqlite3_bind_text(_handle, parameter, utf8z.FromSpan("\0"u8))
            : raw.sqlite3_bind_text(_handle, parameter, utf8));
        return this;
    }

    internal Statement BindBlob(int parameter, ReadOnlySpan<byte> bytes)
    {
        Check(bytes.IsEmpty
            ? raw.sqlite3_bind_zeroblob(_handle, parameter, 0)
            : raw.sqlite3_bind_blob(_handle, parameter, bytes));
        return this;
    }

    /// <summary>To the next row; false at the end.</summary>
    internal bool Step()
    {
        var code = raw.sqlite3_step(_handle);
        return code switch
        {
            raw.SQLITE_ROW => true,
            raw.SQLITE_DONE => false,
            _ => throw Failure(code),
        };
    }

    /// <summary>Runs a statement that answers nothing, and makes it ready for the next values.</summary>
    internal void Run()
    {
        var code = raw.sqlite3_step(_handle);
        if (code is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            throw Failure(code);
        }

        _ = raw.sqlite3_reset(_handle);
    }

    internal bool IsNull(int column) => raw.sqlite3_column_type(_handle, column) == raw.SQLITE_NULL;

    internal long Long(int column) => raw.sqlite3_column_int64(_handle, column);

    internal int Int(int column) => raw.sqlite3_column_int(_handle, column);

    /// <summary>Valid until the next step.</summary>
    internal ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_handle, column);

    internal double Double(int column) => raw.sqlite3_column_double(_handle, column);

    /// <summary>A value to sort by, of whatever kind it is.</summary>
    internal SortValue Sort(int column) => raw.sqlite3_column_type(_handle, column) switch
    {
        raw.SQLITE_INTEGER => new SortValue(Long(column), null, null),
        raw.SQLITE_FLOAT => new SortValue(null, Double(column), null),
        raw.SQLITE_TEXT => new SortValue(null, null, Text(column)),
        _ => default,
    };

    internal string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    internal string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    // A failed statement reports its error once more here; Step has thrown it already.
    public void Dispose()
    {
        if (LastUse > 0)
        {
            _database.Spend(raw.sqlite3_stmt_status(_handle, raw.SQLITE_STMTSTATUS_VM_STEP, 1));
        }

        _ = raw.sqlite3_reset(_handle);
    }

    internal void Release() => _handle.Dispose();

    StorageException Failure(int code)
    {
        var error = _database.Error(code);
        _ = raw.sqlite3_reset(_handle);
        return error;
    }

    void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw _database.Error(code);
        }
    }
}
