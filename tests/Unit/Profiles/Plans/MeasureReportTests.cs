using System.Text;
using FhirHub.Core.Model;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Plans;

namespace FhirHub.Unit.Profiles.Plans;

/// <summary>What a report says of counts.</summary>
[TestClass]
public sealed class MeasureReportTests
{
    [TestMethod]
    [DataRow("%", 1, 3, "33.3333", "%")]
    [DataRow("%", 3, 3, "100", "%")]
    [DataRow("10*-3", 1, 3, "333.3333", "10*-3")]
    [DataRow("10*-4", 1, 3, "3333.3333", "10*-4")]
    [DataRow("10*-5", 2, 10_000, "20", "10*-5")]
    [DataRow("per head", 3, 2, "1.5", "1")]
    public void A_score_is_in_the_unit_of_the_measure(string unit, int above, int below, string score, string code)
    {
        var value = Report(unit, above, below, hasMembers: true).At("group.measureScore");
        Assert.AreEqual(score, value.First("value").Text);
        Assert.AreEqual(code, value.First("code").Text);
    }

    [TestMethod]
    public void Over_nothing_there_is_no_score()
    {
        var report = Report("%", 0, 0, hasMembers: true);
        Assert.IsFalse(report.At("group.measureScore").Exists);
        Assert.AreEqual("0", report.At("group.population.count").Text);
    }

    [TestMethod]
    public void What_was_too_much_to_divide_is_said_not_to_be_divided()
    {
        var stratifier = Report("%", 1, 2, hasMembers: false).At("group.stratifier");
        Assert.AreEqual("not-performed", stratifier.At("extension.value").Text);
        Assert.IsFalse(stratifier.First("stratum").Exists);
    }

    [TestMethod]
    public void Those_whose_patient_is_not_here_are_a_stratum_of_their_own()
    {
        var stratum = Report("%", 1, 2, hasMembers: true).At("group.stratifier.stratum");
        Assert.AreEqual("未知", stratum.At("value.text").Text);
        CollectionAssert.AreEqual(
            new[] { "1", "2" }, stratum["population"].Select(population => population.First("count").Text).ToArray());
    }

    static FhirNode Report(string unit, int above, int below, bool hasMembers)
    {
        var measure = FhirDocument.ParseJson(Encoding.UTF8.GetBytes($$"""
            {"resourceType":"Measure","status":"active","url":"urn:example:measure","rateAggregation":"{{unit}}","group":[
              {"population":[
                {"code":{"coding":[{"code":"numerator"}]},"criteria":{"language":"application/x-fhir-query",
                  "expression":"Procedure?status=completed"} },
                {"code":{"coding":[{"code":"denominator"}]},"criteria":{"language":"application/x-fhir-query",
                  "expression":"Procedure"} }],
               "stratifier":[{"criteria":{"language":"text/fhirpath","expression":"gender"} }]}]}
            """)).Root;
        var request = new MeasureRequest(measure, new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31), Caller.Open);
        var group = measure.First("group");
        var populations = group["population"].Select((node, i) => MeasurePopulation.Of(
            measure, node, i == 0 ? "numerator" : "denominator", request.Start, request.End).Population).ToList();
        var counts = populations.OfType<MeasurePopulation>().Zip([(long)above, below]).ToList();
        var members = counts.SelectMany(count => Enumerable.Repeat(new MeasureMember(count.First, null), (int)count.Second));
        var writer = new MeasureReportWriter(request, DateTimeOffset.UnixEpoch);
        writer.Add(group, counts, MeasureStratifier.Of(measure, group), hasMembers ? [.. members] : null);
        return writer.Build().Root;
    }
}
