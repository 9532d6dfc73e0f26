using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// The embedded store: a folder with one SQLite database in it, one writer and a few readers. Commits survive a power
/// failure once they are acknowledged (https://sqlite.org/pragma.html#pragma_synchronous), and readers do not wait for
/// the writer (https://sqlite.org/wal.html), but for a search that finds the index behind.
/// </summary>
public sealed class SqliteStorage : IAsyncDisposable
{
    internal const string FileName = "fhirhub.db";
    const string LockName = "fhirhub.lock";

    /// <summary>Every 4,000 pages the log goes into the database: rare enough to cost little, 32 MB of log.</summary>
    const string WriterSettings =
        "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -196608; "
        + "PRAGMA temp_store = MEMORY";

    /// <summary>
    /// Readers share the system's cache through the map, which is as large as SQLite makes one: with half of it the
    /// same searches of 16 clients took a fifth longer. What is behind the map's end is read into their own, which must
    /// hold the upper pages of the trees and what was asked lately: with 2 MB, a page of 20 people in a store of 2.7 GB
    /// was 37 reads where 16 MB make it 14, and searches of all kinds in turns are flat with 64 MB only.
    /// </summary>
    const string ReaderSettings =
        "PRAGMA query_only = ON; PRAGMA cache_size = -65536; PRAGMA mmap_size = 2147418112; PRAGMA temp_store = MEMORY";

    readonly FileStream _lock;
    readonly string _path;
    readonly ReaderPool _readers;
    readonly WriteQueue _writer;
    readonly Names _names;
    readonly IndexDemand _demand;

    SqliteStorage(SqliteStorageOptions options, FileStream @lock, string path, Database writer)
    {
        (_lock, _path, _names) = (@lock, path, new Names());
        var estimates = new Estimates();
        _demand = new IndexDemand(options.SearchMemory);
        _readers = new ReaderPool(() => OpenReader(path), options.Readers);
        _writer = new WriteQueue(
            new StoreWriter(writer, _names, estimates, _demand, options),
            () => OpenAnother(path, estimates, options),
            options);
        var places = new SearchPlaces(options.Readers) { WaitMax = options.SearchWaitMax };
        var search = new SqliteSearchIndex((_readers, places), _writer, _names, _demand, estimates, options);
        (Resources, Search) = (new SqliteResourceStore(_readers, _writer, _names, search), search);
        IndexWork = new SqliteIndexWork(_readers, _writer, _names, options.Clock);
    }

    /// <summary>The version of SQLite that runs.</summary>
    public static string EngineVersion => SqliteLibrary.Version;

    public IResourceStore Resources { get; }

    public ISearchIndex Search { get; }

    /// <summary>Making the index anew.</summary>
    public SqliteIndexWork IndexWork { get; }

    internal WriteQueue Writer => _writer;

    /// <summary>
    /// Opens the store of a folder, or makes one; an older one is brought forward first. Throws
    /// <see cref="StorageException"/> where the file is newer, not ours, or open elsewhere, and leaves it untouched.
    /// </summary>
    public static SqliteStorage Open(SqliteStorageOptions options) => Open(options, Migration.All);

    internal static SqliteStorage Open(SqliteStorageOptions options, IReadOnlyList<Migration> steps)
    {
        ArgumentNullException.ThrowIfNull(options);
        DurableNames.CreateFolder(options.Folder);
        var path = Path.Combine(options.Folder, FileName);
        // The lock first: reading a file that SQLite has open in this process would drop SQLite's own locks on it.
        var @lock = Lock(options.Folder);
        Database? writer = null;
        try
        {
            SqliteSchema.RefuseUnlessOurs(path, steps[^1].Version);
            writer = OpenWriter(path);
            SqliteSchema.Migrate(writer, path, steps, options.Progress);
            return new SqliteStorage(options, @lock, path, writer);
        }
        catch
        {
            writer?.Dispose();
            @lock.Dispose();
            throw;
        }
    }

    /// <summary>Writes a consistent copy of the store to a file while it runs; the file must not exist yet.</summary>
    public async Task BackUpAsync(string file, CancellationToken cancel)
    {
        using var reader = OpenReader(_path); // one of its own: it takes long
        await Task.Run(() => SqliteBackup.Write(reader, file, cancel), cancel);
    }

    /// <summary>Checks a backup and puts it into an empty folder, where it can be opened.</summary>
    public static Task RestoreAsync(string backup, string folder, CancellationToken cancel) => Task.Run(
        () => SqliteBackup.Restore(backup, Path.Combine(folder, FileName), Migration.All[^1].Version), cancel);

    /// <summary>
    /// Reads the whole store: the file's structure, every version's hash, and the index of every resource against what
    /// it would be if it were extracted again. Writers go on, and bring their index rows in with each commit meanwhile.
    /// </summary>
    public async Task<StoreCheckReport> CheckAsync(
        Func<StoredResource, (IReadOnlyList<SearchEntry> Values, IReadOnlyList<Compartment> Compartments)> extract,
        CancellationToken cancel)
    {
        using var hold = _demand.Hold();
        _ = await _writer.RunAsync(session => session.CatchUp(), cancel);
        using var reader = OpenReader(_path); // one of its own: it takes long
        return await Task.Run(() => new StoreCheck(reader, _names, extract, cancel).Run(), cancel);
    }

    /// <summary>Sees the waiting commits through and closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _readers.Dispose();
        await _lock.DisposeAsync();
    }

    StoreWriter OpenAnother(string path, Estimates estimates, SqliteStorageOptions options)
    {
        var database = OpenWriter(path);
        try
        {
            return new StoreWriter(database, _names, estimates, _demand, options);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    static Database OpenWriter(string path)
    {
        var database = Database.Open(path, isReadOnly: false);
        try
        {
            // Page size and journal mode belong to the file; they can be set here because it is ours or new.
            database.Execute("PRAGMA page_size = 8192");
            _ = database.Scalar("PRAGMA journal_mode = WAL");
            database.Execute(WriterSettings);
            return database;
        }
        catch (StorageException)
        {
            database.Dispose();
            throw;
        }
    }

    static Database OpenReader(string path)
    {
        // Not read-only: a reader may have to make the log's index file.
        var database = Database.Open(path, isReadOnly: false);
        database.Execute(ReaderSettings);
        return database;
    }

    static FileStream Lock(string folder)
    {
        try
        {
            return new FileStream(
                Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new StorageException($"{folder} is open in another process; a store has one server.", e);
        }
    }
}
