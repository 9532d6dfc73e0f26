using FhirHub.Core.Model;
using FhirHub.Terminology.Dictionaries;

namespace FhirHub.Stores.Terminology.Dictionaries;

/// <summary>Versions of a map on their way into force, and what is translated meanwhile.</summary>
[TestClass]
public sealed class PublishingTests
{
    static readonly ReviewStep Step = new("author", null);

    [TestMethod]
    public async Task A_draft_counts_only_once_it_is_published_and_the_version_before_then_no_longer()
    {
        await using var world = new DictionaryWorld();
        var first = await world.PublishAsync(await world.PutMapAsync("A"));
        Assert.AreEqual("A", await world.TranslatedAsync());
        Assert.AreEqual("A", await world.TranslatedAsync(DictionaryWorld.MapUrl));

        var draft = (await world.Publishing.DraftAsync(first, null, Step, DictionaryWorld.Caller, default)).Resource!;
        draft = await world.PutAsync(Text(draft).Replace("\"A\"", "\"B\"", StringComparison.Ordinal));
        Assert.AreEqual("A", await world.TranslatedAsync());
        Assert.AreEqual("B", await world.TranslatedAsync($"{DictionaryWorld.MapUrl}|2"), "a draft can be tried by its version");

        world.Wait(hours: 1);
        var before = world.Now;
        world.Wait(hours: 1);
        var second = await world.PublishAsync(draft);
        Assert.AreEqual("B", await world.TranslatedAsync());
        Assert.AreEqual("A", await world.TranslatedAsync($"{DictionaryWorld.MapUrl}|1"), "stored data keeps its meaning");
        Assert.AreEqual("A", await world.TranslatedAsync(asOf: before));
        Assert.AreEqual("A", await world.TranslatedAsync(DictionaryWorld.MapUrl, before));
        Assert.Contains("\"retired\"", Text(await world.ReadAsync(first)));
        Assert.Contains("\"active\"", Text(second));
        Assert.Contains("resource-approvalDate", Text(second));

        // Back again; and what was in force between stays known.
        world.Wait(hours: 1);
        var between = world.Now;
        world.Wait(hours: 1);
        await world.Publishing.RollBackAsync(await world.ReadAsync(first), Step, DictionaryWorld.Caller, default);
        Assert.AreEqual("A", await world.TranslatedAsync());
        Assert.AreEqual("B", await world.TranslatedAsync(asOf: between));
        Assert.AreEqual("A", await world.TranslatedAsync(asOf: before));
        Assert.Contains("\"retired\"", Text(await world.ReadAsync(second)));
    }

    [TestMethod]
    public async Task The_first_draft_of_a_map_translates_nothing()
    {
        await using var world = new DictionaryWorld();
        var draft = await world.PutMapAsync("A");
        var submitted = await world.Publishing.SubmitAsync(draft, Step, DictionaryWorld.Caller, default);
        Assert.AreEqual("not-found", await world.TranslatedAsync());
        Assert.AreEqual("not-found", await world.TranslatedAsync(DictionaryWorld.MapUrl));
        Assert.AreEqual("A", await world.TranslatedAsync($"{DictionaryWorld.MapUrl}|1"));
        Assert.IsNotNull(submitted.Resource);
    }

    [TestMethod]
    public async Task Every_step_has_its_turn()
    {
        await using var world = new DictionaryWorld();
        var caller = DictionaryWorld.Caller;
        var draft = await world.PutMapAsync("A");
        await RefusedAsync("'editing'", () => world.Publishing.PublishAsync(draft, Step, caller, default));
        await RefusedAsync("'editing'", () => world.Publishing.ReviewAsync(draft, true, Step, caller, default));
        await RefusedAsync("draft", () => world.Publishing.RollBackAsync(draft, Step, caller, default));
        await RefusedAsync("draft of", () => world.Publishing.DraftAsync(draft, null, Step, caller, default));

        var submitted = (await world.Publishing.SubmitAsync(draft, Step, caller, default)).Resource!;
        await RefusedAsync("'submitted'", () => world.Publishing.SubmitAsync(submitted, Step, caller, default));
        await RefusedAsync("somebody else", () => world.Publishing.ReviewAsync(submitted, true, Step, caller, default));

        var reviewer = new ReviewStep("reviewer", "1 is not A");
        var returned = (await world.Publishing.ReviewAsync(submitted, false, reviewer, caller, default)).Resource!;
        Assert.Contains("1 is not A", Text(returned));
        await RefusedAsync("'returned'", () => world.Publishing.PublishAsync(returned, Step, caller, default));
        submitted = (await world.Publishing.SubmitAsync(returned, Step, caller, default)).Resource!;
        var approved = (await world.Publishing.ReviewAsync(submitted, true, reviewer, caller, default)).Resource!;

        // What was approved is what is published.
        var changed = await world.PutAsync(Text(approved).Replace("\"A\"", "\"B\"", StringComparison.Ordinal));
        await RefusedAsync("changed after", () => world.Publishing.PublishAsync(changed, Step, caller, default));
        var restored = await world.PutAsync(Text(changed).Replace("\"B\"", "\"A\"", StringComparison.Ordinal));
        var published = (await world.Publishing.PublishAsync(restored, Step, caller, default)).Resource!;
        await RefusedAsync("only a draft", () => world.Publishing.SubmitAsync(published, Step, caller, default));
    }

    [TestMethod]
    public async Task Two_that_publish_at_the_same_time_cannot_both_be_in_force()
    {
        await using var world = new DictionaryWorld();
        var caller = DictionaryWorld.Caller;
        await world.PutMapAsync("A", status: "active");
        var other = await ApprovedAsync(world, "m2", "2");
        var third = await ApprovedAsync(world, "m3", "3");
        await Task.WhenAll(TryAsync(other), TryAsync(third));
        var active = (await world.HistoryAsync("ConceptMap")).DistinctBy(version => version.Key)
            .Count(version => Text(version).Contains("\"status\":\"active\"", StringComparison.Ordinal));
        Assert.AreEqual(1, active);

        async Task TryAsync(StoredResource approved)
        {
            try
            {
                await world.Publishing.PublishAsync(approved, Step, caller, default);
            }
            catch (FhirException lost) when (lost.Problem.Kind is ProblemKind.PreconditionFailed)
            {
                // Whoever was later has to look again.
            }
        }
    }

    [TestMethod]
    [DataRow("1", "2")]
    [DataRow("2026.9", "2026.10")]
    [DataRow("v2", "v3")]
    [DataRow("2.0-draft", "2.0-draft.1")]
    [DataRow("20260101123456", "20260101123456.1")]
    [DataRow("3 10 9", "11")]
    [DataRow("", "1")]
    public void The_next_version_is_one_up(string versions, string next) => Assert.AreEqual(
        next, Publishing.NextVersion(versions.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    static async Task<StoredResource> ApprovedAsync(DictionaryWorld world, string id, string version)
    {
        var draft = await world.PutMapAsync("B", version, id: id);
        var submitted = await world.Publishing.SubmitAsync(draft, Step, DictionaryWorld.Caller, default);
        return (await world.Publishing.ReviewAsync(
            submitted.Resource!, true, new ReviewStep("reviewer", null), DictionaryWorld.Caller, default)).Resource!;
    }

    static async Task RefusedAsync<T>(string why, Func<ValueTask<T>> step)
    {
        var refused = await Assert.ThrowsExactlyAsync<FhirException>(async () => await step());
        Assert.AreEqual(ProblemKind.Unprocessable, refused.Problem.Kind);
        Assert.Contains(why, refused.Problem.Text);
    }

    static string Text(StoredResource resource) => System.Text.Encoding.UTF8.GetString(resource.Json.Span);
}
