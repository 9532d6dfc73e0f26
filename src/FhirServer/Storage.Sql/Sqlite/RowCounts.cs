using SQLitePCL;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// What the conditions of a statement come by, when somebody asks how a page was found: <c>counted(n)</c> is always
/// true, and counts how often it was asked.
/// </summary>
sealed class RowCounts
{
    readonly List<long> _counts = [];

    internal long this[int number] => number < _counts.Count ? _counts[number] : 0;

    /// <summary>Counts from zero again.</summary>
    internal void Clear() => _counts.Clear();

    // Not deterministic, or SQLite would ask once for all rows.
    internal void Register(sqlite3 database) => _ = raw.sqlite3_create_function(
        database, "counted", 1, raw.SQLITE_UTF8, null, (context, _, arguments) =>
        {
            var number = raw.sqlite3_value_int(arguments[0]);
            while (_counts.Count <= number)
            {
                _counts.Add(0);
            }

            _counts[number]++;
            raw.sqlite3_result_int(context, 1);
        });
}
