using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Storage.Sql.Sqlite;

// Reads under an access rule: what a search would not find is not there.
sealed partial class SqlSearch
{
    const int PieceCount = 64;
    const int StepsOfVersion = 100; // to read one that may not be seen, and to ask whether it may

    readonly Dictionary<ResourceKey, bool> _seen = [];

    /// <summary>
    /// The current versions of resources, or the named one of them, without those that may not be seen.
    /// </summary>
    internal static List<StoredResource> Seen(
        (Database Database, Names Names, Estimates Estimates) store,
        IReadOnlyList<ResourceKey> keys,
        long? version,
        AccessRule access,
        long stepsMax)
    {
        var query = Nothing(keys.Count == 0 ? "" : keys[0].Tenant, access);
        return Within(store.Database, query, stepsMax, () =>
        {
            var search = new SqlSearch(store.Database, store.Names, store.Estimates, query);
            return keys.Select(key => search.Seen(key, version)).OfType<StoredResource>().ToList();
        });
    }

    /// <summary>The newest versions of a walk before the one with that number, of what may be seen.</summary>
    internal static List<(long Seq, StoredResource Version)> History(
        (Database Database, Names Names, Estimates Estimates) store,
        HistoryQuery history,
        long before,
        int count,
        long stepsMax,
        CancellationToken cancel)
    {
        var query = Nothing(history.Tenant, history.Access);
        return Within(
            store.Database,
            query,
            stepsMax,
            () => new SqlSearch(store.Database, store.Names, store.Estimates, query).History(
                history, before, count, (int)Math.Min(stepsMax / StepsOfVersion, int.MaxValue), cancel));
    }

    /// <summary>Whether a live resource may be seen as the index is now.</summary>
    internal static bool Sees(
        (Database Database, Names Names, Estimates Estimates) store, ResourceKey key, AccessRule access) =>
        new SqlSearch(store.Database, store.Names, store.Estimates, Nothing(key.Tenant, access)).Sees(key);

    /// <summary>A search only for its rule.</summary>
    static SearchQuery Nothing(string tenant, AccessRule access) => new()
    {
        Tenant = tenant,
        Type = "",
        Expression = new SearchExpression.Or([]),
        Count = 0,
        Access = access,
    };

    StoredResource? Seen(ResourceKey key, long? version)
    {
        var found = VersionReader.Read(_database, _names, key, version);
        if (found is null || _query.Access.For(key.Type) is null)
        {
            return found;
        }

        if (!Sees(key))
        {
            return null;
        }

        // A commit that the index does not know yet comes after this read.
        return _moment.Seq is not { } seq ? found
            : version is null ? VersionReader.At(_database, _names, VersionReader.Rid(_database, _names, key), seq)
            : found.Position > VersionReader.PositionOf(_database, seq) ? null
            : found;
    }

    List<(long Seq, StoredResource Version)> History(
        HistoryQuery history, long before, int count, int lookedMax, CancellationToken cancel)
    {
        var looked = 0;
        var found = new List<(long Seq, StoredResource Version)>(count);
        for (var isLast = false; !isLast;)
        {
            var piece = VersionReader.History(_database, _names, history, before, PieceCount);
            isLast = piece.Count < PieceCount;
            cancel.ThrowIfCancellationRequested();
            if ((looked += piece.Count) > lookedMax)
            {
                // What it passes over is little work each, and would be counted as none.
                throw TooCostly(_query.IsUnhurried);
            }

            foreach (var (seq, version) in piece)
            {
                before = seq;
                if (_query.Access.For(version.Key.Type) is null || (!(seq > _moment.Seq) && IsSeen(version.Key)))
                {
                    found.Add((seq, version));
                    if (found.Count == count)
                    {
                        return found;
                    }
                }
            }
        }

        return found;
    }

    bool IsSeen(ResourceKey key)
    {
        if (!_seen.TryGetValue(key, out var isSeen))
        {
            _seen.Add(key, isSeen = Sees(key));
        }

        return isSeen;
    }

    bool Sees(ResourceKey key)
    {
        var scope = new SqlScope(key.Type, _names.Scope(_database, key.Tenant, key.Type));
        var rid = VersionReader.Rid(_database, _names, key);
        var (sql, compiler) = (new SqlText(), Compiler());
        var a = compiler.Alias();
        sql.Add($"SELECT EXISTS (SELECT 1 FROM live {a} WHERE {a}.scope = ? AND {a}.rid = ?", scope.Number, rid);
        compiler.Allowed(_moment.Holds(sql, a), scope, $"{a}.rid");
        return rid > 0 && _database.Number(sql.Add(")")) != 0;
    }
}
