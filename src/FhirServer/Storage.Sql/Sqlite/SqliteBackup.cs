using FhirHub.Core.Storage;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>Copies of a running store, and stores from copies.</summary>
static class SqliteBackup
{
    /// <summary>Reads one snapshot and writes it densely; the writer goes on meanwhile.</summary>
    internal static void Write(Database database, string file, CancellationToken cancel)
    {
        if (File.Exists(file))
        {
            throw new StorageException($"{file} exists already; a backup overwrites nothing.");
        }

        var unfinished = file + ".unfinished";
        File.Delete(unfinished);
        try
        {
            // query_only forbids even this, which changes nothing of the store.
            database.Execute("PRAGMA query_only = OFF");
            using var interruption = cancel.Register(database.Interrupt);
            using var copy = database.Composed("VACUUM INTO ?");
            copy.Bind(1, unfinished).Run();
            Flush(unfinished);
            File.Move(unfinished, file);
            DurableNames.Flush(Path.GetFullPath(file));
        }
        finally
        {
            File.Delete(unfinished);
            database.Execute("PRAGMA query_only = ON");
        }
    }

    internal static void Restore(string backup, string path, int newest)
    {
        if (!File.Exists(backup))
        {
            throw new StorageException($"There is no backup at {backup}.");
        }

        if (File.Exists(path))
        {
            throw new StorageException($"{path} exists already; a backup is restored into an empty folder.");
        }

        SqliteSchema.RefuseUnlessOurs(backup, newest);
        DurableNames.CreateFolder(Path.GetDirectoryName(path)!); // it ends in a file's name
        var unfinished = path + ".unfinished";
        File.Copy(backup, unfinished, overwrite: true);
        try
        {
            Verify(unfinished);
            Flush(unfinished);
            File.Move(unfinished, path);
            DurableNames.Flush(Path.GetFullPath(path));
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    static void Verify(string path)
    {
        using var database = Database.Open(path, isReadOnly: true);
        using var check = database.Composed("PRAGMA integrity_check(1)");
        if (!check.Step() || check.Text(0) != "ok")
        {
            throw new StorageException("The backup is damaged and was not restored.");
        }
    }

    /// <summary>SQLite does not wait for the disk when it writes a copy.</summary>
    static void Flush(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }
}
