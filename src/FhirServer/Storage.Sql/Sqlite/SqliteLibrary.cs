using System.Runtime.InteropServices;
using SQLitePCL;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>Loads SQLite: the system's own where it is there, because it is newer, else the bundled one.</summary>
static class SqliteLibrary
{
    const string SystemLibrary = "libsqlite3.so.0";

    static readonly Lazy<string> Loaded = new(Load);

    /// <summary>The version that runs, such as 3.40.1.</summary>
    internal static string Version => Loaded.Value;

    static string Load()
    {
        NativeLibrary.SetDllImportResolver(
            typeof(SQLite3Provider_e_sqlite3).Assembly,
            static (name, _, _) =>
                name == "e_sqlite3" && NativeLibrary.TryLoad(SystemLibrary, out var library) ? library : 0);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return raw.sqlite3_libversion().utf8_to_string();
    }
}
