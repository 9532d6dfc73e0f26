using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Storage.Sql;

/// <summary>
/// The order of a search in SQL: a value for each key, what comes behind a place, and how they are sorted. What has no
/// value comes last. Ties are broken by the resource's number, the newest first.
/// </summary>
/// <param name="keys">The keys.</param>
/// <param name="cursor">The place to go on from, if any.</param>
sealed class SqlOrder(IReadOnlyList<SortKey> keys, SearchCursor? cursor)
{
    internal IReadOnlyList<SortKey> Keys => keys;

    internal bool IsBackward => cursor?.IsBackward == true;

    /// <summary>Appends the value of a key for a resource.</summary>
    internal static void Value(SqlText sql, SqlSearchCompiler compiler, SqlScope scope, SortKey key, string rid)
    {
        switch (key.Kind)
        {
            case SortKind.Id:
                sql.Add($"(SELECT z.id FROM resource z WHERE z.scope = ? AND z.rid = {rid})", scope.Number);
                break;
            case SortKind.LastUpdated:
                compiler.Moment.Version(sql, scope.IsContained ? SqlContained.Container(rid) : rid);
                break;
            default:
                var rows = new SqlLeaves(compiler.Numbers, scope.Number).Rows(key.Parameter.Url);
                compiler.Rows(sql.Add("sort_key("), scope, rid).Add(
                    ", ?, ?, ?, ?)", TableOf(key.Kind), rows.Number, key.IsDescending ? 1 : 0, rows.Mask);
                break;
        }
    }

    /// <summary>Appends the condition that a row, of columns k0, k1, … and rid, lies behind the place.</summary>
    internal void Behind(SqlText sql)
    {
        if (cursor is not { } place)
        {
            return;
        }

        sql.Add(" AND (");
        for (var i = 0; i <= keys.Count; i++)
        {
            sql.Add(i == 0 ? "(" : " OR (");
            for (var j = 0; j < i; j++)
            {
                Equal(sql, $"k{j}", Key(place, j)).Add(" AND ");
            }

            if (i < keys.Count)
            {
                Beyond(sql, $"k{i}", Key(place, i), keys[i].IsDescending != place.IsBackward, place.IsBackward);
            }
            else
            {
                sql.Add(place.IsBackward ? "rid > ?" : "rid < ?", place.After);
            }

            sql.Add(")");
        }

        sql.Add(")");
    }

    /// <summary>The same for an order without keys.</summary>
    internal void Behind(SqlText sql, string rid)
    {
        if (cursor is { } place)
        {
            sql.Add(place.IsBackward ? $" AND {rid} > ?" : $" AND {rid} < ?", place.After);
        }
    }

    /// <summary>The same for numbers of texts, which are in that order too.</summary>
    internal void BehindText(SqlText sql, string id)
    {
        if (cursor is { IsBackward: true } before)
        {
            sql.Add($" AND {id} > ?", TextNumber.Last(before.After));
        }
        else if (cursor is { After: < long.MaxValue } place)
        {
            sql.Add($" AND {id} < ?", TextNumber.First(place.After));
        }
    }

    /// <summary>The same for the one key where every row has a value.</summary>
    internal void BehindValue(SqlText sql, string key, string rid)
    {
        if (cursor is not { } place)
        {
            return;
        }

        var value = Key(place, 0);
        if (value == default)
        {
            sql.Add(place.IsBackward ? "" : " AND 0");
            return;
        }

        // The first condition alone says where in the tree to begin.
        var isLess = keys[0].IsDescending != place.IsBackward;
        Compare(sql.Add(" AND "), key, isLess ? "<=" : ">=", value);
        Compare(sql.Add(" AND ("), key, isLess ? "<" : ">", value)
            .Add(place.IsBackward ? $" OR {rid} > ?)" : $" OR {rid} < ?)", place.After);
    }

    /// <summary>The same for the rows without a value of the one key.</summary>
    internal void BehindNothing(SqlText sql, string rid)
    {
        if (cursor is not { } place)
        {
            return;
        }

        if (Key(place, 0) != default)
        {
            sql.Add(place.IsBackward ? " AND 0" : "");
            return;
        }

        Behind(sql, rid);
    }

    /// <summary>Appends the sorting of those rows.</summary>
    internal void By(SqlText sql)
    {
        sql.Add(" ORDER BY ");
        for (var i = 0; i < keys.Count; i++)
        {
            sql.Add($"k{i} {(keys[i].IsDescending != IsBackward ? "DESC" : "ASC")} NULLS ")
                .Add(IsBackward ? "FIRST, " : "LAST, ");
        }

        sql.Add(IsBackward ? "rid ASC" : "rid DESC");
    }

    /// <summary>The number of the index table that holds values of a kind.</summary>
    static int TableOf(SortKind kind) => kind switch
    {
        SortKind.Token => Sqlite.IndexTable.Token,
        SortKind.Text => Sqlite.IndexTable.String,
        SortKind.Date => Sqlite.IndexTable.Date,
        SortKind.Number => Sqlite.IndexTable.Number,
        SortKind.Quantity => Sqlite.IndexTable.Quantity,
        SortKind.Reference => Sqlite.IndexTable.Reference,
        _ => Sqlite.IndexTable.Uri,
    };

    static SortValue Key(SearchCursor place, int index) => index < place.Keys.Count ? place.Keys[index] : default;

    static SqlText Equal(SqlText sql, string key, SortValue value) =>
        value == default ? sql.Add($"{key} IS NULL") : Compare(sql, key, "=", value);

    /// <summary>Nothing lies behind what has no value, and before it lies everything that has one.</summary>
    static void Beyond(SqlText sql, string key, SortValue value, bool isLess, bool isBackward)
    {
        if (value == default)
        {
            sql.Add(isBackward ? $"{key} IS NOT NULL" : "0");
            return;
        }

        Compare(sql.Add("("), key, isLess ? "<" : ">", value).Add(isBackward ? ")" : $" OR {key} IS NULL)");
    }

    static SqlText Compare(SqlText sql, string key, string compare, SortValue value) => value switch
    {
        { Text: { } text } => sql.Add($"{key} {compare} ?", text),
        { Integer: { } integer } => sql.Add($"{key} {compare} ?", integer),
        _ => sql.Add($"{key} {compare} ?", value.Real ?? 0),
    };
}
