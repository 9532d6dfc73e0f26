using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Stores;

/// <summary>Walks through versions, and the feed of changes.</summary>
public abstract class HistoryContract
{
    static readonly HistoryQuery System = new()
    {
        Tenant = Sample.Tenant,
        Count = 1000,
        Access = AccessRule.Everything,
    };
    static readonly HistoryQuery OfPatients = System with { Type = "Patient" };
    static readonly HistoryQuery OfOne = OfPatients with { Id = "p1" };

    protected abstract StoragePair Create();

    [TestMethod]
    public async Task History_is_newest_first_at_each_level()
    {
        await using var pair = await FilledAsync();
        Show(await pair.HistoryAsync(System), "o1/2 p1/3- p1/2 o1/1 p2/1 p1/1");
        Show(await pair.HistoryAsync(OfPatients), "p1/3- p1/2 p2/1 p1/1");
        Show(await pair.HistoryAsync(OfOne), "p1/3- p1/2 p1/1");
        Show(await pair.HistoryAsync(OfOne with { Id = "p9" }), "");
        Show(await pair.HistoryAsync(System with { Type = "Encounter" }), "");
    }

    [TestMethod]
    [DataRow(0, "o1/2 p1/3- p1/2 o1/1 p2/1 p1/1")]
    [DataRow(3, "o1/2 p1/3- p1/2")]
    [DataRow(5, "o1/2")]
    [DataRow(6, "")]
    public async Task Since_leaves_out_what_was_committed_before(int minute, string expected)
    {
        await using var pair = await FilledAsync();
        Show(await pair.HistoryAsync(System with { Since = Minute(minute) }), expected);
    }

    [TestMethod]
    [DataRow(0, 0, "p1/1")]
    [DataRow(1, 1, "p2/1 p1/1")]
    [DataRow(3, 3, "p1/2 p2/1")]
    [DataRow(2, 4, "p1/3- p1/2 p2/1 p1/1")]
    [DataRow(9, 9, "p1/3- p2/1")]
    public async Task At_keeps_the_versions_that_were_current_then(int low, int high, string expected)
    {
        await using var pair = await FilledAsync();
        var at = new DateRangeFilter(Minute(low), Minute(high).AddSeconds(30));
        Show(await pair.HistoryAsync(OfPatients with { At = at }), expected);
    }

    [TestMethod]
    public async Task Pages_of_a_walk_meet_without_gap_or_overlap_while_others_write()
    {
        await using var pair = await FilledAsync();
        foreach (var query in new[] { System, OfPatients, OfOne })
        {
            var whole = await pair.HistoryAsync(query);
            var asOf = whole[0].Position;
            var walked = new List<StoredResource>();
            for (HistoryCursor? after = null; ;)
            {
                var page = await pair.HistoryAsync(query with { Count = 2, AsOf = asOf, After = after });
                walked.AddRange(page);
                if (page.Count < 2)
                {
                    break;
                }

                after = HistoryCursor.At(page[^1]);
                await pair.PutAsync(Sample.Patient("p1", "later"));
            }

            CollectionAssert.AreEqual(whole.Select(Name).ToList(), walked.Select(Name).ToList());
        }
    }

    [TestMethod]
    public async Task Pages_may_end_inside_a_commit()
    {
        await using var pair = Create();
        await pair.CommitAsync([.. Enumerable.Range(0, 200).Select(i => Sample.Put(Sample.Patient($"p{i}")))]);
        var first = await pair.HistoryAsync(System with { Count = 150 });
        var second = await pair.HistoryAsync(System with { After = HistoryCursor.At(first[^1]) });
        Assert.AreEqual("p50 p49 p0", $"{first[^1].Key.Id} {second[0].Key.Id} {second[^1].Key.Id}");
    }

    [TestMethod]
    public async Task Changes_are_every_version_in_the_order_of_commits_with_their_source()
    {
        await using var pair = await FilledAsync();
        var message = Sample.Put(Sample.Patient("p3")) with { Provenance = new Provenance("hl7v2", "msg-1", "org-1") };
        await pair.CommitAsync(message, Sample.Put(Sample.Patient("p4")));
        var changes = await pair.ChangesAsync();
        Show(changes.Select(change => change.Resource), "p1/1 p2/1 o1/1 p1/2 p1/3- o1/2 p3/1 p4/1");
        CollectionAssert.AreEqual(
            new long[] { 1, 2, 3, 4, 5, 6, 7, 7 }, changes.Select(change => change.Position.Value).ToArray());
        Assert.AreEqual(new Provenance("hl7v2", "msg-1", "org-1"), changes[6].Provenance);
        Assert.AreEqual(Provenance.Rest, changes[0].Provenance);
        Show((await pair.ChangesAsync(5)).Select(change => change.Resource), "o1/2 p3/1 p4/1");
        Assert.IsEmpty(await pair.ChangesAsync(7));
    }

    /// <summary>Six commits, one a minute.</summary>
    async Task<StoragePair> FilledAsync()
    {
        var pair = Create();
        await At(0, () => pair.PutAsync(Sample.Patient("p1", "A")));
        await At(1, () => pair.PutAsync(Sample.Patient("p2")));
        await At(2, () => pair.PutAsync(Sample.Observation("o1")));
        await At(3, () => pair.PutAsync(Sample.Patient("p1", "B")));
        await At(4, () => pair.DeleteAsync("Patient", "p1"));
        await At(5, () => pair.PutAsync(Sample.Observation("o1", code: "8302-2")));
        return pair;

        async Task At(int minute, Func<Task<StoredResource>> write)
        {
            pair.Clock.Now = Minute(minute);
            await write();
        }
    }

    static DateTimeOffset Minute(int minute) => new(2026, 3, 1, 9, minute, 0, TimeSpan.Zero);

    static void Show(IEnumerable<StoredResource> versions, string expected) =>
        Assert.AreEqual(expected, string.Join(' ', versions.Select(Name)));

    static string Name(StoredResource version) =>
        $"{version.Key.Id}/{version.Version}{(version.IsDeleted ? "-" : "")}";
}
