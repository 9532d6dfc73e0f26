using System.Text;
using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql;

// All but those with some tokens. Where every resource has a token of the parameter, these are among those that have
// another one, which stand in the tree before, between and behind: a list of open tasks needs no look at all others.
sealed partial class SqlSearchCompiler
{
    /// <summary>The database copies the condition into the statement of each range: many are long to prepare.</summary>
    const int UnwantedMax = 16;

    /// <summary>
    /// The codes of tokens that are not wanted, in the order of the tree, and the rows of their parameter; null where
    /// what has none of them cannot be found by other tokens.
    /// </summary>
    (List<string> Codes, ParameterRows Rows)? Unwanted(SqlScope scope, SearchExpression expression)
    {
        if (scope.IsContained || expression is not SearchExpression.Not { Part: var part })
        {
            return null;
        }

        var codes = new SortedSet<string>(Utf8Order);
        string? url = null;
        foreach (var one in part is SearchExpression.Or any ? any.Parts : [part])
        {
            // Of one system: the tree has the tokens of others with the same code among its own.
            if (one is not SearchExpression.Token { System: null, Code: { } code, Parameter: { Code: not "_id" } own }
                || own.Url != (url ??= own.Url))
            {
                return null;
            }

            codes.Add(TokenText.Lower(code));
        }

        var rows = url is null ? default : new SqlLeaves(numbers, scope.Number).Rows(url);
        return url is not null && codes.Count <= UnwantedMax && looks.HaveAll(scope, rows) ? ([.. codes], rows) : null;
    }

    /// <summary>Appends a statement that gives the numbers of all that have none of some tokens.</summary>
    void ListOthers(
        SqlText sql, SqlScope scope, SearchExpression expression, (List<string> Codes, ParameterRows Rows) unwanted)
    {
        var (codes, rows) = unwanted;
        var n = Alias();
        sql.Add($"SELECT {n}.rid FROM (");
        for (var gap = 0; gap <= codes.Count; gap++)
        {
            var t = Alias();
            sql.Add(gap == 0 ? "" : " UNION ALL ")
                .Add($"SELECT {t}.rid FROM token {t} WHERE {t}.param = ?", rows.Number);
            _ = gap == 0 ? sql : sql.Add($" AND {t}.code > ?", codes[gap - 1]);
            _ = gap == codes.Count ? sql : sql.Add($" AND {t}.code < ?", codes[gap]);
            moment.Holds(sql.Add(rows.Items(t)), t);
        }

        if (moment.Seq is { } seq)
        {
            // That all have a token is known of now. What was different then has changed since.
            var v = Alias();
            sql.Add($" UNION ALL SELECT {v}.rid FROM version {v} INDEXED BY version_scope ")
                .Add($"WHERE {v}.scope = ? AND {v}.seq > ?", scope.Number, seq);
            Live(sql, scope, $"{v}.rid");
        }

        Filter(sql.Add($") {n} WHERE "), scope, expression, $"{n}.rid");
    }

    /// <summary>That of the database, which compares bytes.</summary>
    static Comparer<string> Utf8Order { get; } = Comparer<string>.Create(static (one, other) =>
        Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other)));
}
