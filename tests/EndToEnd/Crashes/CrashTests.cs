using System.Globalization;
using System.Net;
using FhirHub.EndToEnd.Hub;

namespace FhirHub.EndToEnd.Crashes;

/// <summary>What was acknowledged survives kill -9 at any moment, and nothing is half there.</summary>
[TestClass]
public sealed class CrashTests
{
    const int WritersPerRound = 8;
    const int KillMillisecondsMin = 0;
    const int KillMillisecondsMax = 250;

    static readonly int Rounds = Number("HUB_CRASH_ROUNDS", 100);
    static readonly int Seed = Number("HUB_CRASH_SEED", 20261121);

    /// <summary>Half of the rounds each, side by side: a start is mostly waiting.</summary>
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public async Task Every_acknowledged_write_survives_kill_9_and_nothing_is_half_there(int lane)
    {
        var folder = Directory.CreateTempSubdirectory("fhirhub-crash-").FullName;
        var random = new Random(Seed + lane);
        var names = Enumerable.Range(0, WritersPerRound).Select(writer => $"long{writer}");
        var longLived = names.Select(name => new Trail(name) { Id = name }).ToList();
        var written = new List<CrashWriter>();
        var resources = 0;
        var acknowledged = 0;
        for (var round = 0; round < Math.Max(1, Rounds / 2); round++)
        {
            await using var hub = await HubProcess.StartAsync(folder);
            var where = $"lane {lane}, round {round}, seed {Seed}\n{hub.Output}";
            resources += await Survivors.CheckAsync(hub.Fhir, written, longLived, where);
            var hasTransactions = await Survivors.HasTransactionsAsync(hub.Fhir);
            written = longLived.ConvertAll(trail => new CrashWriter(hub.Fhir, trail, hasTransactions));
            var writing = Task.WhenAll(written.Select(writer => Task.Run(writer.RunAsync)));
            await Task.WhenAny([writing, .. written.Select(writer => writer.FirstAcknowledged)]);
            await Task.Delay(random.Next(KillMillisecondsMin, KillMillisecondsMax));
            await hub.KillAsync();
            await writing;
            acknowledged += written.Sum(writer => writer.Acknowledged);
            Assert.IsNull(written.Select(writer => writer.Surprise).FirstOrDefault(s => s is not null), where);
        }

        await using var last = await HubProcess.StartAsync(folder);
        resources += await Survivors.CheckAsync(last.Fhir, written, longLived, "the end");
        foreach (var trail in longLived.Where(trail => trail.Acknowledged > 0))
        {
            await Survivors.CheckHistoryAsync(last.Fhir, trail.Id ?? "", trail.Acknowledged, "the end");
        }

        var total = (await last.Fhir.GetAsync("Patient?_summary=count")).Expect(HttpStatusCode.OK).Json["total"];
        var expected = resources + longLived.Count(trail => trail.Acknowledged > 0);
        Assert.AreEqual($"{expected}", total?.ToString());
        Assert.IsGreaterThan(Rounds, acknowledged, "The writers hardly wrote.");
        Assert.AreEqual(0, await last.StopAsync(), last.Output);
        Directory.Delete(folder, recursive: true);
    }

    static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number)
            ? number
            : otherwise;
}
