using FhirHub.Core.Model;
using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// The resources whose index rows are not in the tables of the index yet. A commit writes the encoded rows into
/// resource_rows; into the tables, each of which is a tree or two with a page to change for nearly every row, they come
/// some hundred resources at a time, and what was there between two such times only, never. What waits is kept in the
/// memory and can be made again from the store: state says up to which version the tables are complete.
/// </summary>
sealed class WaitingRows
{
    readonly Database _database;
    readonly FullText _fullText;
    readonly KeptCounts _counts;
    readonly FullTextExtent _extent;
    readonly Dictionary<long, Row> _rows = [];

    /// <param name="database">The writer's connection.</param>
    /// <param name="fullText">What is told of changes at the same time as the tables,</param>
    /// <param name="counts">and what else is.</param>
    /// <param name="extent">What of the texts is indexed.</param>
    internal WaitingRows(Database database, FullText fullText, KeptCounts counts, FullTextExtent extent)
    {
        (_database, _fullText, _counts, _extent) = (database, fullText, counts, extent);
        Reload();
    }

    internal int Count => _rows.Count;

    /// <summary>About how many bytes of memory they take.</summary>
    internal long Bytes { get; private set; }

    /// <summary>Whether a resource whose rows the tables do not take is left out for once.</summary>
    internal bool IsCareful { get; set; }

    /// <summary>The version up to which the tables are complete.</summary>
    internal long Indexed { get; private set; }

    /// <summary>A version has come.</summary>
    /// <param name="scope">The resource's type.</param>
    /// <param name="rid">The resource.</param>
    /// <param name="seq">The version.</param>
    /// <param name="isNew">Whether there was no such resource, or it was deleted.</param>
    /// <param name="rows">The index rows it has now; none when it is deleted.</param>
    /// <param name="text">Its words.</param>
    internal void Put(int scope, long rid, long seq, bool isNew, byte[] rows, ResourceText text)
    {
        if (!_rows.TryGetValue(rid, out var row))
        {
            var before = isNew ? [] : RowsOf(rid);
            _rows.Add(rid, row = new Row(scope, seq, before) { Now = before });
        }

        Keep(rid, row, rows);
        (row.Last, row.Now, row.Text) = (seq, rows, text);
        Bytes += rows.Length + text.Content.Span.Length + text.Narrative.Span.Length;
    }

    /// <summary>Brings everything that waits into the tables, which are complete up to that version then.</summary>
    internal void Index(long last)
    {
        if (Indexed == last)
        {
            return;
        }

        foreach (var (rid, row) in _rows)
        {
            if (IsCareful)
            {
                IndexOrLeaveOut(rid, row);
            }
            else
            {
                Index(rid, row);
            }
        }

        Clear();
        _counts.Save();
        _database.Constant("UPDATE state SET value = ? WHERE name = 'indexed'").Bind(1, last).Run();
        Indexed = last;
    }

    void Index(long rid, Row row)
    {
        _fullText.Put(row.Scope, rid, (row.First, row.Last), row.Text, row.Before, row.Now);
        IndexRows.Replace(_database, rid, row.Before, row.Now, row.First);
        _counts.Change(rid, row.Before, row.Now); // last: what the tables do not take is not counted
    }

    /// <summary>
    /// A table that is damaged must not stop the writes, nor the searches by others: what it does not take is left out,
    /// and at the next start everything is made anew.
    /// </summary>
    void IndexOrLeaveOut(long rid, Row row)
    {
        _database.Constant("SAVEPOINT waiting").Run();
        try
        {
            Index(rid, row);
        }
        catch (StorageException damage) when (FullText.DamageCodes.Contains(damage.Code & 0xFF))
        {
            _database.Execute("ROLLBACK TO waiting; INSERT OR REPLACE INTO state VALUES ('reindex', 1)");
        }

        _database.Constant("RELEASE waiting").Run();
    }

    void Clear()
    {
        _rows.Clear();
        Bytes = 0;
    }

    /// <summary>Finds out from the store what waits: at the start, and when something was taken back.</summary>
    internal void Reload()
    {
        Clear();
        Indexed = _database.Scalar("SELECT value FROM state WHERE name = 'indexed'") ?? 0;
        using var changed = _database.Constant(
            "SELECT rid, scope, min(seq), max(seq) FROM version WHERE seq > ? GROUP BY rid");
        changed.Bind(1, Indexed);
        while (changed.Step())
        {
            _rows.Add(changed.Long(0), Read(changed.Int(1), changed.Long(0), changed.Long(2), changed.Long(3)));
        }
    }

    Row Read(int scope, long rid, long first, long last)
    {
        var now = RowsOf(rid);
        var kept = Rows("SELECT rows FROM resource_rows WHERE rid = ? AND until > ? AND until < 9223372036854775807",
            rid, Indexed);
        using var version = _database.Constant("SELECT json FROM version WHERE seq = ?").Bind(1, last);
        return new Row(scope, first, kept ?? (WasThere(scope, rid) ? now : []))
        {
            Last = last,
            Now = now,
            Text = version.Step() && !version.IsNull(0) ? TextOf(version.Bytes(0).ToArray()) : default,
            IsKept = kept is not null,
        };
    }

    /// <summary>The words that are indexed; none of damaged bytes, which the check of the store tells.</summary>
    ResourceText TextOf(byte[] json)
    {
        try
        {
            var text = ResourceText.Of(json);
            return _extent switch
            {
                FullTextExtent.All => text,
                FullTextExtent.Narrative => text with { Content = default },
                _ => default,
            };
        }
        catch (FhirException)
        {
            return default;
        }
    }

    /// <summary>Whether the resource was there at the version that the tables are complete up to.</summary>
    bool WasThere(int scope, long rid)
    {
        using var live = _database.Constant("SELECT 1 FROM live WHERE scope = ? AND rid = ? AND until = 0");
        return live.Bind(1, scope).Bind(2, rid).Step();
    }

    /// <summary>
    /// Writes the encoded rows down. Those that are in the tables stay as rows of the past, which are removed by them
    /// one day; others were never to be seen and are overwritten.
    /// </summary>
    void Keep(long rid, Row row, byte[] rows)
    {
        if (row.Now.AsSpan().SequenceEqual(rows))
        {
            return;
        }

        if (!row.IsKept && row.Before.Length > 0)
        {
            _database.Constant("UPDATE resource_rows SET until = ?2 WHERE rid = ?1 AND until = 9223372036854775807")
                .Bind(1, rid).Bind(2, row.First).Run();
            row.IsKept = true;
        }

        if (rows.Length > 0)
        {
            _database.Constant("INSERT OR REPLACE INTO resource_rows (rid, until, rows) "
                + "VALUES (?, 9223372036854775807, ?)").Bind(1, rid).BindBlob(2, rows).Run();
        }
        else
        {
            _database.Constant("DELETE FROM resource_rows WHERE rid = ? AND until = 9223372036854775807")
                .Bind(1, rid).Run();
        }
    }

    /// <summary>The encoded rows that hold.</summary>
    internal byte[] RowsOf(long rid) =>
        Rows("SELECT rows FROM resource_rows WHERE rid = ? AND until = ?", rid, long.MaxValue) ?? [];

    byte[]? Rows(string sql, long rid, long until)
    {
        using var find = _database.Constant(sql);
        return find.Bind(1, rid).Bind(2, until).Step() ? find.Bytes(0).ToArray() : null;
    }

    /// <summary>What happened to a resource since the tables were complete.</summary>
    /// <param name="scope">The resource's type.</param>
    /// <param name="first">The first version since; nobody has seen what was between it and the last.</param>
    /// <param name="before">The rows that the tables have.</param>
    sealed class Row(int scope, long first, byte[] before)
    {
        internal int Scope => scope;

        internal long First => first;

        internal byte[] Before => before;

        internal long Last { get; set; }

        /// <summary>The rows that the tables shall have.</summary>
        internal required byte[] Now { get; set; }

        internal ResourceText Text { get; set; }

        /// <summary>Whether the rows of before are written down as those of the past.</summary>
        internal bool IsKept { get; set; }
    }
}
