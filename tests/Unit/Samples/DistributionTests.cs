using FhirHub.Samples.Generator;

namespace FhirHub.Unit.Samples;

/// <summary>
/// Whether a region of some thousands of lives comes out as the table of targets says. The seed is fixed, so a figure
/// that holds once holds always; the tolerances are wide enough for chance among so many.
/// </summary>
[TestClass]
public sealed class DistributionTests
{
    static readonly RegionRequest Request = new(11, 2_200) { FromYear = 2023, ToYear = 2025 };

    [TestMethod]
    public void A_region_of_some_thousands_of_lives_comes_out_as_the_targets_say()
    {
        var statistics = new RegionStatistics(
            Region.Make(Request).SelectMany(set => set).Select(made => made.Document), Request.Today);
        Assert.IsGreaterThan(600, statistics.Deliveries);
        var figures = statistics.Measure();
        var targets = Target.ReadAll();
        CollectionAssert.AreEquivalent(targets.Select(t => t.Name).ToList(), figures.Keys.ToList());
        var missed = targets.Where(t => Math.Abs(figures[t.Name] - t.Value) > t.Tolerance)
            .Select(t => $"{t.Name} is {figures[t.Name]:0.####}, wanted {t.Value} ± {t.Tolerance} ({t.Source})");
        Assert.AreEqual("", string.Join(Environment.NewLine, missed));
    }

    [TestMethod]
    public void Every_target_says_where_it_is_from() =>
        Assert.IsTrue(Target.ReadAll().All(t => t.Tolerance > 0 && t.Source.Length > 20));
}
