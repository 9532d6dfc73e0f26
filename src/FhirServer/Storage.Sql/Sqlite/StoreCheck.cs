using System.Security.Cryptography;
using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// Compares a store with itself on one snapshot: hashes with bytes, index rows with resources, and the number of rows
/// in each index table with the number that all resources together should have.
/// </summary>
sealed class StoreCheck(
    Database database,
    Names names,
    Func<StoredResource, (IReadOnlyList<SearchEntry> Values, IReadOnlyList<Compartment> Compartments)> extract,
    CancellationToken cancel)
{
    const int ProblemsMax = 100;

    readonly List<StoreProblem> _problems = [];
    readonly long[] _rows = new long[IndexTable.All.Count];
    readonly IndexRowMaker _maker = new(names, database, mayAdd: false);
    readonly FullTextCheck _fullText = new(database, cancel);
    readonly HashSet<long> _unfinished = [];

    internal StoreCheckReport Run()
    {
        database.Constant("BEGIN").Run();
        try
        {
            CheckFile();
            ReadUnfinished();
            var versions = CheckVersions();
            var resources = CheckResources();
            CheckCounts();
            CheckKeptCounts();
            foreach (var problem in _fullText.Problems())
            {
                Report(null, 0, problem);
            }

            return new StoreCheckReport(versions, resources, _problems);
        }
        finally
        {
            database.Constant("COMMIT").Run();
        }
    }

    void CheckFile()
    {
        using var check = database.Composed("PRAGMA quick_check(10)");
        while (check.Step())
        {
            if (check.Text(0) is var text and not "ok")
            {
                Report(null, 0, text);
            }
        }
    }

    /// <summary>
    /// Rows of parameters that are being built or removed are partly there, which is no damage. A parameter without any
    /// row yet has no number, so zero is one of theirs.
    /// </summary>
    void ReadUnfinished()
    {
        using var read = database.Constant(
            """
            SELECT 0 FROM custom_parameter WHERE state <> 1
            UNION SELECT p.id FROM custom_parameter c JOIN scope s ON s.tenant = c.tenant
                JOIN parameter p ON p.scope = s.id
                    AND (p.url = c.url OR substr(p.url, 1, length(c.url) + 1) = c.url || '#')
            WHERE c.state <> 1
            """);
        while (read.Step())
        {
            _unfinished.Add(read.Long(0));
        }
    }

    long CheckVersions()
    {
        using var read = database.Composed($"SELECT {VersionRow.Columns}, v.hash FROM version v ORDER BY v.seq");
        var count = 0L;
        for (; read.Step(); count++)
        {
            cancel.ThrowIfCancellationRequested();
            var version = VersionRow.Read(read, names, database);
            if (!SHA256.HashData(version.Json.Span).AsSpan().SequenceEqual(read.Bytes(9)))
            {
                Report(version.Key, version.Version, "The bytes are not those that were committed.");
            }
        }

        return count;
    }

    long CheckResources()
    {
        using var read = database.Composed(
            $"""
            SELECT {VersionRow.Columns}, r.rid, x.rows, r.version, r.scope, r.deleted
            FROM resource r LEFT JOIN version v ON v.seq = r.seq LEFT JOIN resource_rows x ON x.rid = r.rid
                AND x.until = 9223372036854775807
            """);
        var count = 0L;
        while (read.Step())
        {
            cancel.ThrowIfCancellationRequested();
            if (read.IsNull(0))
            {
                Report(null, read.Long(11), "A resource's current version is missing.");
                continue;
            }

            var current = VersionRow.Read(read, names, database);
            if (current.Version != read.Long(11) || current.IsDeleted != (read.Int(13) != 0))
            {
                Report(current.Key, current.Version, "The current version is not the one the resource names.");
            }
            else
            {
                CheckIndex(current, read.Long(9), read.Bytes(10), read.Int(12));
                count += current.IsDeleted ? 0 : 1;
            }
        }

        return count;
    }

    void CheckIndex(StoredResource current, long rid, ReadOnlySpan<byte> rows, int scope)
    {
        var (values, compartments) = current.IsDeleted ? ([], []) : extract(current);
        var expected = current.IsDeleted ? [] : _maker.Make(scope, values, compartments);
        if (!IndexRows.AreSame(expected, rows, _unfinished))
        {
            Report(current.Key, current.Version, "The index rows are not those of the content.");
        }

        if (!current.IsDeleted && _fullText.Problem(rid, scope, values, rows) is { } problem)
        {
            Report(current.Key, current.Version, problem);
        }

        var missing = IndexRows.CountMissing(database, rid, rows, _rows);
        if (missing > 0)
        {
            Report(current.Key, current.Version, $"{missing} index rows are missing.");
        }
    }

    void CheckCounts()
    {
        for (var i = 0; i < _rows.Length; i++)
        {
            var there = database.Scalar($"SELECT count(*) FROM {IndexTable.All[i].Name} WHERE until = 0");
            if (there != _rows[i])
            {
                Report(null, 0, $"The index table {IndexTable.All[i].Name} has {there} rows instead of {_rows[i]}.");
            }
        }
    }

    void CheckKeptCounts()
    {
        foreach (var problem in KeptCounts.Wrong(database))
        {
            Report(null, 0, problem);
        }
    }

    void Report(ResourceKey? key, long version, string text)
    {
        if (_problems.Count < ProblemsMax)
        {
            _problems.Add(new StoreProblem(key, version, text));
        }
    }
}
