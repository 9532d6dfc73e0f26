using System.Globalization;
using FhirHub.Core.Search;

namespace FhirHub.Stores.Oracle;

/// <summary>
/// Generated queries over generated resources, answered by a store and by the oracle. Where they differ, one of the
/// two is wrong. FHIRHUB_ORACLE_QUERIES asks for more of them, FHIRHUB_ORACLE_SEED for others.
/// </summary>
public abstract class OracleContract
{
    const int QueriesDefault = 8000;
    const int SeedDefault = 20260304;
    const int DifferencesShown = 100;

    /// <summary>Some hundred pairs of kinds are on no type of the data together.</summary>
    const int PairsLeast = 3900;

    /// <summary>A part of the queries is enough for what is about few resources or few kinds of them.</summary>
    const int Part = 4;

    protected abstract StoragePair Create();

    [TestMethod]
    public async Task Every_search_finds_what_the_oracle_finds()
    {
        var seed = Setting("FHIRHUB_ORACLE_SEED", SeedDefault);
        var queries = Queries;
        await using var pair = Create();
        var target = new StoreTarget(pair);
        var world = await OracleData.FillAsync(target, seed);
        var generator = new QueryGenerator(world, new Random(seed));
        var oracle = new OracleEvaluator(world);
        var comparison = new OracleComparison(target, oracle);
        var coverage = new OracleCoverage(oracle);
        for (var i = 0; i < queries; i++)
        {
            var query = generator.Next();
            await comparison.CompareAsync(query);
            coverage.Add(query);
        }

        TestContext?.WriteLine(coverage.Gaps());
        Check(comparison, seed);

        // Shorter runs or other seeds need not come by everything; the run that everybody makes does.
        if (seed == SeedDefault && queries >= QueriesDefault)
        {
            Assert.AreEqual("", coverage.Gaps(), "asked for, but never both met and unmet");
        }
    }

    [TestMethod]
    public async Task Every_search_inside_others_finds_what_the_oracle_finds()
    {
        var seed = Setting("FHIRHUB_ORACLE_SEED", SeedDefault);
        await using var pair = Create();
        var target = new StoreTarget(pair);
        var world = await OracleData.FillAsync(target, seed);
        var comparison = new OracleComparison(target, new OracleEvaluator(world));
        var generator = new QueryGenerator(world, new Random(seed));
        for (var i = Queries / Part; i > 0; i--)
        {
            await comparison.CompareAsync(generator.NextContained());
        }

        Check(comparison, seed);
    }

    /// <summary>Under a rule everything is as if only what it lets see were there.</summary>
    [TestMethod]
    public async Task Under_a_rule_every_search_finds_what_the_oracle_finds_of_what_may_be_seen()
    {
        var seed = Setting("FHIRHUB_ORACLE_SEED", SeedDefault);
        await using var pair = Create();
        var target = new StoreTarget(pair);
        var whole = await OracleData.FillAsync(target, seed);
        var oracle = new OracleEvaluator(whole);
        var rule = OracleData.Types.ToDictionary(type => type, OracleRule.Of);
        var seen = whole.All.Where(resource => rule[resource.Type].Criteria
            .All(criterion => oracle.Matches(resource, criterion.Name, criterion.Value))).ToList();
        Assert.IsTrue(seen.Count > 100 && seen.Count < whole.All.Count() - 100, "the rule hides a part");
        target.Access = new AccessRule(
            rule.ToDictionary(one => one.Key, one => target.Expression(one.Value)), new SearchExpression.Or([]));

        var world = new OracleWorld(seen, whole.Now);
        var comparison = new OracleComparison(target, new OracleEvaluator(world));
        // Queries about everything, so that they ask for what is hidden, too.
        var generator = new QueryGenerator(whole, new Random(seed));
        for (var i = Queries / Part; i > 0; i--)
        {
            await comparison.CompareAsync(i % 3 == 0 ? generator.NextContained() : generator.Next());
        }

        Check(comparison, seed);
    }

    /// <summary>Each form of a value finds some and misses some of each data type that it may be asked of.</summary>
    [TestMethod]
    public async Task Every_form_of_every_value_finds_what_the_oracle_finds()
    {
        var seed = Setting("FHIRHUB_ORACLE_SEED", SeedDefault);
        await using var pair = Create();
        var target = new StoreTarget(pair);
        var oracle = new OracleEvaluator(await OracleData.FillAsync(target, seed));
        var comparison = new OracleComparison(target, oracle);
        var generator = new FormGenerator(oracle, new CriterionGenerator(oracle.World, new Random(seed)));
        foreach (var query in generator.Queries())
        {
            await comparison.CompareAsync(query);
        }

        TestContext?.WriteLine(generator.Gaps());
        Check(comparison, seed);
        if (seed == SeedDefault)
        {
            Assert.AreEqual("", generator.Gaps(), "forms that never both found and missed an element of the type");
        }
    }

    /// <summary>Each two kinds of criteria together, and each kind in each place, find some and not all.</summary>
    [TestMethod]
    public async Task Every_pair_of_kinds_finds_what_the_oracle_finds()
    {
        var seed = Setting("FHIRHUB_ORACLE_SEED", SeedDefault);
        await using var pair = Create();
        var target = new StoreTarget(pair);
        var oracle = new OracleEvaluator(await OracleData.FillAsync(target, seed));
        var comparison = new OracleComparison(target, oracle);
        var generator = new PairGenerator(oracle, new Random(seed));
        foreach (var query in generator.Queries())
        {
            await comparison.CompareAsync(query);
        }

        TestContext?.WriteLine($"{generator.Good} pairs; not:\n{string.Join('\n', generator.Gaps)}");
        Check(comparison, seed);
        if (seed == SeedDefault)
        {
            // Inside others and in filters the words that are looked for are not kinds of their own.
            var missing = OracleCoverage.Forms.Where(form => !form.Contains(' ', StringComparison.Ordinal))
                .Except(generator.Kinds);
            Assert.AreEqual("", string.Join(", ", missing), "kinds of which no query finds some and not all");
            Assert.IsGreaterThan(PairsLeast, generator.Good, "the rest is on no type together, or never true together");
        }
    }

    void Check(OracleComparison comparison, int seed)
    {
        TestContext?.WriteLine(comparison.Summary());
        var differences = comparison.Differences(DifferencesShown);
        if (differences.Length > 0)
        {
            Assert.Fail($"seed {seed}{differences}");
        }
    }

    static int Queries => Setting("FHIRHUB_ORACLE_QUERIES", QueriesDefault);

    public TestContext? TestContext { get; set; }

    static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;
}
