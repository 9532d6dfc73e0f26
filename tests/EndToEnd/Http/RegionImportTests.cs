using System.Globalization;
using System.Text;
using FhirHub.EndToEnd.Hub;
using FhirHub.Samples.Generator;
using static System.Net.HttpStatusCode;

namespace FhirHub.EndToEnd.Http;

/// <summary>A generated region goes into an empty hub that holds every reference to what it says.</summary>
[TestClass]
public sealed class RegionImportTests
{
    static readonly RegionRequest Request = new(31, 60) { FromYear = 2022 };

    [TestMethod]
    public async Task Every_household_is_a_transaction_that_an_empty_hub_with_integrity_takes()
    {
        await using var hub = await HubProcess.StartAsync(null, "--Hub:ReferentialIntegrity=enforce");
        var counts = new Dictionary<string, int>();
        foreach (var set in Region.Make(Request))
        {
            var answer = (await hub.Fhir.PostAsync("", Transaction(set))).Expect(OK);
            var statuses = (answer.Json["entry"]?.AsArray() ?? []).Select(e => $"{e?["response"]?["status"]}").ToList();
            Assert.HasCount(set.Count, statuses);
            Assert.IsTrue(statuses.All(s => s.StartsWith("201", StringComparison.Ordinal)), answer.Text);
            foreach (var made in set)
            {
                var type = made.Document.Type.Name;
                counts[type] = counts.GetValueOrDefault(type) + 1;
            }
        }

        Assert.AreEqual(Request.Lives, counts["Patient"]);
        foreach (var (type, count) in counts)
        {
            var found = (await hub.Fhir.GetAsync($"{type}?_summary=count")).Expect(OK);
            Assert.AreEqual(count.ToString(CultureInfo.InvariantCulture), found.Json["total"]?.ToString(), type);
        }

        var mother = (await hub.Fhir.GetAsync("EpisodeOfCare?_count=1")).Expect(OK).Entries[0];
        var path = $"{mother["resource"]?["patient"]?["reference"]}/$everything?_count=1000";
        var everything = (await hub.Fhir.GetAsync(path)).Expect(OK);
        Assert.IsGreaterThan(50, everything.Entries.Count);
    }

    internal static string Transaction(IReadOnlyList<MadeResource> set)
    {
        var entries = set.Select(made =>
        {
            var key = $"{made.Document.Type.Name}/{made.Document.Root.At("id").Text}";
            var resource = Encoding.UTF8.GetString(made.Document.Json.Span);
            return $$"""{"resource":{{resource}},"request":{"method":"PUT","url":"{{key}}"} }""";
        });
        return $$"""{"resourceType":"Bundle","type":"transaction","entry":[{{string.Join(',', entries)}}]}""";
    }
}
