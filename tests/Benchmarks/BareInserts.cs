using System.Diagnostics;
using FhirHub.Storage.Sql.Sqlite;
using SQLitePCL;

namespace FhirHub.Benchmarks;

/// <summary>
/// A loop of prepared statements that writes what the server has just written: the same rows into the same tables with
/// the same durability, and nothing else. Batches are as large as the server's can be: one commit of each client.
/// </summary>
sealed class BareInserts : IDisposable
{
    readonly sqlite3 _from;
    readonly sqlite3 _to;
    readonly List<(string Name, sqlite3_stmt Read, sqlite3_stmt Insert, int Columns)> _tables = [];
    long _last;

    internal BareInserts(string source, string target)
    {
        _ = SqliteStorage.EngineVersion; // loads SQLite
        _from = Open(source);
        _to = Open(target);
        Run(_to, "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
            + "PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -196608");
        const string Schema =
            "SELECT sql, name, type FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'";
        var virtuals = Rows(_from, "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%'")
            .ConvertAll(row => Text(row[0]));
        foreach (var row in Rows(_from, Schema))
        {
            // What a full-text index holds cannot be read from it, so this loop does without one.
            var table = Text(row[1]);
            if (virtuals.Exists(name => table == name || table.StartsWith($"{name}_", StringComparison.Ordinal)))
            {
                continue;
            }

            Run(_to, Text(row[0]));
            if (Text(row[2]) == "table")
            {
                AddTable(Text(row[1]));
            }
        }
    }

    /// <summary>Writes what is new at the source and returns how many resources per second that were.</summary>
    internal double CatchUp()
    {
        var rows = new SortedDictionary<long, List<(int Table, object?[] Values)>>();
        for (var table = 0; table < _tables.Count; table++)
        {
            foreach (var row in Rows(_tables[table].Read, _last))
            {
                var key = (long)row[^1]!; // the key is selected last and is never null
                if (!rows.TryGetValue(key, out var own))
                {
                    rows.Add(key, own = []);
                }

                own.Add((table, row[..^1]));
            }
        }

        _last = rows.Count > 0 ? rows.Keys.Last() : _last;
        var watch = Stopwatch.StartNew();
        foreach (var batch in rows.Values.Chunk(Load.Clients))
        {
            Run(_to, "BEGIN IMMEDIATE");
            foreach (var (table, values) in batch.SelectMany(r => r))
            {
                Insert(_tables[table].Insert, values);
            }

            Run(_to, "COMMIT");
        }

        return rows.Count / watch.Elapsed.TotalSeconds;
    }

    public void Dispose()
    {
        foreach (var (_, read, insert, _) in _tables)
        {
            read.Dispose();
            insert.Dispose();
        }

        _from.Dispose();
        _to.Dispose();
    }

    void AddTable(string name)
    {
        var columns = Rows(_from, $"SELECT name FROM pragma_table_info('{name}')").Select(r => Text(r[0])).ToList();
        var key = name == "commits" ? "first" : columns.Contains("rid") && name != "version" ? "rid"
            : columns.Contains("seq") ? "seq" : null;
        if (key is not null)
        {
            _tables.Add((
                name,
                Prepare(_from, $"SELECT {string.Join(", ", columns)}, {key} FROM {name} WHERE {key} > ?"),
                Prepare(_to, $"INSERT INTO {name} VALUES ({string.Join(", ", columns.Select(_ => "?"))})"),
                columns.Count));
        }
    }

    static void Insert(sqlite3_stmt insert, object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _ = values[i] switch
            {
                null => raw.sqlite3_bind_null(insert, i + 1),
                long number => raw.sqlite3_bind_int64(insert, i + 1, number),
                double number => raw.sqlite3_bind_double(insert, i + 1, number),
                byte[] blob => raw.sqlite3_bind_blob(insert, i + 1, blob),
                // An empty span has no address, which SQLite takes for null.
                ReadOnlyMemory<byte> { IsEmpty: true } => raw.sqlite3_bind_text(insert, i + 1, ""),
                ReadOnlyMemory<byte> text => raw.sqlite3_bind_text(insert, i + 1, text.Span),
                _ => throw new UnreachableException(),
            };
        }

        if (raw.sqlite3_step(insert) != raw.SQLITE_DONE)
        {
            var reason = raw.sqlite3_errmsg(raw.sqlite3_db_handle(insert)).utf8_to_string();
            throw new InvalidOperationException($"The bare insert failed: {reason}");
        }

        _ = raw.sqlite3_reset(insert);
    }

    static sqlite3 Open(string path)
    {
        const int Flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE;
        var code = raw.sqlite3_open_v2(path, out var database, Flags, null);
        return code == raw.SQLITE_OK ? database : throw new InvalidOperationException($"Cannot open {path}: {code}");
    }

    static void Run(sqlite3 database, string sql)
    {
        if (raw.sqlite3_exec(database, sql) != raw.SQLITE_OK)
        {
            throw new InvalidOperationException($"{sql}: {raw.sqlite3_errmsg(database).utf8_to_string()}");
        }
    }

    static sqlite3_stmt Prepare(sqlite3 database, string sql) =>
        raw.sqlite3_prepare_v2(database, sql, out var statement) == raw.SQLITE_OK
            ? statement
            : throw new InvalidOperationException($"{sql}: {raw.sqlite3_errmsg(database).utf8_to_string()}");

    static List<object?[]> Rows(sqlite3 database, string sql)
    {
        using var statement = Prepare(database, sql);
        return Rows(statement, null);
    }

    static List<object?[]> Rows(sqlite3_stmt statement, long? parameter)
    {
        if (parameter is { } value)
        {
            _ = raw.sqlite3_bind_int64(statement, 1, value);
        }

        var rows = new List<object?[]>();
        while (raw.sqlite3_step(statement) == raw.SQLITE_ROW)
        {
            var row = new object?[raw.sqlite3_column_count(statement)];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = Value(statement, i);
            }

            rows.Add(row);
        }

        _ = raw.sqlite3_reset(statement);
        return rows;
    }

    static object? Value(sqlite3_stmt statement, int column) => raw.sqlite3_column_type(statement, column) switch
    {
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, column),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, column),
        raw.SQLITE_TEXT => new ReadOnlyMemory<byte>(raw.sqlite3_column_blob(statement, column).ToArray()),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(statement, column).ToArray(),
        _ => null,
    };

    static string Text(object? value) =>
        value is ReadOnlyMemory<byte> text ? System.Text.Encoding.UTF8.GetString(text.Span) : "";
}
