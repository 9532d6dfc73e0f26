namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// Keeps the full text of resources, told of changes together with the tables of the index. What is new waits in a
/// table that searches look through as well, and is brought into the indexes some hundred resources at a time: FTS5
/// writes a piece of index with each transaction and at each savepoint, and pieces are work to merge.
/// </summary>
sealed class FullText
{
    /// <summary>So many are looked through in some tens of microseconds.</summary>
    internal const int WaitingMax = 256;

    const int WaitingBytesMax = 512 * 1024;
    const int MergedAtOnce = 200; // pages, which take some milliseconds

    static readonly string LastNumber = $"SELECT max(id) FROM text WHERE {TextNumber.Of("text", "?1")}";

    /// <summary>How SQLite tells of an index that is not what it should be: logic, corruption, constraint.</summary>
    internal static readonly int[] DamageCodes = [1, 11, 19];

    readonly Database _database;
    readonly int _waitingMax;
    readonly FullTextStrings _strings;
    State _now;
    State _saved;
    bool _mayMerge = true;

    /// <param name="database">The writer's connection.</param>
    /// <param name="waitingMax">How many resources may wait to be indexed.</param>
    internal FullText(Database database, int waitingMax)
    {
        (_database, _waitingMax, _strings) = (database, waitingMax, new FullTextStrings(database));
        using var waiting = database.Constant(
            "SELECT count(*), sum(length(content) + length(narrative) + length(parts)) FROM text_waiting");
        _ = waiting.Step();
        _now = new State(waiting.Long(0), waiting.Long(1), IsUrgent: false, IsBroken: false);
    }

    /// <summary>Whether there is something to do while nobody wants anything.</summary>
    internal bool HasIdleWork => (_now.Count > 0 || _mayMerge) && !_now.IsBroken;

    /// <summary>Where to go back to when what follows is taken back.</summary>
    internal void Save() => _saved = _now;

    internal void Restore()
    {
        _now = _saved;
        _strings.Forget();
    }

    /// <summary>A resource has changed.</summary>
    /// <param name="scope">The resource's type.</param>
    /// <param name="rid">The resource.</param>
    /// <param name="versions">The version that ended what was before, and the last since.</param>
    /// <param name="text">Its words.</param>
    /// <param name="old">The index rows the resource had; none when there was no resource.</param>
    /// <param name="rows">The index rows it has now; none when it is deleted.</param>
    internal void Put(
        int scope,
        long rid,
        (long First, long Last) versions,
        ResourceText text,
        ReadOnlySpan<byte> old,
        ReadOnlySpan<byte> rows)
    {
        if (!old.IsEmpty && Holding(rid) is { } row)
        {
            if (row.Has(text) && FullTextStrings.Of(old).SequenceEqual(FullTextStrings.Of(rows)))
            {
                return;
            }

            _database.Constant("UPDATE text SET until = ? WHERE id = ?").Bind(1, versions.First).Bind(2, row.Id)
                .Run();
        }

        Add(scope, rid, versions.Last, text, rows);
    }

    /// <summary>The index of a resource is made anew for the version it is at.</summary>
    /// <param name="scope">The resource's type.</param>
    /// <param name="rid">The resource.</param>
    /// <param name="seq">The version.</param>
    /// <param name="text">Its words.</param>
    /// <param name="old">The index rows it has.</param>
    /// <param name="rows">The index rows it shall have.</param>
    /// <param name="isForced">Whether it is done even if nothing has changed, because an index may be damaged.</param>
    internal void Renew(
        int scope, long rid, long seq, ResourceText text, ReadOnlySpan<byte> old, ReadOnlySpan<byte> rows,
        bool isForced)
    {
        if (Holding(rid) is not { } row)
        {
            Add(scope, rid, seq, text, rows);
            return;
        }

        var isSame = row.Has(text) && FullTextStrings.Of(old).SequenceEqual(FullTextStrings.Of(rows));
        if (isSame && !isForced)
        {
            return;
        }

        // The same once more takes the place of what is there, or is not; to take out what is not there is an error.
        if (!isSame)
        {
            TakeOut(row);
        }

        var given = Given(scope, text, rows);
        if (given.IsEmpty)
        {
            Delete(row);
        }
        else
        {
            _database.Constant("UPDATE text SET narrative = ?, content = ? WHERE id = ?")
                .Bind(1, ResourceText.Hash(text.Narrative)).Bind(2, ResourceText.Hash(text.Content))
                .Bind(3, row.Id).Run();
            Wait(row.Id, isGone: false, given);
        }

        // What is in the indexes is not what the row says until they have both.
        _now = _now with { IsUrgent = true };
    }

    /// <summary>
    /// Takes out some of what ended before a version, those first that ended first. Gives the version up to which
    /// nothing is left that has ended, and the last one that ended something now, or zero.
    /// </summary>
    internal (long Through, long Last) Forget(long before, int count)
    {
        var ended = Read(_database.Constant(FullTextRow.Ended).Bind(1, before).Bind(2, count));
        foreach (var row in ended)
        {
            TakeOut(row);
            Delete(row);
        }

        var last = ended.Count > 0 ? ended[^1].Until : 0;
        return (ended.Count < count ? before - 1 : last, last);
    }

    /// <summary>A resource is about to be removed with all it was, or all it was but is no more.</summary>
    internal void Expunge(long rid, bool keepCurrent)
    {
        foreach (var row in Read(_database.Constant(FullTextRow.OfResource).Bind(1, rid)))
        {
            if (row.Until > 0 || !keepCurrent)
            {
                Expunge(row);
            }
        }
    }

    /// <summary>A version of a resource is about to be removed; what only it had goes with it.</summary>
    internal void ExpungeVersion(long rid, long version)
    {
        foreach (var row in Read(_database.Constant(FullTextRow.OfResource).Bind(1, rid)))
        {
            if (row.Until > 0 && !IsKept(row, version))
            {
                Expunge(row);
            }
        }
    }

    /// <summary>Empties everything; a walk through all resources follows.</summary>
    internal void Clear()
    {
        _database.Execute(
            "INSERT INTO words (words) VALUES ('delete-all'); INSERT INTO parts (parts) VALUES ('delete-all'); "
            + "DELETE FROM text; DELETE FROM text_waiting");
        _now = default;
    }

    /// <summary>
    /// Brings what waits into the indexes, if it is much or must not wait. An index that is damaged must not stop the
    /// writes: what is new waits on, where it is found too, and at the next start everything is made anew.
    /// </summary>
    /// <param name="isIdle">Whether the writer has nothing else to do, so that even a little is brought in, and then
    /// the pieces of the indexes are merged step by step.</param>
    internal void Index(bool isIdle = false)
    {
        var isMuch = _now.Count >= _waitingMax || _now.Bytes >= WaitingBytesMax;
        var isDue = isMuch || _now.IsUrgent || (isIdle && _now.Count > 0);
        if (_now.IsBroken || !(isDue || (isIdle && _mayMerge)))
        {
            return;
        }

        _database.Constant("SAVEPOINT full_text").Run();
        try
        {
            if (isDue)
            {
                Write();
            }

            _mayMerge = isDue || Merges();
            // FTS5 writes what it has in memory here, so that damage shows now and not with the commit.
            _database.Execute("SAVEPOINT written; RELEASE written; DELETE FROM text_waiting; RELEASE full_text");
            _now = default;
        }
        catch (StorageException damage) when (DamageCodes.Contains(damage.Code & 0xFF))
        {
            _database.Execute(
                "ROLLBACK TO full_text; RELEASE full_text; INSERT OR REPLACE INTO state VALUES ('reindex', 1)");
            _now = _now with { IsBroken = true };
        }
    }

    /// <summary>Merges pieces a little; false when there was nothing to merge.</summary>
    bool Merges()
    {
        var words = Changes("INSERT INTO words (words, rank) VALUES ('merge', ?)");
        var parts = Changes("INSERT INTO parts (parts, rank) VALUES ('merge', ?)");
        return words || parts;

        // https://sqlite.org/fts5.html#the_merge_command: one change is the command itself.
        bool Changes(string command)
        {
            var before = _database.Scalar("SELECT total_changes()");
            _database.Constant(command).Bind(1, MergedAtOnce).Run();
            return _database.Scalar("SELECT total_changes()") - before > 1;
        }
    }

    void Write()
    {
        var addWords = _database.Constant("INSERT INTO words (rowid, content, narrative) VALUES (?, ?, ?)");
        var removeWords = _database.Constant(
            "INSERT INTO words (rowid, content, narrative, words) VALUES (?, ?, ?, 'delete')");
        var addParts = _database.Constant("INSERT INTO parts (rowid, tokens) VALUES (?, ?)");
        var removeParts = _database.Constant("INSERT INTO parts (rowid, tokens, parts) VALUES (?, ?, 'delete')");

        // Rows in their order are what FTS5 takes without writing a piece in between.
        using var read = _database.Constant(
            "SELECT id, gone, scope, content, narrative, parts FROM text_waiting ORDER BY id, gone DESC");
        while (read.Step())
        {
            var (id, isGone, scope) = (read.Long(0), read.Int(1) != 0, read.Long(2));
            if (read.Bytes(3).Length + read.Bytes(4).Length > 0)
            {
                (isGone ? removeWords : addWords).Bind(1, id)
                    .BindText(2, FullTextTokens.Of(scope, read.Bytes(3)))
                    .BindText(3, FullTextTokens.Of(scope, read.Bytes(4))).Run();
            }

            if (read.Bytes(5).Length > 0)
            {
                (isGone ? removeParts : addParts).Bind(1, id)
                    .BindText(2, FullTextTokens.Of(scope, read.Bytes(5))).Run();
            }
        }
    }

    FullTextRow? Holding(long rid)
    {
        using var find = _database.Constant(FullTextRow.Holding);
        return find.Bind(1, rid).Step() ? FullTextRow.Read(find) : null;
    }

    void Add(int scope, long rid, long seq, ResourceText text, ReadOnlySpan<byte> rows)
    {
        var given = Given(scope, text, rows);
        if (!given.IsEmpty)
        {
            var id = Number(rid);
            _database.Constant(
                "INSERT INTO text (id, scope, rid, since, narrative, content) VALUES (?, ?, ?, ?, ?, ?)")
                .Bind(1, id).Bind(2, scope).Bind(3, rid).Bind(4, seq == rid ? 0 : seq)
                .Bind(5, ResourceText.Hash(text.Narrative)).Bind(6, ResourceText.Hash(text.Content)).Run();
            Wait(id, isGone: false, given);
        }
    }

    /// <summary>
    /// A number for one more text of a resource. When all are taken, which takes thousands of changes within the time
    /// that pages are shown for, what ended first goes, and pages of that time with it.
    /// </summary>
    long Number(long rid)
    {
        using (var last = _database.Constant(LastNumber))
        {
            if (last.Bind(1, rid).Step() && (last.IsNull(0) || last.Long(0) < TextNumber.Last(rid)))
            {
                return last.IsNull(0) ? TextNumber.First(rid) : last.Long(0) + 1;
            }
        }

        var all = Read(_database.Constant(FullTextRow.OfResource).Bind(1, rid));
        for (var i = 0; i < all.Count; i++)
        {
            if (all[i].Id != TextNumber.First(rid) + i)
            {
                return TextNumber.First(rid) + i;
            }
        }

        var first = all.Where(row => row.Until > 0).MinBy(row => row.Until);
        TakeOut(first);
        Delete(first);
        StoreWriter.CannotShow(_database, first.Until);
        return first.Id;
    }

    FullTextGiven Given(int scope, ResourceText text, ReadOnlySpan<byte> rows) =>
        new(scope, text.Content.Bytes, text.Narrative.Bytes, _strings.Parts(rows));

    /// <summary>Whether the words can still be made again from the versions when one of these is gone.</summary>
    bool IsKept(FullTextRow row, long version)
    {
        using var find = _database.Constant(
            """
            SELECT seq, json FROM version WHERE rid = ?1 AND version > 1 AND version <> ?2 AND seq >= ?3 AND seq < ?4
            UNION ALL SELECT seq, json FROM version WHERE seq = ?1 AND ?2 <> 1 AND seq >= ?3 AND seq < ?4
            ORDER BY 1 DESC LIMIT 1
            """);
        return find.Bind(1, row.Rid).Bind(2, version).Bind(3, row.Since).Bind(4, row.Until).Step()
            && row.HasGiven(find.IsNull(1) ? default : ResourceText.Of(find.Bytes(1).ToArray()));
    }

    /// <summary>Has what the indexes hold of a row taken out, or not brought in at all.</summary>
    void TakeOut(FullTextRow row)
    {
        using (var waiting = _database.Constant(
            "DELETE FROM text_waiting WHERE id = ? AND gone = 0 "
            + "RETURNING length(content) + length(narrative) + length(parts)"))
        {
            if (waiting.Bind(1, row.Id).Step())
            {
                _now = _now with { Count = _now.Count - 1, Bytes = _now.Bytes - waiting.Long(0) };
                return;
            }
        }

        Wait(row.Id, isGone: true, row.Given(_database, _strings));
    }

    void Expunge(FullTextRow row)
    {
        TakeOut(row);
        Delete(row);
        _now = _now with { IsUrgent = true };
    }

    void Delete(FullTextRow row) => _database.Constant("DELETE FROM text WHERE id = ?").Bind(1, row.Id).Run();

    void Wait(long id, bool isGone, FullTextGiven given)
    {
        _database.Constant(
            "INSERT OR REPLACE INTO text_waiting (id, gone, scope, content, narrative, parts) "
            + "VALUES (?, ?, ?, ?, ?, ?)")
            .Bind(1, id).Bind(2, isGone ? 1 : 0).Bind(3, given.Scope).BindText(4, given.Content.Span)
            .BindText(5, given.Narrative.Span).BindText(6, given.Parts.Span).Run();
        _now = _now with { Count = _now.Count + 1, Bytes = _now.Bytes + given.Length };
    }

    static List<FullTextRow> Read(Statement read)
    {
        using (read)
        {
            var rows = new List<FullTextRow>();
            while (read.Step())
            {
                rows.Add(FullTextRow.Read(read));
            }

            return rows;
        }
    }

    /// <summary>How much waits, and whether it must not, or has to.</summary>
    readonly record struct State(long Count, long Bytes, bool IsUrgent, bool IsBroken);
}
