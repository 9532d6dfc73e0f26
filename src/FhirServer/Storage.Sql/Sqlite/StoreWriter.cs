using System.Diagnostics;
using System.Security.Cryptography;
using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// What happens inside the writer's transaction. It knows the last version, commit and time there are, because nobody
/// else writes.
/// </summary>
sealed partial class StoreWriter : IDisposable
{
    const int HashLength = 32;
    const int WaitingBytesMax = 8 * 1024 * 1024;

    /// <summary>So much of the work that a search may be, may what a commit depends on be.</summary>
    const int ConditionsShare = 20;

    /// <summary>And this for each condition, which is much for an identifier.</summary>
    const int ConditionSteps = 20_000;

    static readonly TimeSpan ConditionsMax = TimeSpan.FromSeconds(5);
    static readonly TimeSpan ConditionMax = TimeSpan.FromMilliseconds(10);

    readonly Database _database;
    readonly Names _names;
    readonly Estimates _estimates;
    readonly TimeProvider _clock;
    readonly TimeSpan _retention;
    readonly IndexRowMaker _rows;
    readonly FullText _fullText;
    readonly KeptCounts _counts;
    readonly WaitingRows _waiting;
    readonly int _waitingMax;
    readonly long _conditionSteps;
    readonly IndexDemand _demand;
    Place _last;

    internal StoreWriter(
        Database database, Names names, Estimates estimates, IndexDemand demand, SqliteStorageOptions options)
    {
        (_database, _names, _estimates, _demand) = (database, names, estimates, demand);
        (_clock, _retention, _waitingMax) = (options.Clock, options.PageRetention, options.RowsWaitingMax);
        _conditionSteps = options.SearchStepsMax / ConditionsShare;
        _rows = new IndexRowMaker(names, database);
        _fullText = new FullText(database, options.TextsWaitingMax);
        using var last = database.Constant(
            "SELECT first + count - 1, position, time FROM commits ORDER BY position DESC LIMIT 1");
        _last = last.Step() ? new Place(last.Long(0), last.Long(1), last.Long(2)) : default;
        _counts = new KeptCounts(database, options.CountPieceMax);
        _waiting = new WaitingRows(database, _fullText, _counts, options.TextsIndexed);
        TellSearches();
    }

    internal Database Database => _database;

    /// <summary>Whether there are commits whose index rows wait.</summary>
    internal bool IsBehind => _waiting.Indexed < _last.Seq;

    /// <summary>Whether there is something to do while nobody wants anything.</summary>
    internal bool HasIdleWork => IsBehind || _fullText.HasIdleWork || _counts.HasWork;

    /// <summary>Begins a transaction, and says from where.</summary>
    internal Place Begin()
    {
        _database.Constant("BEGIN IMMEDIATE").Run();
        _fullText.Save();
        _waiting.IsCareful = false;
        return _last;
    }

    /// <summary>
    /// Takes back all that was done since a transaction was begun, and begins another, in which what fails takes only
    /// itself back.
    /// </summary>
    internal void StartOver(Place place)
    {
        _last = place;
        _names.Forget();
        if (!_database.IsIdle)
        {
            _database.Execute("ROLLBACK");
        }

        _fullText.Restore();
        _ = Begin();
        _counts.Reload();
        _waiting.Reload();
        _waiting.IsCareful = true;
    }

    /// <summary>Brings in what is due in the index.</summary>
    /// <param name="isIdle">Whether nobody waits, so that of the full text all is.</param>
    internal void Index(bool isIdle = false)
    {
        if (_demand.IsNow || _waiting.Count >= _waitingMax || _waiting.Bytes >= WaitingBytesMax)
        {
            CatchUp();
        }

        _fullText.Index(isIdle);
        _counts.CountOn(isIdle, IsBehind);
    }

    /// <summary>
    /// Commits. Searches are told that the index is behind before the commit can be seen, and that it no longer is
    /// after what it was brought can.
    /// </summary>
    internal void End()
    {
        if (IsBehind)
        {
            _demand.FallBehind();
        }

        _database.Constant("COMMIT").Run();
        TellSearches();
    }

    void TellSearches()
    {
        if (IsBehind)
        {
            _demand.FallBehind();
        }
        else
        {
            _demand.CatchUp();
        }
    }

    /// <summary>Brings the index tables up to the last commit.</summary>
    internal int CatchUp()
    {
        _waiting.Index(_last.Seq);
        return 0;
    }

    /// <summary>Begins to keep the number of resources that have some rows.</summary>
    internal int Count(CountKey key)
    {
        _counts.Begin(key);
        return 0;
    }

    /// <summary>Where to go back to if what follows fails.</summary>
    internal Place Save()
    {
        _database.Constant("SAVEPOINT job").Run();
        _fullText.Save();
        return _last;
    }

    internal void Keep() => _database.Constant("RELEASE job").Run();

    /// <summary>Takes back what was done since; throws when SQLite has given up the whole transaction.</summary>
    internal void Restore(Place place, Exception reason)
    {
        if (_database.IsIdle)
        {
            throw new StorageException($"The transaction was lost: {reason.Message}", reason)
            {
                Code = (reason as StorageException)?.Code ?? 0,
            };
        }

        _last = place;
        _names.Forget();
        _fullText.Restore();
        _database.Execute("ROLLBACK TO job; RELEASE job");
        _counts.Reload();
        _waiting.Reload();
    }

    /// <summary>
    /// Closing in the middle of a transaction rolls it back, so numbers in the memory may not exist; and nobody knows
    /// what waits until the next writer has looked.
    /// </summary>
    public void Dispose()
    {
        _demand.FallBehind();
        _names.Forget();
        _database.Dispose();
    }

    /// <summary>
    /// Checks everything first, so a refused commit has written nothing; but for what the caller would not see of it,
    /// which fails and is taken back.
    /// </summary>
    internal CommitResult Commit(Commit commit)
    {
        var current = new Current[commit.Entries.Count];
        for (var i = 0; i < current.Length; i++)
        {
            current[i] = Find(commit.Entries[i].Key);
            if (commit.Entries[i].ExpectedVersion is { } expected && !current[i].Is(expected))
            {
                return new CommitResult { Conflict = new CommitConflict(i, -1, current[i].Version) };
            }
        }

        if (commit.Conditions.Count > 0 && FirstBroken(commit.Conditions) is var failed and >= 0)
        {
            return new CommitResult { Conflict = new CommitConflict(-1, failed, 0) };
        }

        var broken = commit.Links is null ? null : BrokenBy(commit, commit.Links, current);
        if (broken is not null && commit.Links is { IsStrict: true })
        {
            return new CommitResult { Conflict = new CommitConflict(-1, -1, 0), Broken = broken };
        }

        var place = new Place(
            _last.Seq, _last.Position + 1, Math.Max(_last.Time, _clock.GetUtcNow().ToUnixTimeMilliseconds()));
        var versions = new StoredResource[current.Length];
        var count = 0;
        for (var i = 0; i < current.Length; i++)
        {
            var entry = commit.Entries[i];
            if (entry.Method == WriteMethod.Delete && current[i].IsGone)
            {
                versions[i] = current[i].Version == 0 ? NeverWas(entry.Key) : ReadCurrent(entry.Key);
                continue;
            }

            place = place with { Seq = place.Seq + 1 };
            versions[i] = Write(entry, current[i], place, count++);
        }

        if (count > 0)
        {
            ForgetOldRows(place.Time, count);
            _database.Constant("INSERT INTO commits (position, time, tenant, first, count) VALUES (?, ?, ?, ?, ?)")
                .Bind(1, place.Position).Bind(2, place.Time).Bind(3, commit.Entries[0].Key.Tenant)
                .Bind(4, _last.Seq + 1).Bind(5, count).Run();
            _last = place;
            RequireSeen(commit);
        }

        return new CommitResult
        {
            Versions = versions,
            Position = new CommitPosition(count > 0 ? place.Position : 0),
            Broken = broken,
        };
    }

    Current Find(ResourceKey key)
    {
        var scope = _names.Scope(_database, key.Tenant, key.Type);
        if (scope == 0)
        {
            return default;
        }

        using var find = _database.Constant(
            "SELECT rid, seq, version, deleted FROM resource WHERE scope = ? AND id = ?");
        return find.Bind(1, scope).Bind(2, key.Id).Step()
            ? new Current(find.Long(0), find.Long(1), find.Long(2), find.Int(3) != 0)
            : default;
    }

    /// <summary>
    /// The first condition that does not hold; -1 when all do. Nobody else can write meanwhile, so this has an end.
    /// </summary>
    int FirstBroken(IReadOnlyList<CommitCondition> conditions)
    {
        CatchUp();
        var began = Stopwatch.GetTimestamp();
        var longest = ConditionsMax + (ConditionMax * conditions.Count);
        try
        {
            return _database.While(
                () => Stopwatch.GetElapsedTime(began) < longest,
                () => _database.TryWithin(
                    _conditionSteps + (ConditionSteps * conditions.Count),
                    () => Enumerable.Range(0, conditions.Count).FirstOrDefault(i => !Holds(conditions[i]), -1),
                    out var found)
                    ? found
                    : throw ConditionsTooCostly());
        }
        catch (StorageException ended) when (Database.IsInterrupt(ended) && Stopwatch.GetElapsedTime(began) >= longest)
        {
            // By time and not by work, so another time may do.
            throw new FhirException(
                ProblemKind.Unavailable,
                "throttled",
                "What the write depends on was looked for too long, for nobody else can write meanwhile. Try again in a "
                    + "while; or search first, and write by id and version.");
        }
    }

    static FhirException ConditionsTooCostly() => new(
        ProblemKind.Unprocessable,
        "too-costly",
        "What the write depends on would look at more of the store than one write may, for nobody else can write "
            + "meanwhile. Narrow its condition, such as by an identifier; or search first, and write by id and "
            + "version.");

    bool Holds(CommitCondition condition)
    {
        var query = condition.Query with
        {
            Count = condition.Matches.Count + 1,
            After = null,
            Total = SearchTotal.None,
        };
        var found = SqlSearch.Find(_database, _names, _estimates, query);
        return found.Count == condition.Matches.Count
            && found.All(resource => condition.Matches.Contains(resource.Key));
    }

    StoredResource Write(CommitEntry entry, Current current, Place place, int index)
    {
        var isDelete = entry.Method == WriteMethod.Delete;
        Debug.Assert(isDelete == (entry.Json is null), "a deletion has no content, everything else has");
        var scope = _names.Scope(_database, entry.Key.Tenant, entry.Key.Type, mayAdd: true);
        var rid = current.Version > 0 ? current.Rid : place.Seq;
        var time = DateTimeOffset.FromUnixTimeMilliseconds(place.Time);
        var version = new StoredResource(
            entry.Key, current.Version + 1, time, entry.Method, new CommitPosition(place.Position),
            entry.Json?.Complete(current.Version + 1, time))
        {
            Entry = index,
            IsBroughtBack = current.IsDeleted && !isDelete,
        };
        Append(version, entry, scope, rid, place.Seq);
        var head = _database.Constant(
            """
            INSERT INTO resource (scope, id, rid, seq, version, deleted, organization)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT DO UPDATE SET seq = ?4, version = ?5, deleted = ?6, organization = ?7
            """);
        head.Bind(1, scope).Bind(2, entry.Key.Id).Bind(3, rid).Bind(4, place.Seq).Bind(5, version.Version)
            .Bind(6, isDelete ? 1 : 0).Bind(7, entry.Provenance.Organization).Run();
        var rows = isDelete ? [] : _rows.Make(scope, entry.SearchValues, entry.Compartments);
        _waiting.Put(scope, rid, place.Seq, current.IsGone, rows, ResourceText.Of(entry.SearchValues));
        return version;
    }

    void Append(StoredResource version, CommitEntry entry, int scope, long rid, long seq)
    {
        Span<byte> hash = stackalloc byte[HashLength];
        SHA256.HashData(version.Json.Span, hash);
        var append = _database.Constant(
            """
            INSERT INTO version (seq, scope, rid, id, version, method, updated, position, entry,
                source, message, organization, security, hash, json)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """);
        append.Bind(1, seq).Bind(2, scope).Bind(3, rid).Bind(4, version.Key.Id).Bind(5, version.Version)
            .Bind(6, (int)version.Method).Bind(7, version.LastUpdated.ToUnixTimeMilliseconds())
            .Bind(8, version.Position.Value).Bind(9, version.Entry)
            .Bind(10, entry.Provenance.Source).Bind(11, entry.Provenance.Message)
            .Bind(12, entry.Provenance.Organization).Bind(13, IndexRowMaker.SecurityOf(entry.SearchValues))
            .BindBlob(14, hash);
        _ = version.IsDeleted ? append.Bind(15, null) : append.BindBlob(15, version.Json.Span);
        append.Run();
    }

    StoredResource ReadCurrent(ResourceKey key) =>
        VersionReader.Read(_database, _names, key, null)
        ?? throw new StorageException($"The store has no version of {key.Type}: it is damaged.");

    static StoredResource NeverWas(ResourceKey key) =>
        new(key, 0, DateTimeOffset.UnixEpoch, WriteMethod.Delete, CommitPosition.Start, default);

    /// <summary>The last version, commit and time.</summary>
    internal readonly record struct Place(long Seq, long Position, long Time);

    /// <summary>What there is of a resource; version zero when nothing is.</summary>
    readonly record struct Current(long Rid, long Seq, long Version, bool IsDeleted)
    {
        internal bool IsGone => Version == 0 || IsDeleted;

        internal bool Is(long expected) => expected == 0 ? IsGone : Version == expected;
    }
}
