using FhirHub.Core.Terminology;

namespace FhirHub.Stores.Terminology.Dictionaries;

/// <summary>Codes that were met and not translated, as they are kept.</summary>
[TestClass]
public sealed class UnmappedTests
{
    [TestMethod]
    public async Task What_a_translation_misses_is_counted_and_what_is_mapped_is_not()
    {
        await using var world = new DictionaryWorld();
        await world.PutMapAsync("A", status: "active");
        await world.AnswerAsync("1");
        await world.AnswerAsync("7");
        await world.AnswerAsync("7", DictionaryWorld.MapUrl);
        await world.AnswerAsync("8");
        await world.AnswerAsync("9", "urn:mistyped"); // a map that is not there says nothing of the code
        await world.AnswerAsync("9", asOf: world.Now); // a question about the past is not a code met now
        world.Unmapped.Note(Sample.Tenant, new Coding("urn:other", "x"), "from an adapter");
        await world.Tables.AddAsync(world.Unmapped.Take(), default);
        Assert.AreEqual("7:2 8:1", await CodesAsync(world, DictionaryWorld.Local));
        Assert.AreEqual("7:2 8:1 x:1", await CodesAsync(world, null));
        Assert.AreEqual("from an adapter", (await world.Tables.AllAsync(Sample.Tenant, "urn:other", default))[0].Display);
        Assert.IsEmpty(await world.Tables.AllAsync("somebody", null, default));
    }

    [TestMethod]
    public async Task Counts_add_up_without_leaving_versions_behind_and_are_forgotten_when_mapped()
    {
        await using var world = new DictionaryWorld();
        for (var i = 0; i < 3; i++)
        {
            await world.AnswerAsync("7");
            await world.AnswerAsync("8");
            await world.Tables.AddAsync(world.Unmapped.Take(), default);
        }

        Assert.AreEqual("7:3 8:3", await CodesAsync(world, DictionaryWorld.Local));
        Assert.HasCount(1, await world.HistoryAsync("ConceptMap"));
        await world.Tables.ForgetAsync(Sample.Tenant, DictionaryWorld.Local, ["7", "unknown"], default);
        Assert.AreEqual("8:3", await CodesAsync(world, null));
        await world.Tables.ForgetAsync(Sample.Tenant, DictionaryWorld.Local, ["8"], default);
        Assert.AreEqual("", await CodesAsync(world, null));
        await world.Tables.ForgetAsync(Sample.Tenant, "urn:never", ["8"], default);
    }

    [TestMethod]
    public async Task A_full_table_keeps_the_most_frequent()
    {
        await using var world = new DictionaryWorld();
        var often = Enumerable.Range(0, 6_000).SelectMany(i => Enumerable.Repeat(i, i < 100 ? 2 : 1));
        foreach (var code in often)
        {
            world.Unmapped.Note(Sample.Tenant, new Coding("urn:many", $"{code}"));
        }

        await world.Tables.AddAsync(world.Unmapped.Take(), default);
        var kept = await world.Tables.AllAsync(Sample.Tenant, "urn:many", default);
        Assert.HasCount(4_500, kept);
        Assert.IsTrue(kept.Take(100).All(code => code.Count == 2));
    }

    static async Task<string> CodesAsync(DictionaryWorld world, string? system) => string.Join(
        ' ', (await world.Tables.AllAsync(Sample.Tenant, system, default)).Select(code => $"{code.Coding.Code}:{code.Count}"));
}
