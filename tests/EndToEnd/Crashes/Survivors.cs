using System.Globalization;
using System.Net;
using FhirHub.EndToEnd.Hub;

namespace FhirHub.EndToEnd.Crashes;

/// <summary>Compares what writers remember with what a server still has after the one they wrote to died.</summary>
static class Survivors
{
    /// <summary>Whether POST of a transaction is served; an empty one changes nothing.</summary>
    internal static async Task<bool> HasTransactionsAsync(FhirClient fhir) =>
        (await fhir.PostAsync("", """{"resourceType":"Bundle","type":"transaction"}""")).Status == HttpStatusCode.OK;

    /// <summary>Compares a round's writers with the restarted store; returns how many resources they left.</summary>
    internal static async Task<int> CheckAsync(
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
    internal static async Task CheckHistoryAsync(FhirClient fhir, string id, int version, string where)
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
}
