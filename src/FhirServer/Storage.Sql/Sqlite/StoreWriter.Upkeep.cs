using FhirHub.Core.Model;
using FhirHub.Core.Storage;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>What changes no resource: new index rows, and versions removed for good.</summary>
sealed partial class StoreWriter
{
    /// <summary>Entries for a version that is no longer the current one are out of date and skipped.</summary>
    internal int Replace(IReadOnlyList<IndexEntry> entries)
    {
        var count = 0;
        foreach (var entry in entries)
        {
            var current = Find(entry.Key);
            if (!current.IsGone && current.Version == entry.Version)
            {
                var scope = _names.Scope(_database, entry.Key.Tenant, entry.Key.Type);
                Index(current.Rid, current.Rid, _rows.Make(scope, entry.SearchValues, entry.Compartments));
                count++;
            }
        }

        return count;
    }

    internal int Expunge(ResourceKey key, bool keepCurrent)
    {
        var current = Find(key);
        if (current.Version == 0)
        {
            return 0;
        }

        if (!keepCurrent)
        {
            Index(current.Rid, current.IsDeleted ? null : current.Rid, []);
            _database.Constant("DELETE FROM resource WHERE scope = ? AND id = ?")
                .Bind(1, _names.Scope(_database, key.Tenant, key.Type)).Bind(2, key.Id).Run();
        }

        // The first version is the row whose seq is the rid; the others are found by the index.
        var kept = keepCurrent ? current.Version : 0;
        return Remove("DELETE FROM version WHERE seq = ?1 AND version <> ?2 RETURNING 1", current.Rid, kept)
            + Remove(
                "DELETE FROM version WHERE rid = ?1 AND version > 1 AND version <> ?2 RETURNING 1", current.Rid, kept);
    }

    internal bool ExpungeVersion(ResourceKey key, long version)
    {
        var current = Find(key);
        return current.Version > version
            && Remove(
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
