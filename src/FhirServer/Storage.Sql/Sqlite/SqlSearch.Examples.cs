using FhirHub.Core.Model;
using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql.Sqlite;

// What values a parameter has: from one to the next by the tree's order, not over all rows of each.
sealed partial class SqlSearch
{
    const int ExamplesMax = 10_000;

    internal static IReadOnlyList<StoredResource> Examples(
        Database database,
        Names names,
        Estimates estimates,
        SearchQuery query,
        (string Url, bool AreTokens) parameter,
        long stepsMax) =>
        Within(database, query, stepsMax, () => new SqlSearch(database, names, estimates, query).Examples(parameter));

    List<StoredResource> Examples((string Url, bool AreTokens) parameter)
    {
        var scope = new SqlScope(_query.Type, _numbers.Scope(_query.Type));
        var (table, value, other) = parameter.AreTokens ? ("token", "code", "system") : ("uri", "url", "version");
        var rids = new HashSet<long>();
        if (scope.Number != 0)
        {
            var rows = new SqlLeaves(_numbers, scope.Number).Rows(parameter.Url);
            for (var at = First(table, value, rows, null); at is not null; at = First(table, value, rows, at))
            {
                Add(rids, scope, $"{table} t WHERE t.param = ? AND t.{value} = ?{rows.Items("t")}", other, rows, at);
            }
        }

        // In the order in which they were made: that of the numbers of systems would tell what else is stored.
        return [.. rids.Order().Select(Read)];
    }

    /// <summary>The first value behind another; null when there is none.</summary>
    string? First(string table, string value, ParameterRows rows, string? behind)
    {
        var sql = new SqlText().Add(
            $"SELECT t.{value} FROM {table} t WHERE t.param = ?{rows.Items("t")} AND t.{value} > ? "
            + $"ORDER BY t.{value} LIMIT 1",
            rows.Number, behind ?? "");
        return FirstText(sql);
    }

    /// <summary>Adds one resource for each system or version there is with a value.</summary>
    void Add(HashSet<long> rids, SqlScope scope, string from, string other, ParameterRows rows, string value)
    {
        var sql = new SqlText().Add($"SELECT max(t.rid) FROM {from}", rows.Number, value);
        _moment.Holds(sql, "t");
        Compiler().Allowed(sql, scope, "t.rid");
        sql.Add($" GROUP BY t.{other}");
        using var found = _database.Composed(sql);
        while (found.Step())
        {
            _ = rids.Add(found.Long(0));
        }

        if (rids.Count > ExamplesMax)
        {
            throw new FhirException(
                ProblemKind.Unprocessable,
                "too-costly",
                $"There are more than {ExamplesMax} different values; ask for a type that has fewer.");
        }
    }
}
