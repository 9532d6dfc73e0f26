using System.Net;
using FhirHub.EndToEnd.Crashes;
using FhirHub.EndToEnd.Hub;

namespace FhirHub.EndToEnd.PowerLoss;

/// <summary>
/// What was acknowledged survives a power failure at any moment. After kill -9 the kernel still has every byte; here
/// the next server starts on what was synced and on nothing else.
/// </summary>
[TestClass]
public sealed class PowerLossTests
{
    const int Seed = 20261125;
    const int Rounds = 5;
    const int Writers = 8;

    const int PowerMillisecondsMax = 1500;
    const int CheckpointMillisecondsMax = 60;

    /// <summary>In the second lane, bytes that nobody synced arrive as well, in pieces and in no order.</summary>
    [TestMethod]
    [DataRow(0)]
    [DataRow(25)]
    public async Task Every_acknowledged_write_survives_a_power_failure_and_nothing_is_half_there(int earlyPercent)
    {
        var random = new Random(Seed + earlyPercent);
        var longLived = LongLived();
        var written = new List<CrashWriter>();
        var (resources, acknowledged) = (0, 0);
        var disks = new Stack<LossyDisk>([LossyDisk.New()]);
        for (var round = 0; round < Rounds; round++)
        {
            var disk = disks.Peek();
            await using var hub = await HubProcess.StartAsync(
                disk.Folder, disk.Environment(random.Next(), earlyPercent));
            var where = $"{earlyPercent} % early, round {round}, seed {Seed}\n{hub.Output}";
            resources += await Survivors.CheckAsync(hub.Fhir, written, longLived, where);
            var moment = round % 2 == 0 ? random.Next(PowerMillisecondsMax) : random.Next(CheckpointMillisecondsMax);
            written = await WriteUntilKilledAsync(hub, longLived, moment, where, inCheckpoint: round % 2 == 1);
            acknowledged += written.Sum(writer => writer.Acknowledged);
            disks.Push(disk.Revive());
            await ExpectConsistentAsync(CopyOf(disk.Left), where);
        }

        await using var last = await HubProcess.StartAsync(disks.Peek().Folder);
        resources += await Survivors.CheckAsync(last.Fhir, written, longLived, "the end");
        foreach (var trail in longLived.Where(trail => trail.Acknowledged > 0))
        {
            await Survivors.CheckHistoryAsync(last.Fhir, trail.Id ?? "", trail.Acknowledged, "the end");
        }

        var total = (await last.Fhir.GetAsync("Patient?_summary=count")).Expect(HttpStatusCode.OK).Json["total"];
        Assert.AreEqual($"{resources + longLived.Count(trail => trail.Acknowledged > 0)}", total?.ToString());
        Assert.IsGreaterThan(Rounds * Writers, acknowledged, "The writers hardly wrote.");
        Assert.AreEqual(0, await last.StopAsync(), last.Output);
        DeleteAll(disks);
    }

    /// <summary>The proof that the test above can fail.</summary>
    [TestMethod]
    public async Task A_disk_that_says_it_has_flushed_and_has_not_is_found_out()
    {
        var longLived = LongLived();
        using var disk = LossyDisk.New();
        await using (var first = await HubProcess.StartAsync(disk.Folder))
        {
            Assert.AreEqual(0, await first.StopAsync(), first.Output);
        }

        await using var liar = await HubProcess.StartAsync(disk.Folder, disk.Environment(Seed, lies: true));
        var written = await WriteUntilKilledAsync(liar, longLived, milliseconds: 1000, "a disk that lies");
        await using var hub = await HubProcess.StartAsync(disk.Left);
        var lost = await Assert.ThrowsExactlyAsync<AssertFailedException>(
            () => Survivors.CheckAsync(hub.Fhir, written, longLived, "a disk that lies"));
        Assert.Contains("is lost", lost.Message);
    }

    /// <summary>The proof that the library misses no write: what it kept is what the server wrote.</summary>
    [TestMethod]
    public async Task After_a_clean_stop_the_disk_has_every_byte_of_the_database()
    {
        using var disk = LossyDisk.New();
        await using var hub = await HubProcess.StartAsync(disk.Folder, disk.Environment(Seed));
        for (var i = 0; i < 20; i++)
        {
            (await hub.Fhir.PostAsync("Patient", Sample.Patient(Sample.Tag()))).Expect(HttpStatusCode.Created);
        }

        Assert.AreEqual(0, await hub.StopAsync(), hub.Output);
        var written = await File.ReadAllBytesAsync(Path.Combine(disk.Folder, "fhirhub.db"));
        var kept = await File.ReadAllBytesAsync(Path.Combine(disk.Left, "fhirhub.db"));
        Assert.IsGreaterThan(8192, written.Length);
        Assert.IsTrue(written.AsSpan().SequenceEqual(kept), $"{written.Length} bytes written, {kept.Length} kept");
    }

    static List<Trail> LongLived() =>
        [.. Enumerable.Range(0, Writers).Select(writer => new Trail($"long{writer}") { Id = $"long{writer}" })];

    static async Task<List<CrashWriter>> WriteUntilKilledAsync(
        HubProcess hub, List<Trail> longLived, int milliseconds, string where, bool inCheckpoint = false)
    {
        var writers = longLived.ConvertAll(trail => new CrashWriter(hub.Fhir, trail, hasTransactions: true));
        var writing = Task.WhenAll(writers.Select(writer => Task.Run(writer.RunAsync)));
        await Task.WhenAny([writing, .. writers.Select(writer => writer.FirstAcknowledged)]);
        if (inCheckpoint)
        {
            await UntilCheckpointAsync(Path.Combine(hub.Folder, "fhirhub.db"), where);
        }

        await Task.Delay(milliseconds);
        await hub.KillAsync();
        await writing;
        Assert.IsNull(writers.Select(writer => writer.Surprise).FirstOrDefault(said => said is not null), where);
        return writers;
    }

    /// <summary>Only a checkpoint makes the database longer; until then everything is in the log.</summary>
    static async Task UntilCheckpointAsync(string database, string where)
    {
        var length = new FileInfo(database).Length;
        using var limit = new CancellationTokenSource(Patience.Limit);
        while (new FileInfo(database).Length == length)
        {
            Assert.IsFalse(limit.IsCancellationRequested, $"No checkpoint; {where}");
            await Task.Delay(1);
        }
    }

    /// <summary>History, index and hashes of the whole store, by the host's own check.</summary>
    static async Task ExpectConsistentAsync(string folder, string where)
    {
        var (code, output) = await HubCommand.RunAsync("check", "--data", folder);
        Assert.AreEqual(0, code, $"{output}\n{where}");
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A check opens the store and so recovers it; the next server must do that itself.</summary>
    static string CopyOf(string folder)
    {
        var copy = Directory.CreateTempSubdirectory("fhirhub-power-").FullName;
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return copy;
    }

    static void DeleteAll(Stack<LossyDisk> disks)
    {
        while (disks.TryPop(out var disk))
        {
            disk.Dispose();
        }
    }
}
