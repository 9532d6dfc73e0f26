using System.Globalization;

namespace FhirHub.Stores.Oracle;

/// <summary>
/// Generated queries over generated resources, answered by a store and by the oracle. Where they differ, one of the
/// two is wrong. FHIRHUB_ORACLE_QUERIES asks for more of them, FHIRHUB_ORACLE_SEED for others.
/// </summary>
public abstract class OracleContract
{
    const int QueriesDefault = 5000;
    const int SeedDefault = 20260301;
    const int DifferencesShown = 25;

    protected abstract StoragePair Create();

    [TestMethod]
    public async Task Every_search_finds_what_the_oracle_finds()
    {
        var seed = Setting("FHIRHUB_ORACLE_SEED", SeedDefault);
        await using var pair = Create();
        var world = await OracleData.FillAsync(pair, seed);
        var generator = new QueryGenerator(world, new Random(seed));
        var comparison = new OracleComparison(pair, new OracleEvaluator(world));
        for (var i = 0; i < Setting("FHIRHUB_ORACLE_QUERIES", QueriesDefault); i++)
        {
            await comparison.CompareAsync(generator.Next());
        }

        TestContext?.WriteLine(comparison.Summary());
        Assert.AreEqual("", comparison.Differences(DifferencesShown), $"seed {seed}\n{comparison.Summary()}");
    }

    public TestContext? TestContext { get; set; }

    static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;
}
