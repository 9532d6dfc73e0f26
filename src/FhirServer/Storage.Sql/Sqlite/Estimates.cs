using System.Collections.Concurrent;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// About how many rows statements give. A plan needs no exact numbers, so one is good until the store has grown by a
/// quarter; frequent conditions are counted once and not for every search.
/// </summary>
sealed class Estimates
{
    const int EntriesMax = 20_000;
    const int FewMax = 1_000;
    const int ManyMax = 100_000;
    const int StepsMax = 2_000_000; // of SQLite's machine: some ten milliseconds
    const int Slack = 1_000;

    readonly ConcurrentDictionary<string, (long? Count, long Seq)> _known = new(StringComparer.Ordinal);

    internal long? Of(Database database, SqlText sql, long lastSeq)
    {
        var key = Key(sql);
        if (_known.TryGetValue(key, out var known) && lastSeq <= known.Seq + (known.Seq / 4) + Slack
            && known.Count is not < FewMax)
        {
            return known.Count;
        }

        // Few are counted each time: that is a look at an index, and the number is exact.
        var count = Count(database, sql, FewMax);
        if (count is < FewMax)
        {
            return count;
        }

        count = Count(database, sql, ManyMax);
        if (_known.Count >= EntriesMax)
        {
            _known.Clear();
        }

        _known[key] = (count, lastSeq);
        return count;
    }

    static long? Count(Database database, SqlText sql, int limit)
    {
        var count = new SqlText().Add("SELECT count(*) FROM (").Add(sql).Add(" LIMIT ?)", limit);
        return database.TryWithin(StepsMax, () => database.Number(count), out var number) ? number : null;
    }

    static string Key(SqlText sql)
    {
        var key = new System.Text.StringBuilder(sql.ToString());
        foreach (var value in sql.Values)
        {
            key.Append('\u001f').Append(value.Text).Append('\u001e').Append(value.Integer).Append(value.Real);
        }

        return key.ToString();
    }
}
