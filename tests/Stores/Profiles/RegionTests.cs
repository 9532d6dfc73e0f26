using System.Text;
using FhirHub.Samples.Generator;

namespace FhirHub.Stores.Profiles;

/// <summary>What the generator makes, held against the guide: lives conform, and faults on purpose are found.</summary>
[TestClass]
public sealed class RegionTests
{
    /// <summary>What would mean that a profile was not checked as it is written.</summary>
    static readonly string[] Unchecked =
        ["invariant-failed", "invariant-broken", "profile-unknown", "profile-broken", "response-questionnaire-unknown"];

    /// <summary>The faults that can be told from the resource alone; a pressure only in the record of a contact.</summary>
    static readonly string[] Telling =
    [
        "identity-checksum", "identity-birth-date", "identity-sex", "mobile-number", "division-unknown",
        "ends-before-start", "implausible-value",
    ];

    static GuideHub _hub = null!; // set before the first test

    [ClassInitialize]
    public static async Task Open(TestContext _) => _hub = await GuideHub.OpenAsync();

    [ClassCleanup]
    public static void Close() => _hub.Dispose();

    [TestMethod]
    public async Task Every_resource_of_the_committed_region_conforms_to_what_it_names() =>
        Assert.AreEqual("", string.Join('\n', await WrongAsync(Region.Committed)));

    [TestMethod]
    public async Task Faults_are_found_where_they_are_listed_and_nowhere_else()
    {
        var request = new RegionRequest(23, 60) { FromYear = 2022, FaultRate = 0.3 };
        var seen = new HashSet<string>();
        foreach (var (document, fault) in Region.Make(request).SelectMany(set => set))
        {
            var json = Encoding.UTF8.GetString(document.Json.Span);
            var found = await _hub.ErrorsAsync(json) + await _hub.HintsAsync(json);
            if (fault is null)
            {
                Assert.AreEqual("", found, json);
            }
            else if (Telling.Contains(fault.Kind))
            {
                Assert.AreNotEqual("", found, $"{fault.Kind}: {json}");
                seen.Add(fault.Kind);
            }
            else if (fault.Kind == "pressure-swapped" && found.Length > 0)
            {
                seen.Add(fault.Kind);
            }
        }

        CollectionAssert.AreEquivalent(Telling.Append("pressure-swapped").ToList(), seen.ToList());
    }

    /// <summary>What the validator finds wrong, and what it could not look at.</summary>
    static async Task<List<string>> WrongAsync(RegionRequest request)
    {
        var wrong = new List<string>();
        foreach (var made in Region.Make(request).SelectMany(set => set))
        {
            var issues = await _hub.IssuesAsync(Encoding.UTF8.GetString(made.Document.Json.Span));
            var key = $"{made.Document.Type.Name}/{made.Document.Root.At("id").Text}";
            wrong.AddRange(issues.Where(i => i.IsError || Unchecked.Contains(i.MessageId))
                .Select(i => $"{key}: {GuideHub.Line(i)} {i.Text}"));
        }

        return wrong;
    }
}
