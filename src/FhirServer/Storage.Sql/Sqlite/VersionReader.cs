using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Storage;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>Reads versions: one, a piece of a history, a piece of the feed.</summary>
static class VersionReader
{
    /// <summary>The current version, deleted or not, or the named one.</summary>
    internal static StoredResource? Read(Database database, Names names, ResourceKey key, long? version)
    {
        var scope = names.Scope(database, key.Tenant, key.Type);
        if (scope == 0)
        {
            return null;
        }

        using var read = database.Constant(version switch
        {
            null => $"SELECT {VersionRow.Columns} FROM resource r CROSS JOIN version v ON v.seq = r.seq "
                + "WHERE r.scope = ?1 AND r.id = ?2",
            // A resource's number is that of its first version; the index of versions has only the others.
            1 => $"SELECT {VersionRow.Columns} FROM resource r CROSS JOIN version v "
                + "ON v.seq = r.rid AND v.version = ?3 WHERE r.scope = ?1 AND r.id = ?2",
            _ => $"SELECT {VersionRow.Columns} FROM resource r CROSS JOIN version v INDEXED BY version_rid "
                + "ON v.rid = r.rid AND v.version = ?3 AND v.version > 1 WHERE r.scope = ?1 AND r.id = ?2",
        });
        read.Bind(1, scope).Bind(2, key.Id);
        if (version is { } wanted)
        {
            read.Bind(3, wanted);
        }

        return read.Step() ? VersionRow.Read(read, names, database) : null;
    }

    /// <summary>The version of a resource, by its number, that is current or was as of another version.</summary>
    internal static StoredResource At(Database database, Names names, long rid, long? seq)
    {
        using var read = database.Constant(
            $"SELECT {VersionRow.Columns} FROM version v WHERE v.seq = coalesce((SELECT y.seq FROM version y "
            + "INDEXED BY version_rid WHERE y.rid = ?1 AND y.version > 1 AND y.seq <= ?2 "
            + "ORDER BY y.version DESC LIMIT 1), ?1)");
        return read.Bind(1, rid).Bind(2, seq ?? long.MaxValue).Step()
            ? VersionRow.Read(read, names, database)
            : throw new StorageException($"The store has no version of resource {rid}: it is damaged.");
    }

    /// <summary>The commit of a version that is one of the last; zero before the first.</summary>
    internal static CommitPosition PositionOf(Database database, long seq)
    {
        using var last = database.Constant(
            "SELECT position FROM commits WHERE first <= ? ORDER BY position DESC LIMIT 1");
        return new CommitPosition(last.Bind(1, seq).Step() ? last.Long(0) : 0);
    }

    /// <summary>The version up to which the tables of the index are complete.</summary>
    internal static long IndexedSeq(Database database)
    {
        using var indexed = database.Constant("SELECT value FROM state WHERE name = 'indexed'");
        _ = indexed.Step();
        return indexed.Long(0);
    }

    /// <summary>The last version of a commit, or of the last one before it.</summary>
    internal static long LastSeq(Database database, CommitPosition position)
    {
        using var last = database.Constant(
            "SELECT first + count - 1 FROM commits WHERE position <= ? ORDER BY position DESC LIMIT 1");
        return last.Bind(1, position.Value).Step() ? last.Long(0) : 0;
    }

    /// <summary>Versions of the feed behind one of them and up to another.</summary>
    internal static List<(long Seq, Change Change)> Changes(
        Database database, Names names, long after, long last, int count)
    {
        using var read = database.Constant(
            $"SELECT {VersionRow.Columns}, {VersionRow.ProvenanceColumns} FROM version v "
            + "WHERE v.seq > ? AND v.seq <= ? ORDER BY v.seq LIMIT ?");
        read.Bind(1, after).Bind(2, last).Bind(3, count);
        var changes = new List<(long, Change)>(count);
        while (read.Step())
        {
            var version = VersionRow.Read(read, names, database);
            changes.Add((
                VersionRow.Seq(read), new Change(version.Position, version, VersionRow.ReadProvenance(read))));
        }

        return changes;
    }

    /// <summary>The newest versions of a walk that come before the one with that number.</summary>
    internal static List<(long Seq, StoredResource Version)> History(
        Database database, Names names, HistoryQuery query, long before, int count)
    {
        var bounds = Bounds(query);
        var sql = new StringBuilder();
        long first;
        if (query is { Type: { } type, Id: { } id })
        {
            first = Rid(database, names, new ResourceKey(query.Tenant, type, id));
            sql.Append($"SELECT {VersionRow.Columns} FROM version v WHERE v.seq = ?1 AND {bounds} UNION ALL ")
                .Append($"SELECT {VersionRow.Columns} FROM version v WHERE v.rid = ?1 AND v.version > 1 AND {bounds} ")
                .Append("ORDER BY 1 DESC");
        }
        else if (query.Type is { } one)
        {
            first = names.Scope(database, query.Tenant, one);
            sql.Append($"SELECT {VersionRow.Columns} FROM version v WHERE v.scope = ?1 AND {bounds} ")
                .Append("ORDER BY v.seq DESC");
        }
        else
        {
            // The plus keeps SQLite from collecting each type's versions first: the walk is in the order of the table.
            first = 0;
            sql.Append($"SELECT {VersionRow.Columns} FROM version v WHERE {bounds} ")
                .Append("AND +v.scope IN (SELECT id FROM scope WHERE tenant = ?7) AND ?1 = 0 ORDER BY v.seq DESC");
        }

        using var read = database.Composed(sql.Append(" LIMIT ?2").ToString());
        read.Bind(1, first).Bind(2, count).Bind(3, before);
        Bind(read, query);
        var versions = new List<(long, StoredResource)>(Math.Min(count, 64));
        while (read.Step())
        {
            versions.Add((VersionRow.Seq(read), VersionRow.Read(read, names, database)));
        }

        return versions;
    }

    /// <summary>The conditions of a walk. Numbers are in the order of times, so a time becomes a number.</summary>
    static string Bounds(HistoryQuery query)
    {
        var bounds = "v.seq < ?3";
        if (query.Since is not null)
        {
            bounds += " AND v.seq >= " + SeqAt("?4");
        }

        if (query.At is not null)
        {
            // Made in the period, or the version that was current when it began.
            bounds += $" AND v.seq < {SeqAt("?6 + 1")} AND (v.seq >= {SeqAt("?5")} OR NOT EXISTS ("
                + "SELECT 1 FROM version n INDEXED BY version_rid WHERE n.rid = v.rid AND n.version > 1 "
                + "AND n.version > v.version AND n.updated <= ?5))";
        }

        return bounds;
    }

    static string SeqAt(string time) =>
        $"coalesce((SELECT first FROM commits WHERE time >= {time} ORDER BY time, position LIMIT 1), {long.MaxValue})";

    static void Bind(Statement read, HistoryQuery query)
    {
        if (query.Since is { } since)
        {
            read.Bind(4, Milliseconds(since));
        }

        if (query.At is { } at)
        {
            read.Bind(5, Milliseconds(at.Low)).Bind(6, at.High.ToUnixTimeMilliseconds());
        }

        if (query.Type is null)
        {
            read.Bind(7, query.Tenant);
        }
    }

    /// <summary>The first whole millisecond from there on.</summary>
    static long Milliseconds(DateTimeOffset time) =>
        time.ToUnixTimeMilliseconds() + (time.UtcTicks % TimeSpan.TicksPerMillisecond > 0 ? 1 : 0);

    /// <summary>The number of a resource; zero for one that never was.</summary>
    internal static long Rid(Database database, Names names, ResourceKey key)
    {
        using var find = database.Constant("SELECT rid FROM resource WHERE scope = ? AND id = ?");
        return find.Bind(1, names.Scope(database, key.Tenant, key.Type)).Bind(2, key.Id).Step() ? find.Long(0) : 0;
    }
}
