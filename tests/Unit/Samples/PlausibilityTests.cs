using FhirHub.Fhir.Documents;
using FhirHub.Samples.Generator;

namespace FhirHub.Unit.Samples;

/// <summary>Whether somebody who knows the field would believe the numbers.</summary>
[TestClass]
public sealed class PlausibilityTests
{
    [TestMethod]
    public void Mothers_are_of_childbearing_age()
    {
        var born = RegionFiles.Of("Patient").ToDictionary(Id, p => RegionFiles.Date(p.At("birthDate")));
        var ages = RegionFiles.Of("EpisodeOfCare").Select(e =>
            Years(born[Target(e.At("patient.reference"))], RegionFiles.Date(e.At("period.start")))).ToList();
        Between(18, 45, ages);
        Assert.IsTrue(ages.Average() is > 25 and < 32, $"{ages.Average()}");
    }

    [TestMethod]
    public void Births_come_at_term_mostly_and_are_about_as_heavy_as_they_should_be()
    {
        var days = RegionFiles.Values("18185-9", "d", IsDelivery);
        Between(28 * 7, 43 * 7, days);
        // The region is small and begins with what is rare, children that come early among it.
        Assert.IsLessThan(0.35, days.Count(d => d < 37 * 7) / (double)days.Count);
        var grams = RegionFiles.Values("8339-4", "g");
        Between(700, 5400, grams);
        Assert.IsTrue(grams.Average() is > 2900 and < 3450, $"{grams.Average()}");
    }

    [TestMethod]
    public void The_due_date_is_forty_weeks_after_the_last_period()
    {
        var due = RegionFiles.Observed("11778-8").ToDictionary(o => o.At("encounter.reference").Text ?? "");
        foreach (var period in RegionFiles.Observed("8665-2"))
        {
            var last = RegionFiles.Date(period.At("valueDateTime"));
            Assert.AreEqual(last.AddDays(280),
                RegionFiles.Date(due[period.At("encounter.reference").Text ?? ""].At("valueDateTime")));
        }
    }

    [TestMethod]
    public void Antenatal_findings_lie_where_they_can()
    {
        Between(35, 120, RegionFiles.Values("29463-7", "kg", IsAntenatal));
        Between(14, 42, RegionFiles.Components("11881-0", "cm"));
        Between(110, 170, RegionFiles.Components("55283-6", "/min"));
        Between(70, 150, RegionFiles.Values("718-7", "g/L", IsAntenatal));
    }

    [TestMethod]
    public void A_raised_pressure_has_a_reason_in_the_risk_assessment()
    {
        var reasons = RegionFiles.Of("RiskAssessment").ToLookup(
            r => r.At("subject.reference").Text, r => r.First("prediction").At("rationale").Text ?? "");
        var raised = 0;
        foreach (var pressure in RegionFiles.Observed("85354-9").Where(IsAntenatal))
        {
            var values = pressure.All("component.valueQuantity.value").Select(RegionFiles.Number).ToList();
            Assert.IsTrue(values[0] > values[1] + 15 && values[0] is > 80 and < 185, Id(pressure));
            if (values[0] >= 140)
            {
                raised++;
                Assert.IsTrue(reasons[pressure.At("subject.reference").Text].Any(r =>
                    r.Contains("高血压", StringComparison.Ordinal) || r.Contains("子痫", StringComparison.Ordinal)));
            }
        }

        Assert.IsGreaterThan(0, raised);
    }

    [TestMethod]
    public void All_five_colours_occur_and_the_dangerous_ones_are_the_fewer()
    {
        var colours = RegionFiles.Of("RiskAssessment")
            .SelectMany(r => r.All("prediction.qualitativeRisk.coding.code")).CountBy(c => c.Text ?? "").ToDictionary();
        CollectionAssert.AreEquivalent(
            new[] { "green", "yellow", "orange", "red", "purple" }, colours.Keys.ToList());
        var dangerous = colours["orange"] + colours["red"];
        Assert.IsLessThan(colours["green"] + colours["yellow"], dangerous);
    }

    [TestMethod]
    public void Children_grow_from_one_check_up_to_the_next()
    {
        var byChild = RegionFiles.Observed("29463-7")
            .Where(o => Id(o).Contains("checkup", StringComparison.Ordinal))
            .GroupBy(o => o.At("subject.reference").Text);
        foreach (var child in byChild)
        {
            var weights = child.Select(o => RegionFiles.Number(o.At("valueQuantity.value"))).ToList();
            CollectionAssert.AreEqual(weights.Order().ToList(), weights, child.Key);
            Between(2.4m, 34, weights);
        }
    }

    [TestMethod]
    public void Doses_come_in_order_and_not_before_birth()
    {
        var born = RegionFiles.Of("Patient").ToDictionary(Id, p => RegionFiles.Date(p.At("birthDate")));
        var courses = RegionFiles.Of("Immunization")
            .GroupBy(i => (Child: Target(i.At("patient.reference")), Vaccine: i.At("vaccineCode.text").Text));
        foreach (var course in courses)
        {
            var dates = course.OrderBy(i => RegionFiles.Number(i.At("protocolApplied.doseNumberPositiveInt")))
                .Select(i => RegionFiles.Date(i.At("occurrenceDateTime"))).ToList();
            CollectionAssert.AllItemsAreUnique(dates);
            CollectionAssert.AreEqual(dates.Order().ToList(), dates);
            Assert.IsTrue(dates[0] >= born[course.Key.Child]);
        }
    }

    [TestMethod]
    public void Nothing_ends_before_it_began_or_after_the_day_the_region_is_looked_at()
    {
        foreach (var encounter in RegionFiles.Of("Encounter"))
        {
            var start = encounter.At("period.start").Text ?? "";
            var end = encounter.At("period.end").Text ?? "";
            Assert.IsLessThan(0, string.CompareOrdinal(start, end), Id(encounter));
            Assert.IsTrue(RegionFiles.Date(encounter.At("period.end")) < Region.Committed.Today, Id(encounter));
        }
    }

    [TestMethod]
    public void Names_of_all_kinds_occur()
    {
        var names = RegionFiles.Of("Patient").Select(p => p.First("name")).ToList();
        Assert.IsTrue(names.Any(n => n.At("family").Text is { Length: 2 }), "a compound surname");
        Assert.IsTrue(names.Any(n => n.At("text").Text?.Contains('·') == true), "a middle dot");
        Assert.IsTrue(names.Any(n => !n.At("family").Exists && n.At("text").Text?.Contains('·') == false), "no surname");
    }

    static void Between(decimal min, decimal max, IEnumerable<decimal> values)
    {
        foreach (var value in values)
        {
            Assert.IsTrue(value >= min && value <= max, $"{value} is not between {min} and {max}");
        }
    }

    static bool IsAntenatal(FhirNode observation) => Id(observation).Contains("antenatal", StringComparison.Ordinal);

    static bool IsDelivery(FhirNode observation) => Id(observation).Contains("delivery", StringComparison.Ordinal);

    static string Id(FhirNode resource) => resource.At("id").Text ?? "";

    static string Target(FhirNode reference) => (reference.Text ?? "").Split('/')[^1];

    static decimal Years(DateOnly from, DateOnly to) => (to.DayNumber - from.DayNumber) / 365.25m;
}
