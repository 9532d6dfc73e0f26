using System.Buffers.Binary;
using System.Globalization;

namespace FhirHub.Storage.Sql.Sqlite;

/// <summary>
/// Which schema a database file has, and how an older one is brought forward. A file that is newer or not ours is
/// refused by its first 100 bytes (https://sqlite.org/fileformat.html#the_database_header), before SQLite opens it:
/// opening alone may already change a file.
/// </summary>
static class SqliteSchema
{
    /// <summary>"FHub", which marks a database as ours.</summary>
    internal const int ApplicationId = 0x46487562;

    const int HeaderLength = 100;
    const int VersionOffset = 60;
    const int ApplicationOffset = 68;

    /// <summary>Throws when the file is not one this program may open; a missing or empty one may be.</summary>
    internal static void RefuseUnlessOurs(string path, int newest)
    {
        var header = new byte[HeaderLength];
        var length = 0;
        if (File.Exists(path))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            length = file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false);
        }

        if (length == 0)
        {
            return;
        }

        if (length < HeaderLength || !header.AsSpan().StartsWith("SQLite format 3\0"u8))
        {
            throw new StorageException($"{path} is not a SQLite database; it was left as it is.");
        }

        var isEmpty = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(40)) == 0; // the schema cookie: no table yet
        if (!isEmpty && BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(ApplicationOffset)) != ApplicationId)
        {
            throw new StorageException($"{path} is a SQLite database of another program; it was left as it is.");
        }

        RefuseNewer(path, BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(VersionOffset)), newest);
    }

    /// <summary>Runs the steps the database lacks, each in a transaction of its own.</summary>
    internal static void Migrate(
        Database database, string path, IReadOnlyList<Migration> steps, Action<string>? progress)
    {
        var version = (int)(database.Scalar("PRAGMA user_version") ?? 0);
        RefuseNewer(path, version, steps[^1].Version);
        var isNew = version == 0;
        var missing = steps.Where(step => step.Version > version).ToList();
        foreach (var step in missing)
        {
            if (!isNew)
            {
                progress?.Invoke($"Bringing the store from schema {version} to {step.Version} ({missing.Count} to do)");
            }

            Run(database, step);
            version = step.Version;
        }

        if (missing.Count > 0)
        {
            // The header is read without the log, so it must say the new version from here on.
            _ = database.Scalar("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    static void Run(Database database, Migration step)
    {
        database.Execute("BEGIN IMMEDIATE");
        try
        {
            database.Execute(step.Sql);
            database.Execute(string.Create(
                CultureInfo.InvariantCulture,
                $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {step.Version}; COMMIT"));
        }
        catch (StorageException e)
        {
            if (!database.IsIdle)
            {
                database.Execute("ROLLBACK");
            }

            throw new StorageException($"The store could not be brought to schema {step.Version}: {e.Message}", e);
        }
    }

    static void RefuseNewer(string path, int version, int newest)
    {
        if (version > newest)
        {
            throw new StorageException(
                $"{path} has schema {version}, written by a newer FhirHub; this one knows {newest}. "
                + "It was left as it is.");
        }
    }
}
