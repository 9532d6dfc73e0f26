using System.Text;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Plans;

namespace FhirHub.Unit.Profiles.Plans;

/// <summary>Which places a standard is for.</summary>
[TestClass]
public sealed class RiskStandardTests
{
    [TestMethod]
    [DataRow("330000", "330106", 2)]
    [DataRow("330000", "330106001", 2)]
    [DataRow("330000", "150721", -1)]
    [DataRow("330000", null, -1)]
    [DataRow("330100", "330106", 4)]
    [DataRow("330100", "330200", -1)]
    [DataRow("110000", "110101", 2)]
    [DataRow("150720", "150721", -1)]
    [DataRow(null, "150721", 0)]
    [DataRow(null, null, 0)]
    public void A_standard_of_a_place_is_for_what_lies_in_it(string? place, string? division, int digits)
    {
        var jurisdiction = place is null
            ? """{"coding":[{"system":"urn:iso:std:iso:3166","code":"CN"}]}"""
            : $$"""{"coding":[{"system":"urn:oid:2.16.156.10011.2.3.3.2","code":"{{place}}"}]}""";
        var standard = FhirDocument.ParseJson(Encoding.UTF8.GetBytes(
            $$"""{"resourceType":"PlanDefinition","status":"active","jurisdiction":[{{jurisdiction}}]}"""));
        Assert.AreEqual(digits, RiskStandards.DigitsOf(standard, division));
    }
}
