using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;
using FhirHub.Storage.Sql;
using FhirHub.Storage.Sql.Sqlite;

namespace FhirHub.Stores;

/// <summary>What is SQLite's own: files, migrations, backups, damage.</summary>
[TestClass]
public sealed class SqliteStorageTests
{
    static readonly CancellationToken None = CancellationToken.None;

    [TestMethod]
    public void A_statement_that_nests_deeper_than_the_parser_reads_is_too_costly_and_no_fault()
    {
        using var database = Database.Open(":memory:", isReadOnly: false);
        var nested = $"SELECT {new string('(', 200)}1{new string(')', 200)}";
        var refused = Assert.ThrowsExactly<FhirException>(() => database.Composed(nested));
        Assert.AreEqual("too-costly", refused.Problem.IssueCode);
    }

    [TestMethod]
    public async Task A_copy_taken_while_writing_opens_with_every_acknowledged_commit()
    {
        await using var pair = SqlitePair.Create();
        using var stop = new CancellationTokenSource();
        var acknowledged = 0;
        var writing = Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var observation = Sample.Observation($"o{writer}-{i}");
                await pair.CommitAsync(Sample.Put(observation), Sample.Put(Sample.Patient("p1")));
                Interlocked.Increment(ref acknowledged);
            }
        })));
        for (var round = 0; round < 5; round++)
        {
            await Task.Delay(40);
            var before = Volatile.Read(ref acknowledged);
            await using var copy = SqlitePair.Create(CopyAsAKillWouldLeaveIt(pair.Folder));
            var changes = await copy.ChangesAsync();
            Assert.IsGreaterThanOrEqualTo(before * 2, changes.Count);
            Assert.IsTrue(changes.GroupBy(change => change.Position).All(commit => commit.Count() == 2));
            Assert.IsEmpty(await copy.CheckAsync());
        }

        await stop.CancelAsync();
        await writing;
    }

    [TestMethod]
    public async Task A_folder_is_open_once()
    {
        await using var pair = SqlitePair.Create();
        var error = Assert.Throws<StorageException>(
            () => SqliteStorage.Open(new SqliteStorageOptions { Folder = pair.Folder }));
        StringAssert.Contains(error.Message, "another process");
    }

    [TestMethod]
    public void Files_of_others_are_refused_and_left_alone()
    {
        var folder = Directory.CreateTempSubdirectory("fhirhub-stores-").FullName;
        var path = Path.Combine(folder, SqliteStorage.FileName);
        File.WriteAllText(path, "not a database");
        Refuses(folder, "not a SQLite database");
        File.Delete(path);
        using (var other = Database.Open(path, isReadOnly: false))
        {
            other.Execute("CREATE TABLE theirs (a)");
        }

        Refuses(folder, "another program");
        Directory.Delete(folder, recursive: true);
    }

    [TestMethod]
    public async Task A_newer_store_is_refused_and_left_alone()
    {
        await using var pair = SqlitePair.Create();
        await pair.PutAsync(Sample.Patient("p1"));
        var newer = new Migration(Migration.All[^1].Version + 1, "CREATE TABLE later (a)");
        var folder = CopyAsAKillWouldLeaveIt(pair.Folder);
        await using (SqliteStorage.Open(Options(folder), [.. Migration.All, newer]))
        {
        }

        Refuses(folder, "written by a newer FhirHub");
        Directory.Delete(folder, recursive: true);
    }

    [TestMethod]
    public async Task Migrations_run_once_in_order_and_say_so_and_a_failing_one_changes_nothing()
    {
        await using var pair = SqlitePair.Create();
        await pair.PutAsync(Sample.Patient("p1"));
        var folder = CopyAsAKillWouldLeaveIt(pair.Folder);
        var told = new List<string>();
        var second = new Migration(1001, "CREATE TABLE later (a); INSERT INTO later VALUES (1)");
        var third = new Migration(1002, "INSERT INTO later SELECT a + 1 FROM later");
        var broken = new Migration(1003, "INSERT INTO later VALUES (9); INSERT INTO nowhere VALUES (1)");
        var options = Options(folder) with { Progress = told.Add };
        Assert.Throws<StorageException>(() => SqliteStorage.Open(options, [.. Migration.All, second, third, broken]));
        Assert.HasCount(3, told);
        StringAssert.Contains(told[1], "from schema 1001 to 1002");
        for (var times = 0; times < 2; times++)
        {
            await using var storage = SqliteStorage.Open(options, [.. Migration.All, second, third]);
            var later = await storage.Writer.RunAsync(
                writer => writer.Database.Scalar("SELECT sum(a) * 10 + count(*) FROM later"), None);
            Assert.AreEqual(32, later);
            Assert.IsNotNull(await storage.Resources.ReadAsync(Sample.Key("Patient", "p1"), null, AccessRule.Everything, None));
        }

        Assert.HasCount(3, told, "the failed start had brought it to 1002 already");
        Directory.Delete(folder, recursive: true);
    }

    [TestMethod]
    public async Task A_backup_taken_while_writing_is_one_consistent_store()
    {
        await using var pair = SqlitePair.Create();
        await pair.PutAsync(Sample.Patient("p1"));
        var folder = Directory.CreateTempSubdirectory("fhirhub-stores-").FullName;
        var file = Path.Combine(folder, "backup.db");
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                await pair.CommitAsync(Sample.Put(Sample.Observation($"o{i}")), Sample.Put(Sample.Patient("p1")));
            }
        });
        await pair.Storage.BackUpAsync(file, None);
        await writing;
        await Assert.ThrowsAsync<StorageException>(() => pair.Storage.BackUpAsync(file, None));
        var restored = Path.Combine(folder, "restored");
        await SqliteStorage.RestoreAsync(file, restored, None);
        await Assert.ThrowsAsync<StorageException>(() => SqliteStorage.RestoreAsync(file, restored, None));
        await using (var copy = SqlitePair.Create(restored))
        {
            var changes = await copy.ChangesAsync();
            Assert.AreEqual(1, changes.Count % 2);
            Assert.IsEmpty(await copy.CheckAsync());
        }

        Directory.Delete(folder, recursive: true);
    }

    [TestMethod]
    [DataRow("UPDATE version SET json = CAST(replace(json, 'Wang', 'Wong') AS BLOB)", "not those that were committed")]
    [DataRow("DELETE FROM string", "index rows are missing")]
    [DataRow("INSERT INTO uri VALUES (1, 'x', 99, '', 0, 0, 0)", "has 1 rows instead of 0")]
    [DataRow("UPDATE resource_rows SET rows = x''", "not those of the content")]
    [DataRow("DELETE FROM version", "current version is missing")]
    public async Task A_check_finds_damage(string damage, string expected)
    {
        await using var pair = SqlitePair.Create();
        await pair.PutAsync(Sample.Patient("p1"));
        Assert.IsEmpty(await pair.CheckAsync());
        await DamageAsync(pair, damage);
        StringAssert.Contains(string.Join('\n', await pair.CheckAsync()), expected);
    }

    [TestMethod]
    public async Task A_job_that_fails_takes_only_itself_back()
    {
        await using var pair = SqlitePair.Create();
        await pair.PutAsync(Sample.Patient("p1"));
        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(async () =>
        {
            if (i % 3 == 0)
            {
                await Assert.ThrowsAsync<StorageException>(
                    () => DamageAsync(pair, "DELETE FROM version; DELETE FROM nowhere"));
                return 0;
            }

            await pair.PutAsync(Sample.Patient($"n{i}"));
            return 1;
        })));
        Assert.HasCount(1 + results.Sum(), await pair.ChangesAsync());
        Assert.IsEmpty(await pair.CheckAsync());
    }

    [TestMethod]
    public async Task A_full_disk_fails_the_commits_it_concerns_and_the_store_goes_on()
    {
        await using var pair = SqlitePair.Create();
        await pair.PutAsync(Sample.Patient("p1"));
        await pair.Storage.Writer.RunAsync(
            writer => writer.Database.Scalar("PRAGMA max_page_count = 60"), None);
        var refused = 0;
        for (var i = 0; i < 600; i++)
        {
            try
            {
                await pair.PutAsync(Sample.Observation($"o{i}"));
            }
            catch (StorageException)
            {
                refused++;
            }
        }

        Assert.IsGreaterThan(0, refused);
        await pair.Storage.Writer.RunAsync(
            writer => writer.Database.Scalar("PRAGMA max_page_count = 100000"), None);
        await pair.PutAsync(Sample.Observation("after"));
        Assert.HasCount(602 - refused, await pair.ChangesAsync());
        Assert.IsEmpty(await pair.CheckAsync());
    }

    [TestMethod]
    public async Task Closing_sees_waiting_commits_through_and_refuses_new_ones()
    {
        await using var pair = SqlitePair.Create();
        var store = pair.Resources;
        var waiting = Enumerable.Range(0, 200).Select(i => pair.PutAsync(Sample.Patient($"p{i}"))).ToList();
        await pair.ReopenAsync();
        await Task.WhenAll(waiting);
        Assert.HasCount(200, await pair.ChangesAsync());
        await Assert.ThrowsAsync<StorageException>(async () => await store.CommitAsync(
            new Commit([Sample.Put(Sample.Patient("p1"))], []), None));
    }

    static SqliteStorageOptions Options(string folder) => new() { Folder = folder };

    static void Refuses(string folder, string why)
    {
        var path = Path.Combine(folder, SqliteStorage.FileName);
        var before = File.ReadAllBytes(path);
        var error = Assert.Throws<StorageException>(() => SqliteStorage.Open(Options(folder)));
        StringAssert.Contains(error.Message, why);
        Assert.IsTrue(before.AsSpan().SequenceEqual(File.ReadAllBytes(path)));
        Assert.IsFalse(File.Exists(path + "-wal"));
    }

    static async Task DamageAsync(SqlitePair pair, string sql) => await pair.Storage.Writer.RunAsync(
        writer =>
        {
            writer.Database.Execute(sql);
            return 0;
        },
        None);

    /// <summary>
    /// The database, then its log: what a crash at that moment could have left on the disk. An open read keeps the log
    /// from starting over between the two, which no crash could do.
    /// </summary>
    static string CopyAsAKillWouldLeaveIt(string folder)
    {
        using var reader = Database.Open(Path.Combine(folder, SqliteStorage.FileName), isReadOnly: false);
        reader.Execute("BEGIN; SELECT count(*) FROM commits");
        var copy = Directory.CreateTempSubdirectory("fhirhub-stores-").FullName;
        foreach (var name in new[] { SqliteStorage.FileName, SqliteStorage.FileName + "-wal" })
        {
            var source = Path.Combine(folder, name);
            if (File.Exists(source))
            {
                using var from = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var to = File.Create(Path.Combine(copy, name));
                from.CopyTo(to);
            }
        }

        return copy;
    }
}
