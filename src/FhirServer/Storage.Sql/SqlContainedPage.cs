using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql;

/// <summary>
/// How one page of what is found inside other resources is found: all of it is collected and sorted, for few resources
/// contain others.
/// </summary>
/// <param name="compiler">Makes the conditions.</param>
/// <param name="inside">What is contained of each type searched, and what it must be.</param>
/// <param name="own">The resources of the types themselves likewise, if they are searched as well.</param>
/// <param name="order">The order of the matches.</param>
/// <param name="returnsContained">Whether they are given themselves, and not what they are in.</param>
sealed class SqlContainedPage(
    SqlSearchCompiler compiler,
    IReadOnlyList<(SqlScope Scope, SearchExpression Expression)> inside,
    IReadOnlyList<(SqlScope Scope, SearchExpression Expression)> own,
    SqlOrder order,
    bool returnsContained)
{
    /// <summary>What is searched, as a plan tells it.</summary>
    internal string Name => $"contained {string.Join(", ", inside.Select(target => target.Scope.Type))}";

    /// <summary>The statement that gives rid, k0, k1, … of the page's matches in their order.</summary>
    internal SqlText Of(int count)
    {
        var sql = All();
        order.Behind(sql);
        order.By(sql);
        return sql.Add(" LIMIT ?", count);
    }

    /// <summary>
    /// The same of all matches. A container is given once, in the place of what comes first of all that it contains,
    /// and not at all when it is a match itself.
    /// </summary>
    internal SqlText All()
    {
        var (sql, b) = (new SqlText(), compiler.Alias());
        sql.Add($"SELECT * FROM (SELECT {b}.rid AS rid");
        for (var i = 0; i < order.Keys.Count; i++)
        {
            sql.Add($", {(order.Keys[i].IsDescending ? "max" : "min")}({b}.k{i}) AS k{i}");
        }

        sql.Add(" FROM (");
        for (var i = 0; i < inside.Count; i++)
        {
            Matches(sql.Add(i == 0 ? "" : " UNION ALL "), inside[i].Scope, inside[i].Expression);
        }

        sql.Add($") {b} WHERE 1");
        foreach (var (scope, match) in own.Where(_ => !returnsContained))
        {
            var l = compiler.Alias();
            sql.Add($" AND NOT EXISTS (SELECT 1 FROM live {l} WHERE {l}.scope = ? AND {l}.rid = {b}.rid", scope.Number);
            compiler.Filter(compiler.Moment.Holds(sql, l).Add(" AND "), scope, match, $"{b}.rid");
            sql.Add(")");
        }

        return sql.Add($" GROUP BY {b}.rid) WHERE 1");
    }

    /// <summary>Appends what gives the matches of one type, or what they are in, with their keys.</summary>
    void Matches(SqlText sql, SqlScope scope, SearchExpression expression)
    {
        var a = compiler.Alias();
        sql.Add($"SELECT {(returnsContained ? $"{a}.rid" : SqlContained.Container($"{a}.rid"))} AS rid");
        for (var i = 0; i < order.Keys.Count; i++)
        {
            SqlOrder.Value(sql.Add(", "), compiler, scope, order.Keys[i], $"{a}.rid");
            sql.Add($" AS k{i}");
        }

        var list = new SqlText();
        compiler.Exact(list, scope, ContainedResources.Condition(scope.Type, expression));
        sql.Add($" FROM {sql.List(compiler.Alias(), list)} {a} WHERE 1");
        compiler.Allowed(sql, scope, $"{a}.rid");
    }
}
