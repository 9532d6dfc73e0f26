using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql;

/// <summary>
/// How one page of what is found inside other resources is found: all of it is collected and sorted, for few resources
/// contain others.
/// </summary>
/// <param name="compiler">Makes the conditions.</param>
/// <param name="scope">What is contained of the type.</param>
/// <param name="type">The resources of the type themselves, if they are searched as well.</param>
/// <param name="order">The order of the matches.</param>
/// <param name="returnsContained">Whether they are given themselves, and not what they are in.</param>
sealed class SqlContainedPage(
    SqlSearchCompiler compiler, SqlScope scope, SqlScope? type, SqlOrder order, bool returnsContained)
{
    /// <summary>The statement that gives rid, k0, k1, … of the page's matches in their order.</summary>
    internal SqlText Of(SearchExpression expression, int count)
    {
        var sql = All(expression);
        order.Behind(sql);
        order.By(sql);
        return sql.Add(" LIMIT ?", count);
    }

    /// <summary>
    /// The same of all matches. A container is given once, in the place of what comes first of all that it contains,
    /// and not at all when it is a match itself.
    /// </summary>
    internal SqlText All(SearchExpression expression)
    {
        var (sql, a, b) = (new SqlText(), compiler.Alias(), compiler.Alias());
        sql.Add($"SELECT * FROM (SELECT {b}.rid AS rid");
        for (var i = 0; i < order.Keys.Count; i++)
        {
            sql.Add($", {(order.Keys[i].IsDescending ? "max" : "min")}({b}.k{i}) AS k{i}");
        }

        sql.Add($" FROM (SELECT {(returnsContained ? $"{a}.rid" : SqlContained.Container($"{a}.rid"))} AS rid");
        for (var i = 0; i < order.Keys.Count; i++)
        {
            SqlOrder.Value(sql.Add(", "), compiler, scope, order.Keys[i], $"{a}.rid");
            sql.Add($" AS k{i}");
        }

        compiler.Exact(sql.Add(" FROM ("), scope, SqlContained.Inside(expression));
        sql.Add($") {a}) {b} WHERE 1");
        if (type is { } own && !returnsContained)
        {
            var l = compiler.Alias();
            sql.Add($" AND NOT EXISTS (SELECT 1 FROM live {l} WHERE {l}.scope = ? AND {l}.rid = {b}.rid", own.Number);
            compiler.Filter(compiler.Moment.Holds(sql, l).Add(" AND "), own, expression, $"{b}.rid");
            sql.Add(")");
        }

        return sql.Add($" GROUP BY {b}.rid) WHERE 1");
    }
}
