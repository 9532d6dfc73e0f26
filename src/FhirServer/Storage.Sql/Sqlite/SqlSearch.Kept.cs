namespace FhirHub.Storage.Sql.Sqlite;

// What numbers that are kept tell a plan, and which ones are to be.
sealed partial class SqlSearch
{
    readonly Dictionary<(int Scope, ParameterRows Rows), bool> _haveAll = [];

    long TypeSize(SqlScope scope)
    {
        var sql = new SqlText();
        Compiler().All(sql, scope);
        CountKey? counted = null;
        var size = _estimates.Size(_database, sql, _lastSeq, () => scope.IsContained ? null : Kept());
        if (counted is { } key)
        {
            _counted.Add((key, size)); // to count a large type is seconds, after each start
        }

        return size;

        long? Kept()
        {
            var all = CountKey.OfType(scope.Number);
            var kept = KeptCounts.Read(_database, all);
            counted = kept is null ? all : null;
            return kept;
        }
    }

    /// <summary>
    /// Whether every resource of a type has a token of a parameter, by the numbers of both. Who asks has them kept.
    /// </summary>
    bool HaveAll(SqlScope scope, ParameterRows rows)
    {
        if (!_haveAll.TryGetValue((scope.Number, rows), out var haveAll))
        {
            haveAll = rows.Number != SqlLeaves.Unknown && HaveAllByNumbers(scope, rows);
            _haveAll.Add((scope.Number, rows), haveAll);
        }

        return haveAll;
    }

    bool HaveAllByNumbers(SqlScope scope, ParameterRows rows)
    {
        var (all, having) = (CountKey.OfType(scope.Number), CountKey.OfTokens(rows));
        var (size, count) = (KeptCounts.Read(_database, all), KeptCounts.Read(_database, having));
        if (size is null)
        {
            _counted.Add((all, TypeSize(scope)));
        }

        if (count is null)
        {
            _counted.Add((having, TypeSize(scope)));
        }

        return size is not null && size == count;
    }
}
