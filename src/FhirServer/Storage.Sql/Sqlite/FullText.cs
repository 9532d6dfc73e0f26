using System.Text;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// Keeps the full-text indexes: of the words of resources, and of the texts of string parameters. What is new comes in
/// once for all commits of a transaction, because FTS5 writes a piece of index at every savepoint, and pieces are work
/// to merge.
/// </summary>
sealed class FullText
{
    readonly Database _database;
    readonly IndexRowMaker _rows;
    readonly Dictionary<long, bool> _isDerived = [];

    // Numbers are given from memory and never twice, so that what has none yet in the indexes is what comes behind.
    (long Text, long String) _last;
    (long Text, long String) _indexed;
    (long Text, long String) _saved;

    /// <param name="database">The writer's connection.</param>
    /// <param name="rows">What the words of the resource are whose rows are brought in.</param>
    internal FullText(Database database, IndexRowMaker rows)
    {
        (_database, _rows) = (database, rows);
        _last = (
            database.Scalar("SELECT max(id) FROM text") ?? 0,
            database.Scalar("SELECT max(id) FROM string_value") ?? 0);
        _indexed = _last;
    }

    /// <summary>Where to go back to when what follows is taken back.</summary>
    internal void Save() => _saved = _indexed;

    internal void Restore()
    {
        _indexed = _saved;
        _isDerived.Clear();
    }

    /// <summary>Adds the words of a resource by their index row.</summary>
    internal void AddText(ReadOnlySpan<byte> row, long rid, long since)
    {
        var (scope, hash) = Read(row);
        _database.Constant(
            "INSERT INTO text (id, scope, hash, rid, since, narrative, content) VALUES (?, ?, ?, ?, ?, ?, ?)")
            .Bind(1, ++_last.Text).Bind(2, scope).BindText(3, hash).Bind(4, rid).Bind(5, since)
            .BindText(6, _rows.Text.Narrative.Span).BindText(7, _rows.Text.Content.Span).Run();
    }

    internal void RemoveText(ReadOnlySpan<byte> row, long rid, long until)
    {
        var (scope, hash) = Read(row);
        long id;
        byte[] narrative, content;
        using (var delete = _database.Constant(
            """
            DELETE FROM text WHERE rid = ? AND until = ? AND scope = ? AND hash = ?
            RETURNING id, narrative, content
            """))
        {
            if (!delete.Bind(1, rid).Bind(2, until).Bind(3, scope).BindText(4, hash).Step())
            {
                return;
            }

            id = delete.Long(0);
            narrative = FullTextTokens.Of(scope, delete.Bytes(1));
            content = FullTextTokens.Of(scope, delete.Bytes(2));
        }

        if (id <= _indexed.Text)
        {
            _database.Constant("INSERT INTO words (words, rowid, narrative, content) VALUES ('delete', ?, ?, ?)")
                .Bind(1, id).BindText(2, narrative).BindText(3, content).Run();
        }
    }

    /// <summary>Adds the text of an index row of strings, if it is the first that has it.</summary>
    internal void AddString(ReadOnlySpan<byte> row)
    {
        var (parameter, folded) = Read(row);
        if (IsDerived(parameter))
        {
            return;
        }

        using var add = _database.Constant(
            "INSERT INTO string_value (id, param, folded) VALUES (?, ?, ?) ON CONFLICT DO NOTHING RETURNING id");
        if (add.Bind(1, _last.String + 1).Bind(2, parameter).BindText(3, folded).Step())
        {
            _last.String++;
        }
    }

    /// <summary>Removes the text of a row that is no longer there, unless another row has it.</summary>
    internal void RemoveString(ReadOnlySpan<byte> row)
    {
        var (parameter, folded) = Read(row);
        long id;
        using (var delete = _database.Constant(
            """
            DELETE FROM string_value WHERE param = ?1 AND folded = ?2
                AND NOT EXISTS (SELECT 1 FROM string s WHERE s.param = ?1 AND s.folded = ?2)
            RETURNING id
            """))
        {
            id = delete.Bind(1, parameter).BindText(2, folded).Step() ? delete.Long(0) : long.MaxValue;
        }

        if (id <= _indexed.String)
        {
            _database.Constant("INSERT INTO grams (grams, rowid, tokens) VALUES ('delete', ?, ?)")
                .Bind(1, id).BindText(2, FullTextTokens.OfPairs(parameter, Encoding.UTF8.GetString(folded))).Run();
        }
    }

    /// <summary>Brings into the indexes what has come since the last time.</summary>
    internal void Index()
    {
        if (_last.Text > _indexed.Text)
        {
            using var read = _database.Constant(
                "SELECT id, scope, narrative, content FROM text WHERE id > ? ORDER BY id");
            var add = _database.Constant("INSERT INTO words (rowid, narrative, content) VALUES (?, ?, ?)");
            for (read.Bind(1, _indexed.Text); read.Step();)
            {
                add.Bind(1, read.Long(0)).BindText(2, FullTextTokens.Of(read.Long(1), read.Bytes(2)))
                    .BindText(3, FullTextTokens.Of(read.Long(1), read.Bytes(3))).Run();
            }
        }

        if (_last.String > _indexed.String)
        {
            using var read = _database.Constant("SELECT id, param, folded FROM string_value WHERE id > ? ORDER BY id");
            var add = _database.Constant("INSERT INTO grams (rowid, tokens) VALUES (?, ?)");
            for (read.Bind(1, _indexed.String); read.Step();)
            {
                add.Bind(1, read.Long(0)).BindText(2, FullTextTokens.OfPairs(read.Long(1), read.Text(2))).Run();
            }
        }

        _indexed = _last;
    }

    /// <summary>Whether the rows are of something <c>:contains</c> does not ask for.</summary>
    bool IsDerived(long parameter)
    {
        if (!_isDerived.TryGetValue(parameter, out var isDerived))
        {
            using var find = _database.Constant("SELECT url FROM parameter WHERE id = ?");
            _isDerived[parameter] = isDerived = find.Bind(1, parameter).Step() && DerivedParameter.Is(find.Text(0));
        }

        return isDerived;
    }

    /// <summary>The two columns that rows of both kinds begin with.</summary>
    static (long Number, byte[] Text) Read(ReadOnlySpan<byte> row)
    {
        row = row[1..];
        var number = RowEncoder.ReadInteger(ref row);
        var length = (int)RowEncoder.ReadInteger(ref row);
        return (number, row[..length].ToArray());
    }
}
