using FhirHub.Core.Model;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>The walks as rows, and the resources they come to.</summary>
static class IndexWalkTable
{
    const string Columns =
        "id, tenant, types, reason, rules, last, scope, rid, done, total, created, started, finished, "
        + "problem_count, problems";

    internal static List<IndexWalk> Read(Database database)
    {
        using var read = database.Constant(
            $"SELECT {Columns} FROM index_walk WHERE finished IS NULL UNION ALL SELECT * FROM (SELECT {Columns} "
            + "FROM index_walk WHERE finished IS NOT NULL ORDER BY id DESC LIMIT 20) ORDER BY id");
        return All(read);
    }

    internal static IndexWalk Add(
        Database database, DateTimeOffset now, string tenant, IReadOnlyList<string> types, IndexWalkReason reason,
        int rules)
    {
        var all = string.Join(' ', types);
        using (var find = database.Constant(
            $"SELECT {Columns} FROM index_walk WHERE finished IS NULL AND tenant = ? AND types = ? AND reason = ? "
            + "AND rules = ? AND (started IS NULL OR reason = 2)"))
        {
            find.Bind(1, tenant).Bind(2, all).Bind(3, (int)reason).Bind(4, rules);
            if (find.Step())
            {
                return One(find);
            }
        }

        using var add = database.Constant(
            "INSERT INTO index_walk (tenant, types, reason, rules, last, scope, rid, done, total, created, "
            + $"problem_count, problems) VALUES (?, ?, ?, ?, 0, 0, 0, 0, 0, ?, 0, '') RETURNING {Columns}");
        add.Bind(1, tenant).Bind(2, all).Bind(3, (int)reason).Bind(4, rules).Bind(5, now.ToUnixTimeMilliseconds());
        _ = add.Step();
        return One(add);
    }

    internal static IndexWalk Start(Database database, DateTimeOffset now, IndexWalk walk)
    {
        var total = 0L;
        foreach (var scope in ScopesOf(database, walk))
        {
            using var count = database.Constant("SELECT count(*) FROM resource WHERE scope = ? AND deleted = 0");
            _ = count.Bind(1, scope).Step();
            total += count.Long(0);
        }

        var started = walk with
        {
            Last = database.Scalar("SELECT max(seq) FROM version") ?? 0,
            Total = total,
            Started = now,
        };
        Save(database, started);
        return started;
    }

    internal static void Save(Database database, IndexWalk walk) => database.Constant(
        "UPDATE index_walk SET last = ?2, scope = ?3, rid = ?4, done = ?5, total = ?6, started = ?7, "
        + "problem_count = ?8, problems = ?9 WHERE id = ?1")
        .Bind(1, walk.Id).Bind(2, walk.Last).Bind(3, walk.Scope).Bind(4, walk.Rid).Bind(5, walk.Done)
        .Bind(6, walk.Total).Bind(7, walk.Started?.ToUnixTimeMilliseconds() ?? 0).Bind(8, walk.ProblemCount)
        .Bind(9, string.Join('\n', walk.Problems)).Run();

    internal static void Finish(Database database, DateTimeOffset now, IndexWalk walk)
    {
        Save(database, walk);
        database.Constant("UPDATE index_walk SET finished = ? WHERE id = ?")
            .Bind(1, now.ToUnixTimeMilliseconds()).Bind(2, walk.Id).Run();
        if (walk.Reason == IndexWalkReason.Rules)
        {
            // Rows hold from their version on, so nothing can be shown as of an earlier moment any more.
            KeepRules(database, walk.Rules);
            database.Constant("INSERT OR REPLACE INTO state (name, value) VALUES ('horizon', ?)")
                .Bind(1, walk.Last).Run();
            database.Constant("UPDATE index_walk SET finished = ?1 WHERE finished IS NULL AND reason = 2")
                .Bind(1, now.ToUnixTimeMilliseconds()).Run();
        }
    }

    /// <summary>The rows of the store are those of these rules.</summary>
    internal static void KeepRules(Database database, int rules)
    {
        database.Constant("DELETE FROM state WHERE name = 'reindex'").Run();
        database.Constant("INSERT OR REPLACE INTO state (name, value) VALUES ('index_rules', ?)").Bind(1, rules).Run();
    }

    internal static IndexBatch Next(Database database, Names names, IndexWalk walk, int count)
    {
        var found = new List<StoredResource>(count);
        var (at, behind) = (walk.Scope, walk.Rid);
        foreach (var scope in ScopesOf(database, walk).Where(s => s >= walk.Scope))
        {
            behind = scope == at ? behind : 0;
            at = scope;
            // In the order of that index, nothing is sorted and nothing read twice.
            using var read = database.Constant(
                $"SELECT {VersionRow.Columns}, r.rid FROM resource r INDEXED BY resource_rid "
                + "CROSS JOIN version v ON v.seq = r.seq WHERE r.scope = ? AND r.rid > ? AND r.rid <= ? "
                + "AND r.deleted = 0 ORDER BY r.rid LIMIT ?");
            read.Bind(1, scope).Bind(2, behind).Bind(3, walk.Last).Bind(4, count - found.Count);
            while (read.Step())
            {
                found.Add(VersionRow.Read(read, names, database));
                behind = read.Long(9);
            }

            if (found.Count == count)
            {
                break;
            }
        }

        return new IndexBatch(found, walk with { Scope = at, Rid = behind, Done = walk.Done + found.Count });
    }

    static List<int> ScopesOf(Database database, IndexWalk walk)
    {
        using var read = database.Constant("SELECT id, type FROM scope WHERE tenant = ?1 OR ?1 = '' ORDER BY id");
        read.Bind(1, walk.Tenant);
        var scopes = new List<int>();
        while (read.Step())
        {
            if (walk.Types.Count == 0 || walk.Types.Contains(read.Text(1)))
            {
                scopes.Add(read.Int(0));
            }
        }

        return scopes;
    }

    static List<IndexWalk> All(Statement read)
    {
        var walks = new List<IndexWalk>();
        while (read.Step())
        {
            walks.Add(One(read));
        }

        return walks;
    }

    static IndexWalk One(Statement row) => new()
    {
        Id = row.Long(0),
        Tenant = row.Text(1),
        Types = Words(row.Text(2), ' '),
        Reason = (IndexWalkReason)row.Int(3),
        Rules = row.Int(4),
        Last = row.Long(5),
        Scope = row.Int(6),
        Rid = row.Long(7),
        Done = row.Long(8),
        Total = row.Long(9),
        Created = DateTimeOffset.FromUnixTimeMilliseconds(row.Long(10)),
        Started = Time(row, 11),
        Finished = Time(row, 12),
        ProblemCount = row.Long(13),
        Problems = Words(row.Text(14), '\n'),
    };

    static DateTimeOffset? Time(Statement row, int column) =>
        row.IsNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.Long(column));

    internal static string[] Words(string text, char separator) =>
        text.Split(separator, StringSplitOptions.RemoveEmptyEntries);
}
