using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>Runs searches on a connection: a reader's, or the writer's for the conditions of a commit.</summary>
static class SqlSearch
{
    /// <summary>One page, all of it from one snapshot.</summary>
    internal static SearchPage Page(Database database, Names names, SearchQuery query)
    {
        database.Constant("BEGIN").Run();
        try
        {
            var position = query.After?.AsOf ?? new CommitPosition(VersionReader.LastPosition(database));
            var found = Find(database, names, query with { Count = query.Count + 1 }, out var numbers);
            long? total = query.WantsTotal ? Total(database, names, query) : null;
            if (found.Count <= query.Count)
            {
                return new SearchPage(found, total, null);
            }

            found.RemoveAt(query.Count);
            var after = query.Count == 0 ? numbers[0] + 1 : numbers[query.Count - 1];
            return new SearchPage(found, total, new SearchCursor(position, after));
        }
        finally
        {
            database.Constant("COMMIT").Run();
        }
    }

    internal static List<StoredResource> Find(Database database, Names names, SearchQuery query) =>
        Find(database, names, query, out _);

    static List<StoredResource> Find(Database database, Names names, SearchQuery query, out List<long> numbers)
    {
        numbers = [];
        var found = new List<StoredResource>();
        var scope = names.Scope(database, query.Tenant, query.Type);
        if (scope == 0)
        {
            return found;
        }

        var page = Compiler(database, names, scope).Page(
            query.Expression, query.After?.After ?? long.MaxValue, query.Count);
        using var select = database.Composed(
            $"SELECT {VersionRow.Columns}, p.rid FROM ({page}) p "
            + "CROSS JOIN resource r INDEXED BY resource_live ON r.scope = ? AND r.rid = p.rid AND r.deleted = 0 "
            + "CROSS JOIN version v ON v.seq = r.seq ORDER BY p.rid DESC");
        Bind(select, page.Values);
        select.Bind(page.Values.Count + 1, scope);
        while (select.Step())
        {
            found.Add(VersionRow.Read(select, names, database));
            numbers.Add(select.Long(9));
        }

        return found;
    }

    static long Total(Database database, Names names, SearchQuery query)
    {
        var scope = names.Scope(database, query.Tenant, query.Type);
        if (scope == 0)
        {
            return 0;
        }

        return Number(database, Compiler(database, names, scope).Total(query.Expression));
    }

    static long Number(Database database, SqlText sql)
    {
        using var select = database.Composed(sql.ToString());
        Bind(select, sql.Values);
        _ = select.Step();
        return select.Long(0);
    }

    static SqlSearchCompiler Compiler(Database database, Names names, int scope) =>
        new(
            scope,
            url => names.Parameter(database, scope, url),
            text => names.Text(database, text),
            sql => Number(database, sql));

    static void Bind(Statement statement, IReadOnlyList<SqlValue> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            _ = values[i].Text is { } text ? statement.Bind(i + 1, text) : statement.Bind(i + 1, values[i].Integer);
        }
    }
}
