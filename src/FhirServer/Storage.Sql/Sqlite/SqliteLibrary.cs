using System.Runtime.InteropServices;
using SQLitePCL;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>Loads SQLite: the system's own where it is there, because it is newer, else the bundled one.</summary>
static class SqliteLibrary
{
    const string SystemLibrary = "libsqlite3.so.0";

    const int KeptBytes = 256 << 20;
    const int MappedBytes = 4 << 20;

    static readonly Lazy<string> Loaded = new(Load);

    /// <summary>The version that runs, such as 3.40.1.</summary>
    internal static string Version => Loaded.Value;

    /// <summary>
    /// Lets the C library keep what SQLite frees. It gives it back to the system after each large transaction
    /// otherwise, and the next one pays for every page anew.
    /// </summary>
    static void KeepMemory()
    {
        const int TrimThreshold = -1;
        const int MapThreshold = -3;
        if (NativeLibrary.TryLoad("libc.so.6", out var library)
            && NativeLibrary.TryGetExport(library, "mallopt", out var function))
        {
            var set = Marshal.GetDelegateForFunctionPointer<SetOption>(function);
            _ = set(TrimThreshold, KeptBytes);
            _ = set(MapThreshold, MappedBytes);
        }
    }

    static string Load()
    {
        NativeLibrary.SetDllImportResolver(
            typeof(SQLite3Provider_e_sqlite3).Assembly,
            static (name, _, _) =>
                name == "e_sqlite3" && NativeLibrary.TryLoad(SystemLibrary, out var library) ? library : 0);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        // Counting what it allocates takes a lock on each allocation, and nobody reads the count.
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
        KeepMemory();
        return raw.sqlite3_libversion().utf8_to_string();
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    delegate int SetOption(int option, int value);
}
