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
            resources += await CheckAsync(hub.Fhir, written, longLived, where);
            var hasTransactions = await HasTransactionsAsync(hub.Fhir);
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
        resources += await CheckAsync(last.Fhir, written, longLived, "the end");
        foreach (var trail in longLived.Where(trail => trail.Acknowledged > 0))
        {
            await CheckHistoryAsync(last.Fhir, trail.Id ?? "", trail.Acknowledged, "the end");
        }

        var total = (await last.Fhir.GetAsync("Patient?_summary=count")).Expect(HttpStatusCode.OK).Json["total"];
        var expected = resources + longLived.Count(trail => trail.Acknowledged > 0);
        Assert.AreEqual($"{expected}", total?.ToString());
        Assert.IsGreaterThan(Rounds, acknowledged, "The writers hardly wrote.");
        Assert.AreEqual(0, await last.StopAsync(), last.Output);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Whether POST of a transaction is served; an empty one changes nothing.</summary>
    static async Task<bool> HasTransactionsAsync(FhirClient fhir) =>
        (await fhir.PostAsync("", """{"resourceType":"Bundle","type":"transaction"}""")).Status == HttpStatusCode.OK;

    /// <summary>Compares a round's writers with the restarted store; returns how many resources they left.</summary>
    static async Task<int> CheckAsync(
        FhirClient fhir, IReadOnlyList<CrashWriter> writers, IEnumerable<Trail> longLived, string where)
    {
        var counts = await Task.WhenAll(writers.Select(writer => Task.Run(async () =>
        {
            var count = 0;
            foreach (var trail in writer.Trails)
            {
                count += await CheckAsync(fhir, trail, where) > 0 ? 1 : 0;
            }

            foreach (var (tag, isAcknowledged) in writer.Pairs)
            {
                var found = (await fhir.GetAsync($"Patient?{Sample.ByTag(tag)}")).Expect(HttpStatusCode.OK).Ids;
                var isWhole = found.Count == 2 || (found.Count == 0 && !isAcknowledged);
                Assert.IsTrue(isWhole, $"{found.Count} of 2; {where}");
                count += found.Count;
            }

            return count;
        })));
        foreach (var trail in longLived)
        {
            // Settles what was in flight, so that the next round knows which version comes next.
            (trail.Acknowledged, trail.IsInFlight) = (await CheckAsync(fhir, trail, where, isWhole: false), false);
        }

        return counts.Sum();
    }

    /// <summary>The version the resource is at; zero when it is not there, which only one in doubt may be.</summary>
    static async Task<int> CheckAsync(FhirClient fhir, Trail trail, string where, bool isWhole = true)
    {
        var found = (await fhir.GetAsync($"Patient?{Sample.ByTag(trail.Tag)}")).Expect(HttpStatusCode.OK);
        if (found.Entries.Count == 0)
        {
            Assert.AreEqual(0, trail.Acknowledged, $"{trail.Id} is lost; {where}");
            return 0;
        }

        Assert.HasCount(1, found.Entries, where);
        var id = found.Ids[0];
        Assert.AreEqual(trail.Id ?? id, id, where);
        var read = (await fhir.GetAsync($"Patient/{id}")).Expect(HttpStatusCode.OK);
        var version = int.Parse(read.VersionId, CultureInfo.InvariantCulture);
        var latest = trail.Acknowledged + (trail.IsInFlight ? 1 : 0);
        Assert.IsTrue(
            version >= trail.Acknowledged && version <= latest,
            $"{id} is at {version}; {trail.Acknowledged} was acknowledged, {latest} sent; {where}");
        Assert.AreEqual(read.Json.ToJsonString(), found.Entries[0]["resource"]?.ToJsonString(), where);
        Assert.AreEqual(Trail.Family(version), read.Json["name"]?[0]?["family"]?.ToString(), where);
        if (isWhole)
        {
            await CheckHistoryAsync(fhir, id, version, where);
        }

        return version;
    }

    /// <summary>The history is every version from the last to the first, each with what was sent for it.</summary>
    static async Task CheckHistoryAsync(FhirClient fhir, string id, int version, string where)
    {
        for (var next = (string?)$"Patient/{id}/_history?_count=1000"; next is not null;)
        {
            var page = (await fhir.GetAsync(next)).Expect(HttpStatusCode.OK);
            foreach (var entry in page.Entries)
            {
                Assert.AreEqual($"W/\"{version}\"", entry["response"]?["etag"]?.ToString(), where);
                Assert.AreEqual(Trail.Family(version), entry["resource"]?["name"]?[0]?["family"]?.ToString(), where);
                version--;
            }

            next = page.Link("next");
        }

        Assert.AreEqual(0, version, $"The history of {id} has gaps; {where}");
    }

    static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number)
            ? number
            : otherwise;
}
