using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Core.Storage;

namespace FhirHub.Stores;

/// <summary>What every store of resources does, in words of the seam only.</summary>
public abstract class ResourceStoreContract
{
    protected abstract StoragePair Create();

    [TestMethod]
    public async Task A_committed_resource_is_read_back_with_version_and_time_in_its_bytes()
    {
        await using var pair = Create();
        var made = await pair.PutAsync(Sample.Patient("p1"));
        var read = await pair.ReadAsync("Patient", "p1");
        Assert.IsNotNull(read);
        Assert.AreEqual((1L, pair.Clock.Now, WriteMethod.Put, 1L), (
            read.Version, read.LastUpdated, read.Method, read.Position.Value));
        var text = Encoding.UTF8.GetString(read.Json.Span);
        StringAssert.Contains(text, "\"versionId\":\"1\"");
        StringAssert.Contains(text, "\"lastUpdated\":\"2026-03-01T08:00:00.000Z\"");
        Assert.IsTrue(made.Json.Span.SequenceEqual(read.Json.Span));
    }

    [TestMethod]
    public async Task What_never_was_is_null()
    {
        await using var pair = Create();
        Assert.IsNull(await pair.ReadAsync("Patient", "p1"));
        await pair.PutAsync(Sample.Patient("p1"));
        Assert.IsNull(await pair.ReadAsync("Patient", "p1", 2));
        Assert.IsNull(await pair.ReadAsync("Patient", "p2"));
        Assert.IsNull(await pair.ReadAsync("Observation", "p1"));
    }

    [TestMethod]
    public async Task Versions_count_up_and_each_stays_readable()
    {
        await using var pair = Create();
        foreach (var family in new[] { "A", "B", "C" })
        {
            await pair.PutAsync(Sample.Patient("p1", family));
        }

        foreach (var (version, family) in new[] { (1L, "A"), (2L, "B"), (3L, "C") })
        {
            var read = await pair.ReadAsync("Patient", "p1", version);
            StringAssert.Contains(Encoding.UTF8.GetString(read!.Json.Span), $"\"family\":\"{family}\"");
            Assert.AreEqual(version, read.Version);
        }

        Assert.AreEqual(3, (await pair.ReadAsync("Patient", "p1"))!.Version);
    }

    [TestMethod]
    public async Task A_deletion_is_a_version_and_an_update_after_it_goes_on_counting()
    {
        await using var pair = Create();
        await pair.PutAsync(Sample.Patient("p1"));
        Assert.AreEqual(2, (await pair.DeleteAsync("Patient", "p1")).Version);
        var gone = await pair.ReadAsync("Patient", "p1");
        Assert.IsTrue(gone!.IsDeleted);
        Assert.AreEqual(0, gone.Json.Length);
        Assert.AreEqual(3, (await pair.PutAsync(Sample.Patient("p1"))).Version);
        Assert.IsTrue((await pair.ReadAsync("Patient", "p1", 2))!.IsDeleted);
        Assert.IsEmpty(await pair.CheckAsync());
    }

    [TestMethod]
    public async Task Deleting_what_is_not_there_makes_no_version_and_says_so()
    {
        await using var pair = Create();
        var never = await pair.CommitAsync(Sample.Delete("Patient", "p1"));
        Assert.AreEqual((0L, false, 0L), (never.Versions[0].Version, never.IsNew(0), never.Position.Value));
        Assert.IsNull(await pair.ReadAsync("Patient", "p1"));

        await pair.PutAsync(Sample.Patient("p1"));
        var first = await pair.CommitAsync(Sample.Delete("Patient", "p1"));
        var second = await pair.CommitAsync(Sample.Delete("Patient", "p1"));
        Assert.IsTrue(first.IsNew(0));
        Assert.IsFalse(second.IsNew(0));
        Assert.AreEqual(2, second.Versions[0].Version);
        var mixed = await pair.CommitAsync(Sample.Delete("Patient", "p1"), Sample.Put(Sample.Patient("p2")));
        Assert.AreEqual((false, true), (mixed.IsNew(0), mixed.IsNew(1)));
        Assert.HasCount(3, await pair.ChangesAsync());
    }

    [TestMethod]
    [DataRow(0L, 0L, true)]
    [DataRow(1L, 0L, false)]
    [DataRow(1L, 1L, true)]
    [DataRow(2L, 1L, false)]
    public async Task An_expected_version_that_is_not_the_current_one_refuses_the_commit(
        long versions, long expected, bool isRight)
    {
        await using var pair = Create();
        for (var i = 0; i < versions; i++)
        {
            await pair.PutAsync(Sample.Patient("p1"));
        }

        var result = await pair.CommitAsync(
            Sample.Put(Sample.Patient("other")), Sample.Put(Sample.Patient("p1"), expected: expected));
        Assert.AreEqual(isRight ? null : new CommitConflict(1, -1, versions), result.Conflict);
        Assert.AreEqual(isRight, await pair.ReadAsync("Patient", "other") is not null);
    }

    [TestMethod]
    public async Task A_deleted_resource_counts_as_not_there()
    {
        await using var pair = Create();
        await pair.PutAsync(Sample.Patient("p1"));
        await pair.DeleteAsync("Patient", "p1");
        var result = await pair.CommitAsync(Sample.Put(Sample.Patient("p1"), expected: 0));
        Assert.AreEqual(3, result.Versions[0].Version);
    }

    [TestMethod]
    public async Task Times_never_go_back_even_if_the_clock_does()
    {
        await using var pair = Create();
        var first = await pair.PutAsync(Sample.Patient("p1"));
        pair.Clock.Now = pair.Clock.Now.AddHours(-1);
        var second = await pair.PutAsync(Sample.Patient("p2"));
        Assert.AreEqual(first.LastUpdated, second.LastUpdated);
        await pair.ReopenAsync();
        Assert.AreEqual(first.LastUpdated, (await pair.PutAsync(Sample.Patient("p3"))).LastUpdated);
    }

    [TestMethod]
    public async Task Times_are_kept_to_the_millisecond()
    {
        await using var pair = Create();
        pair.Clock.Now = new DateTimeOffset(2026, 3, 1, 8, 0, 0, 123, 456, TimeSpan.Zero);
        var made = await pair.PutAsync(Sample.Patient("p1"));
        var read = await pair.ReadAsync("Patient", "p1");
        Assert.AreEqual(new DateTimeOffset(2026, 3, 1, 8, 0, 0, 123, TimeSpan.Zero), made.LastUpdated);
        Assert.AreEqual(made.LastUpdated, read!.LastUpdated);
    }

    [TestMethod]
    public async Task Tenants_never_meet()
    {
        await using var pair = Create();
        await pair.PutAsync(Sample.Patient("p1", "A"), "north");
        await pair.PutAsync(Sample.Patient("p1", "B"), "south");
        var north = await pair.Resources.ReadAsync(Sample.Key("Patient", "p1", "north"), null, AccessRule.Everything, CancellationToken.None);
        StringAssert.Contains(Encoding.UTF8.GetString(north!.Json.Span), "\"family\":\"A\"");
        Assert.IsNull(await pair.ReadAsync("Patient", "p1"));
        var history = await pair.HistoryAsync(new HistoryQuery { Tenant = "south", Count = 10, Access = AccessRule.Everything });
        Assert.AreEqual("south", history.Single().Key.Tenant);
    }

    [TestMethod]
    public async Task Many_are_read_in_the_order_of_their_keys_without_those_that_are_gone()
    {
        await using var pair = Create();
        for (var i = 0; i < 150; i++)
        {
            await pair.PutAsync(Sample.Patient($"p{i}"));
        }

        await pair.DeleteAsync("Patient", "p7");
        var keys = Enumerable.Range(0, 160).Reverse().Select(i => Sample.Key("Patient", $"p{i}")).ToList();
        var read = await pair.Resources.ReadManyAsync(keys, AccessRule.Everything, CancellationToken.None).ToListAsync();
        var expected = Enumerable.Range(0, 150).Reverse().Where(i => i != 7).Select(i => $"p{i}").ToList();
        CollectionAssert.AreEqual(expected, read.Select(r => r.Key.Id).ToList());
    }

    [TestMethod]
    public async Task What_is_committed_is_there_after_reopening()
    {
        await using var pair = Create();
        await pair.PutAsync(Sample.Patient("p1", "A"));
        await pair.PutAsync(Sample.Patient("p1", "B"));
        await pair.ReopenAsync();
        var third = await pair.PutAsync(Sample.Patient("p1", "C"));
        Assert.AreEqual((3L, 3L), (third.Version, third.Position.Value));
        Assert.AreEqual(1, (await pair.ReadAsync("Patient", "p1", 1))!.Version);
        Assert.IsEmpty(await pair.CheckAsync());
    }

    [TestMethod]
    public async Task Expunging_removes_every_version_or_all_but_the_current_one()
    {
        await using var pair = Create();
        foreach (var id in new[] { "p1", "p1", "p1", "p2", "p2" })
        {
            await pair.PutAsync(Sample.Patient(id));
        }

        Assert.AreEqual(2, await pair.ExpungeAsync("p1", keepCurrent: true));
        Assert.AreEqual(3, (await pair.ReadAsync("Patient", "p1"))!.Version);
        Assert.IsNull(await pair.ReadAsync("Patient", "p1", 1));
        Assert.AreEqual(2, await pair.ExpungeAsync("p2", keepCurrent: false));
        Assert.IsNull(await pair.ReadAsync("Patient", "p2"));
        Assert.AreEqual(0, await pair.ExpungeAsync("p3", keepCurrent: false));
        Assert.AreEqual(1, (await pair.PutAsync(Sample.Patient("p2"))).Version);
        Assert.IsEmpty(await pair.CheckAsync());
    }

    [TestMethod]
    public async Task One_earlier_version_is_removed_for_good_and_never_the_current_one()
    {
        await using var pair = Create();
        for (var i = 0; i < 4; i++)
        {
            await pair.PutAsync(Sample.Patient("p1", $"F{i}"));
        }

        foreach (var (version, isRemoved) in new[] { (2L, true), (2L, false), (1L, true), (4L, false), (5L, false) })
        {
            Assert.AreEqual(isRemoved, await pair.Resources.ExpungeVersionAsync(
                Sample.Key("Patient", "p1"), version, CancellationToken.None), $"version {version}");
        }

        foreach (var version in new[] { 1, 2, 3, 4 })
        {
            Assert.AreEqual(version > 2, await pair.ReadAsync("Patient", "p1", version) is not null);
        }

        Assert.IsFalse(await pair.Resources.ExpungeVersionAsync(Sample.Key("Patient", "p9"), 1, CancellationToken.None));
        Assert.IsEmpty(await pair.CheckAsync());
    }
}
