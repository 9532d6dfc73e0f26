using System.Globalization;
using FhirHub.EndToEnd.Hub;
using FhirHub.Stores.Oracle;

namespace FhirHub.EndToEnd.Oracle;

/// <summary>
/// The generated queries of the stores, asked of the real server: https://hl7.org/fhir/R4/search.html
/// </summary>
[TestClass]
public sealed class SearchOracleTests
{
    const int Seed = 20260302;
    const int QueriesDefault = 1500;
    const int DifferencesShown = 25;

    public TestContext? TestContext { get; set; }

    [TestMethod]
    public async Task The_server_finds_what_the_oracle_finds()
    {
        await using var hub = await HubProcess.StartAsync();
        var target = new ServerTarget(hub.Fhir);
        var world = await OracleData.FillAsync(target, Seed);
        var comparison = new OracleComparison(target, new OracleEvaluator(world));
        var generator = new QueryGenerator(world, new Random(Seed));
        for (var i = 0; i < Queries; i++)
        {
            var query = generator.Next();
            if (!query.Criteria.Any(IsAboutNow))
            {
                await comparison.CompareAsync(query);
            }
        }

        TestContext?.WriteLine(comparison.Summary());
        var differences = comparison.Differences(DifferencesShown);
        if (differences.Length > 0)
        {
            Assert.Fail($"seed {Seed}{differences}");
        }
    }

    /// <summary>
    /// A tenth of the few seconds since the data was written has passed before the server has answered.
    /// </summary>
    static bool IsAboutNow(OracleCriterion criterion) =>
        (criterion.Name + criterion.Value).Contains("_lastUpdated", StringComparison.Ordinal)
        && criterion.Value.Contains("ap", StringComparison.Ordinal);

    static int Queries =>
        int.TryParse(
            Environment.GetEnvironmentVariable("FHIRHUB_ORACLE_QUERIES"), CultureInfo.InvariantCulture, out var queries)
            ? queries
            : QueriesDefault;
}
