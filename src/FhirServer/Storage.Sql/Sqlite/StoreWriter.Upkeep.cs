using FhirHub.Core.Model;
using FhirHub.Core.Storage;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>What changes no resource: new index rows, and versions removed for good.</summary>
sealed partial class StoreWriter
{
    /// <summary>How many more than those it brings a commit removes of the rows that ended.</summary>
    const int ForgottenAtOnce = 8;

    /// <summary>Entries for a version that is no longer the current one are out of date and skipped.</summary>
    /// <param name="entries">What the resources are found by.</param>
    /// <param name="isForced">Whether nothing that is there already counts.</param>
    internal int Replace(IReadOnlyList<IndexEntry> entries, bool isForced)
    {
        if (entries.Count > 0)
        {
            CatchUp();
            _counts.Forget();
        }

        var count = 0;
        foreach (var entry in entries)
        {
            var current = Find(entry.Key);
            if (!current.IsGone && current.Version == entry.Version)
            {
                var scope = _names.Scope(_database, entry.Key.Tenant, entry.Key.Type);
                var rows = _rows.Make(scope, entry.SearchValues, entry.Compartments);
                var old = _waiting.RowsOf(current.Rid);
                _fullText.Renew(
                    scope, current.Rid, current.Seq, ResourceText.Of(entry.SearchValues), old, rows, isForced);
                IndexRows.Renew(_database, current.Rid, old, rows, current.Seq);
                _database.Constant("INSERT OR REPLACE INTO resource_rows (rid, until, rows) "
                    + "VALUES (?, 9223372036854775807, ?)").Bind(1, current.Rid).BindBlob(2, rows).Run();
                count++;
            }
        }

        return count;
    }

    /// <summary>Empties the full text before a walk through all resources.</summary>
    internal void ClearFullText()
    {
        CatchUp();
        _fullText.Clear();
    }

    /// <summary>Removes index rows that are still of no resource, and says how many.</summary>
    internal int Remove(OrphanRow[] rows)
    {
        CatchUp(); // what only has not come in yet, such as the end of a row, is no orphan
        _counts.Forget();
        return OrphanRows.Remove(_database, rows);
    }

    internal int Expunge(ResourceKey key, bool keepCurrent)
    {
        var current = Find(key);
        if (current.Version == 0)
        {
            return 0;
        }

        CatchUp();
        _fullText.Expunge(current.Rid, keepCurrent);

        if (!keepCurrent)
        {
            Forget(current.Rid);
            _counts.Save();
            _database.Constant("DELETE FROM resource WHERE scope = ? AND id = ?")
                .Bind(1, _names.Scope(_database, key.Tenant, key.Type)).Bind(2, key.Id).Run();
        }

        // The first version is the row whose seq is the rid; the others are found by the index.
        var kept = keepCurrent ? current.Version : 0;
        return Remove("DELETE FROM version WHERE seq = ?1 AND version <> ?2 RETURNING 1", current.Rid, kept)
            + Remove(
                "DELETE FROM version WHERE rid = ?1 AND version > 1 AND version <> ?2 RETURNING 1", current.Rid, kept);
    }

    /// <summary>Removes all index rows of a resource, those of the past as well.</summary>
    void Forget(long rid)
    {
        var all = new List<(long Until, byte[] Rows)>();
        using (var find = _database.Constant("SELECT until, rows FROM resource_rows WHERE rid = ?"))
        {
            find.Bind(1, rid);
            while (find.Step())
            {
                all.Add((find.Long(0), find.Bytes(1).ToArray()));
            }
        }

        foreach (var (until, rows) in all)
        {
            IndexRows.Delete(_database, rid, rows, until == long.MaxValue ? 0 : until);
            _counts.Change(rid, until == long.MaxValue ? rows : [], []);
        }

        _database.Constant("DELETE FROM resource_rows WHERE rid = ?").Bind(1, rid).Run();
    }

    /// <summary>
    /// Throws away some index rows that ended before the time that pages may show, and says from where on pages can be
    /// shown. A little with each commit keeps up with the changes, because each version ends the rows of one resource
    /// at most. What the tables do not show as ended yet has to wait.
    /// </summary>
    /// <param name="now">The time of the commit.</param>
    /// <param name="versions">How many versions it has.</param>
    void ForgetOldRows(long now, int versions)
    {
        using var first = _database.Constant(
            "SELECT first FROM commits WHERE time >= ? ORDER BY time, position LIMIT 1");
        if (!first.Bind(1, now - (long)_retention.TotalMilliseconds).Step())
        {
            return;
        }

        // What full text is taken out by is made of the rows, so it goes first.
        var before = Math.Min(first.Long(0), _waiting.Indexed + 1);
        var (through, last) = _fullText.Forget(before, ForgottenAtOnce + versions);
        var old = new List<(long Rid, long Until, byte[] Rows)>();
        using (var find = _database.Constant(
            "SELECT rid, until, rows FROM resource_rows WHERE until <= ? AND until < 9223372036854775807 "
            + "ORDER BY until LIMIT ?"))
        {
            find.Bind(1, through).Bind(2, ForgottenAtOnce + versions);
            while (find.Step())
            {
                old.Add((find.Long(0), find.Long(1), find.Bytes(2).ToArray()));
            }
        }

        foreach (var (rid, until, rows) in old)
        {
            IndexRows.Delete(_database, rid, rows, until);
            _database.Constant("DELETE FROM resource_rows WHERE rid = ? AND until = ?")
                .Bind(1, rid).Bind(2, until).Run();
        }

        last = Math.Max(last, old.Count > 0 ? old[^1].Until : 0);
        if (last > 0)
        {
            CannotShow(_database, last);
        }
    }

    /// <summary>What ended with that version is gone: pages of before can be shown no more.</summary>
    internal static void CannotShow(Database database, long until) =>
        database.Constant(
            "INSERT INTO state (name, value) VALUES ('horizon', ?) "
            + "ON CONFLICT DO UPDATE SET value = max(value, excluded.value)").Bind(1, until).Run();

    internal bool ExpungeVersion(ResourceKey key, long version)
    {
        var current = Find(key);
        if (current.Version <= version)
        {
            return false;
        }

        CatchUp();
        _fullText.ExpungeVersion(current.Rid, version);
        return Remove(
            version == 1
                ? "DELETE FROM version WHERE seq = ?1 AND version = ?2 RETURNING 1"
                : "DELETE FROM version WHERE rid = ?1 AND version > 1 AND version = ?2 RETURNING 1",
            current.Rid,
            version) > 0;
    }

    int Remove(string sql, long rid, long kept)
    {
        using var remove = _database.Constant(sql).Bind(1, rid).Bind(2, kept);
        var count = 0;
        while (remove.Step())
        {
            count++;
        }

        return count;
    }
}
