using System.Diagnostics;
using FhirHub.Core.Search;

namespace FhirHub.Storage.Sql;

/// <summary>
/// From an expression to SQL that gives the numbers of the matching resources. Index rows of equal values are in the
/// order of these numbers, which is the order of pages: one such condition leads, and the others are asked for each
/// resource it gives, so a page costs what is on it and not what matches in all.
/// </summary>
/// <param name="scope">The type of a tenant that is searched.</param>
/// <param name="parameter">The number of a parameter by its URL, zero when nothing was ever indexed by it.</param>
/// <param name="name">The number of a text, likewise.</param>
/// <param name="count">Runs a statement that gives one number.</param>
sealed class SqlSearchCompiler(
    int scope, Func<string, int> parameter, Func<string, int> name, Func<SqlText, long> count)
{
    const int Unknown = -2; // no row has this number
    const int RareMax = 256; // rows looked at to tell a rare value from a frequent one

    int _aliases;

    /// <summary>The matches behind a place, the newest resource first.</summary>
    internal SqlText Page(SearchExpression expression, long before, int count)
    {
        var sql = new SqlText().Add("SELECT DISTINCT a.rid AS rid FROM ");
        Lead(sql, "a", expression);
        return sql.Add(" AND a.rid < ? ORDER BY a.rid DESC LIMIT ?", before, count);
    }

    /// <summary>How many matches there are.</summary>
    internal SqlText Total(SearchExpression expression)
    {
        var sql = new SqlText().Add("SELECT count(DISTINCT a.rid) FROM ");
        Lead(sql, "a", expression);
        return sql;
    }

    /// <summary>The leading table and every condition on it.</summary>
    void Lead(SqlText sql, string alias, SearchExpression expression)
    {
        var parts = new List<SearchExpression>();
        Flatten(expression, parts);
        if (Rarest(parts) is { } lead)
        {
            var leaf = Compile(lead);
            sql.Add($"{leaf.Table} {alias} WHERE ").Add(leaf.On(alias), leaf.Values);
            parts.Remove(lead);
        }
        else
        {
            sql.Add($"resource {alias} INDEXED BY resource_live ")
                .Add($"WHERE {alias}.scope = ? AND {alias}.deleted = 0", scope);
        }

        foreach (var part in parts)
        {
            Filter(sql.Add(" AND "), part, $"{alias}.rid");
        }
    }

    /// <summary>
    /// The equality that the fewest rows fulfil, as far as a short look tells; null when there is none.
    /// </summary>
    SearchExpression? Rarest(List<SearchExpression> parts)
    {
        var equalities = parts.FindAll(part => IsLeaf(part) && Compile(part).IsEquality);
        return equalities.Count < 2 ? equalities.FirstOrDefault() : equalities.MinBy(part =>
        {
            var leaf = Compile(part);
            return count(new SqlText().Add($"SELECT count(*) FROM (SELECT 1 FROM {leaf.Table} a WHERE ")
                .Add(leaf.On("a"), leaf.Values).Add(" LIMIT ?)", RareMax));
        });
    }

    /// <summary>A condition on one resource's number.</summary>
    void Filter(SqlText sql, SearchExpression expression, string rid)
    {
        switch (expression)
        {
            case SearchExpression.And all:
                Join(sql, all.Parts, " AND ", $"{rid} > 0", part => Filter(sql, part, rid));
                break;
            case SearchExpression.Or any when any.Parts.All(part => IsLeaf(part) && Compile(part).IsEquality):
                Join(sql, any.Parts, " OR ", $"{rid} < 0", part => Filter(sql, part, rid));
                break;
            case SearchExpression.Or:
                Select(sql.Add($"{rid} IN ("), expression);
                sql.Add(")");
                break;
            default:
                var leaf = Compile(expression);
                if (leaf.IsEquality)
                {
                    var probe = Alias();
                    sql.Add($"EXISTS (SELECT 1 FROM {leaf.Table} {probe} WHERE ").Add(leaf.On(probe), leaf.Values)
                        .Add($" AND {probe}.rid = {rid})");
                }
                else
                {
                    // A range is in the order of its values; it is read once and kept by number.
                    Select(sql.Add($"{rid} IN ("), expression);
                    sql.Add(")");
                }

                break;
        }
    }

    /// <summary>All numbers that match, in no order and perhaps more than once.</summary>
    void Select(SqlText sql, SearchExpression expression)
    {
        var alias = Alias();
        switch (expression)
        {
            case SearchExpression.And:
                Lead(sql.Add($"SELECT {alias}.rid FROM "), alias, expression);
                break;
            case SearchExpression.Or any:
                var separator = "";
                foreach (var part in any.Parts)
                {
                    Select(sql.Add(separator), part);
                    separator = " UNION ALL ";
                }

                sql.Add(any.Parts.Count == 0 ? "SELECT NULL WHERE 0" : "");
                break;
            default:
                var leaf = Compile(expression);
                sql.Add($"SELECT {alias}.rid FROM {leaf.Table} {alias} WHERE ").Add(leaf.On(alias), leaf.Values);
                break;
        }
    }

    SqlLeaf Compile(SearchExpression expression) => expression switch
    {
        SearchExpression.Token token => Token(token),
        SearchExpression.Text text => Text(text),
        SearchExpression.Date date => new SqlLeaf(
            "date",
            "@.param = ? AND @.low >= ? AND @.low < ? AND @.high <= ?",
            false,
            Parameter(date.Parameter.Url), date.Range.Low.Ticks, date.Range.High.Ticks, date.Range.High.Ticks),
        SearchExpression.Reference { Type: null } reference => new SqlLeaf(
            "reference", "@.param = ? AND @.id = ?", true, Parameter(reference.Parameter.Url), reference.Id),
        SearchExpression.Reference { Type: { } type } reference => new SqlLeaf(
            "reference",
            "@.param = ? AND @.id = ? AND @.type = ?",
            true,
            Parameter(reference.Parameter.Url), reference.Id, Name(type)),
        SearchExpression.Url url => Url(url),
        SearchExpression.InCompartment compartment => new SqlLeaf(
            "compartment",
            "@.type = ? AND @.id = ? AND @.scope = ?",
            true,
            Name(compartment.Type), compartment.Id, scope),
        SearchExpression.Ids ids => new SqlLeaf(
            "resource",
            $"@.scope = ? AND @.deleted = 0 AND @.id IN ({string.Join(", ", ids.Values.Select(_ => "?"))})",
            ids.Values.Count == 1,
            [scope, .. ids.Values.Select(id => (SqlValue)id)]),
        SearchExpression.LastUpdated updated => LastUpdated(updated.Range),
        _ => throw new UnreachableException($"an expression that is no leaf: {expression.GetType().Name}"),
    };

    SqlLeaf Token(SearchExpression.Token token)
    {
        var on = "@.param = ?";
        var values = new List<SqlValue> { Parameter(token.Parameter.Url) };
        if (token.Code is not null)
        {
            on += " AND @.code = ?";
            values.Add(token.Code);
        }

        if (token.System is not null)
        {
            on += " AND @.system = ?";
            values.Add(token.System.Length == 0 ? 0 : Name(token.System));
        }

        return new SqlLeaf("token", on, token.Code is not null, [.. values]);
    }

    SqlLeaf Text(SearchExpression.Text text)
    {
        // The last code point there is stands behind everything that begins with the text.
        var folded = SearchText.Fold(text.Value);
        return new SqlLeaf(
            "string",
            "@.param = ? AND @.folded >= ? AND @.folded < ?",
            false,
            Parameter(text.Parameter.Url), folded, folded + "\U0010FFFF");
    }

    SqlLeaf Url(SearchExpression.Url url)
    {
        var bar = url.Value.IndexOf('|', StringComparison.Ordinal);
        return bar < 0
            ? new SqlLeaf("uri", "@.param = ? AND @.url = ?", true, Parameter(url.Parameter.Url), url.Value)
            : new SqlLeaf(
                "uri",
                "@.param = ? AND @.url = ? AND @.version = ?",
                true,
                Parameter(url.Parameter.Url), url.Value[..bar], url.Value[(bar + 1)..]);
    }

    /// <summary>Versions are in the order of their times, so the range of times is a range of versions.</summary>
    SqlLeaf LastUpdated(DateRange range)
    {
        const string SeqAt = "coalesce((SELECT first FROM commits WHERE time >= ? ORDER BY time, position LIMIT 1), "
            + "9223372036854775807)";
        return new SqlLeaf(
            "version",
            $"@.scope = ? AND @.seq >= {SeqAt} AND @.seq < {SeqAt} AND EXISTS (SELECT 1 FROM resource r "
            + "WHERE r.scope = @.scope AND r.id = @.id AND r.seq = @.seq AND r.deleted = 0)",
            false,
            scope, Milliseconds(range.Low), Milliseconds(range.High));
    }

    string Alias() => $"t{++_aliases}";

    long Parameter(string url) => parameter(url) is var id and not 0 ? id : Unknown;

    long Name(string text) => name(text) is var id and not 0 ? id : Unknown;

    static bool IsLeaf(SearchExpression expression) => expression is not (SearchExpression.And or SearchExpression.Or);

    static void Flatten(SearchExpression expression, List<SearchExpression> parts)
    {
        if (expression is SearchExpression.And all)
        {
            foreach (var part in all.Parts)
            {
                Flatten(part, parts);
            }
        }
        else
        {
            parts.Add(expression);
        }
    }

    static void Join(
        SqlText sql, IReadOnlyList<SearchExpression> parts, string word, string none, Action<SearchExpression> add)
    {
        sql.Add(parts.Count == 0 ? $"({none}" : "(");
        for (var i = 0; i < parts.Count; i++)
        {
            sql.Add(i == 0 ? "" : word);
            add(parts[i]);
        }

        sql.Add(")");
    }

    /// <summary>The first whole millisecond from there on: times are kept to the millisecond.</summary>
    static long Milliseconds(DateTime time)
    {
        var ticks = time.Ticks - DateTime.UnixEpoch.Ticks;
        return (long)Math.Ceiling((decimal)ticks / TimeSpan.TicksPerMillisecond);
    }

    /// <summary>A condition on one index table, whose name in the statement stands as @.</summary>
    /// <param name="Table">The table.</param>
    /// <param name="Condition">What its rows must be.</param>
    /// <param name="IsEquality">Whether the rows it leaves are in the order of resources.</param>
    /// <param name="Values">The values of its parameters.</param>
    sealed record SqlLeaf(string Table, string Condition, bool IsEquality, params SqlValue[] Values)
    {
        internal string On(string alias) => Condition.Replace("@", alias, StringComparison.Ordinal);
    }
}
