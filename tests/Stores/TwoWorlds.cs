using FhirHub.Core.Model;
using FhirHub.Core.Search;
using FhirHub.Stores.Oracle;

namespace FhirHub.Stores;

/// <summary>
/// Two stores for a caller who may see a part: one has everything, the other only that part, written at the same times.
/// </summary>
sealed class TwoWorlds : IAsyncDisposable
{
    TwoWorlds(StoragePair whole, StoragePair part, OracleWorld data, AccessRule rule) =>
        (Whole, Part, Data, Rule) = (whole, part, data, rule);

    internal StoragePair Whole { get; }

    internal StoragePair Part { get; }

    /// <summary>Everything there is, to ask about.</summary>
    internal OracleWorld Data { get; }

    internal AccessRule Rule { get; }

    /// <summary>What there is in both.</summary>
    internal List<ResourceKey> Seen { get; } = [];

    /// <summary>What is hidden in the whole, and what it is.</summary>
    internal Dictionary<ResourceKey, StoredResource> Hidden { get; } = [];

    internal static async Task<TwoWorlds> CreateAsync(
        Func<StoragePair> create, int seed, Func<StoreTarget, AccessRule> rule)
    {
        var (whole, part) = (create(), create());
        var target = new StoreTarget(whole);
        var recorder = new Recorder(target);
        var data = await OracleData.FillAsync(recorder, seed);
        var worlds = new TwoWorlds(whole, part, data, rule(target));
        var seen = await worlds.SeenAsync();
        worlds.Seen.AddRange(seen.OrderBy(key => key.ToString(), StringComparer.Ordinal));
        var copy = new StoreTarget(part);
        foreach (var (time, type, id, json) in recorder.Written)
        {
            if (seen.Contains(Sample.Key(type, id)))
            {
                part.Clock.Now = time;
                await (json is null ? copy.DeleteAsync(type, id) : copy.PutAsync(type, id, json));
            }
        }

        foreach (var key in recorder.Written.Select(one => Sample.Key(one.Type, one.Id)).Distinct())
        {
            if (!seen.Contains(key) && await whole.ReadAsync(key.Type, key.Id) is { } hidden)
            {
                worlds.Hidden.Add(key, hidden);
            }
        }

        worlds.Wait(TimeSpan.FromHours(1));
        return worlds;
    }

    /// <summary>Lets time go by in both.</summary>
    internal void Wait(TimeSpan time) => Part.Clock.Now = Whole.Clock.Now += time;

    public async ValueTask DisposeAsync()
    {
        await Whole.DisposeAsync();
        await Part.DisposeAsync();
    }

    async Task<HashSet<ResourceKey>> SeenAsync()
    {
        var seen = new HashSet<ResourceKey>();
        foreach (var type in OracleData.Types)
        {
            var query = Sample.Query(type, Sample.All()) with { Access = Rule, Count = OracleQuery.CountMax };
            var page = await Whole.Search.SearchAsync(query, CancellationToken.None);
            Assert.IsNull(page.Next, "one page has all of a type");
            seen.UnionWith(page.Matches.Select(match => match.Key));
        }

        return seen;
    }
}
