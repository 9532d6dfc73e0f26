using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

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
    const int StepsMax = 300_000; // of SQLite's machine: some ten milliseconds
    const int RangeMax = 200;
    const int RangeStepsMax = 5_000;
    const int ForgottenMax = 30;
    const int SizeMax = 2_000_000;
    const int SizeStepsMax = 20_000_000;
    const int Slack = 1_000;
    const int TextMax = 1_000;

    static readonly ConditionalWeakTable<string, string> Shortened = [];

    readonly ConcurrentDictionary<string, (long? Count, long Seq)> _known = new(StringComparer.Ordinal);

    /// <summary>The number of all resources of a type, which is needed as it is and seldom counted.</summary>
    /// <param name="database">Where they are.</param>
    /// <param name="all">The statement that gives them.</param>
    /// <param name="lastSeq">The last version there is.</param>
    /// <param name="kept">The number, where it is kept.</param>
    internal long Size(Database database, SqlText all, long lastSeq, Func<long?> kept)
    {
        var key = Key(all);
        if (Known(key, lastSeq) is not { } known)
        {
            known = (kept() ?? Counted(database, all, SizeMax, SizeStepsMax), lastSeq);
            Keep(key, known.Count, lastSeq);
        }

        return known.Count ?? SizeMax;
    }

    /// <summary>
    /// The same for a condition whose values are hardly asked for twice, such as a date's: to count many each time
    /// would cost more than the search, so many are taken to be a third of all.
    /// </summary>
    internal long OfRange(Database database, SqlText sql, long lastSeq, Func<long> size)
    {
        var key = Key(sql);
        if (Known(key, lastSeq) is { Count: { } known })
        {
            return known;
        }

        var count = Count(database, sql, RangeMax, RangeStepsMax);
        var estimate = count < RangeMax ? count.Value : Math.Max(FewMax, size() / 3);
        Keep(key, estimate, lastSeq);
        return estimate;
    }

    internal long? Of(Database database, SqlText sql, long lastSeq)
    {
        var key = Key(sql);
        if (Known(key, lastSeq) is { } known)
        {
            return known.Count;
        }

        var count = Counted(database, sql, ManyMax, StepsMax);
        Keep(key, count, lastSeq);
        return count;
    }

    static long? Counted(Database database, SqlText sql, int max, int stepsMax) =>
        Count(database, sql, FewMax, StepsMax) is var count and < FewMax
            ? count
            : Count(database, sql, max, stepsMax);

    (long? Count, long Seq)? Known(string key, long lastSeq) =>
        _known.TryGetValue(key, out var known) && lastSeq <= known.Seq + (known.Seq / 4) + Slack ? known : null;

    /// <summary>A very few are counted each time: that is a look at an index, and leaves room for the others.</summary>
    void Keep(string key, long? count, long lastSeq)
    {
        if (count < ForgottenMax)
        {
            return;
        }

        if (_known.Count >= EntriesMax)
        {
            _known.Clear();
        }

        _known[key] = (count, lastSeq);
    }

    static long? Count(Database database, SqlText sql, int limit, int stepsMax)
    {
        var count = new SqlText().Add("SELECT count(*) FROM (").Add(sql).Add(" LIMIT ?)", limit);
        return database.TryWithin(stepsMax, () => database.Number(count), out var number) ? number : null;
    }

    /// <summary>
    /// A list of codes may be of a megabyte; two with the same hash would only be planned alike. Such a list is made
    /// once for a value set and comes with every search for it, so that its hash is worth keeping beside it.
    /// </summary>
    static string? Short(string? text) => text is { Length: > TextMax } ? Shortened.GetValue(text, Hash) : text;

    static string Hash(string text) =>
        $"{text.Length}:{string.GetHashCode(text.AsSpan())}:{string.GetHashCode(text.AsSpan(text.Length / 2))}";

    static string Key(SqlText sql)
    {
        var key = new System.Text.StringBuilder(sql.ToString());
        foreach (var value in sql.Values)
        {
            key.Append('\u001f').Append(Short(value.Text)).Append('\u001e').Append(value.Integer).Append(value.Real);
        }

        return key.ToString();
    }
}
