using System.Text;
using FhirHub.Core.Search;
using FhirHub.Fhir.Definitions;
using static FhirHub.Unit.Search.Extracting;

namespace FhirHub.Unit.Search;

// https://hl7.org/fhir/R4/search.html#number
[TestClass]
public sealed class NumberValueTests
{
    [TestMethod]
    [DataRow("100", "100 [99.5, 100.5]")]
    [DataRow("100.00", "100.00 [99.995, 100.005]")]
    [DataRow("1e2", "100 [95, 105]")]
    [DataRow("1.5e3", "1500 [1450, 1550]")]
    [DataRow("5.4e-3", "0.0054 [0.00535, 0.00545]")]
    [DataRow("5.40e-3", "0.00540 [0.005395, 0.005405]")]
    [DataRow("-0.5", "-0.5 [-0.55, -0.45]")]
    [DataRow("0", "0 [-0.5, 0.5]")]
    [DataRow("12345678901234567890.12345678", "12345678901234567890.12345678 [12345678901234567890.123456775, 12345678901234567890.123456785]")]
    public void A_decimal_covers_what_its_digits_leave_open(string number, string expected)
    {
        Assert.IsTrue(NumberRange.TryRead(Encoding.UTF8.GetBytes(number), out var value, out var range));
        AreValues([Show(new SearchValue.Number(value, range))], expected);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("one")]
    [DataRow(" 1")]
    [DataRow("1e-300")]
    [DataRow("1e300")]
    [DataRow("123456789012345678901234567890.5")]
    [DataRow("0.12345678901234567890123456789")]
    public void What_would_lose_digits_is_no_number(string text) =>
        Assert.IsFalse(NumberRange.TryRead(Encoding.UTF8.GetBytes(text), out _, out _));

    [TestMethod]
    public void A_decimal_element_keeps_its_precision() => AreValues(
        Values(
            """{"resourceType":"RiskAssessment","prediction":[{"probabilityDecimal":0.250},{"probabilityDecimal":1}]}""",
            "probability"),
        "0.250 [0.2495, 0.2505]",
        "1 [0.5, 1.5]");

    [TestMethod]
    public void An_integer_is_only_itself() => AreValues(
        Values("""{"resourceType":"MolecularSequence","coordinateSystem":0,"variant":[{"start":100}]}""", "variant-start"),
        "100 [100, 100]");

    [TestMethod]
    public void A_number_too_large_is_reported_without_quoting_it_and_loses_nothing_else()
    {
        var extraction = R4.Extract(Parse(
            """{"resourceType":"RiskAssessment","id":"r","prediction":[{"probabilityDecimal":1e99},{"probabilityDecimal":0.5}]}"""));
        AreValues(Of(extraction, "probability"), "0.5 [0.45, 0.55]");
        AreValues(Of(extraction, "_id"), "|r");
        Assert.HasCount(1, extraction.Problems);
        Assert.AreEqual("probability", extraction.Problems[0].Parameter.Code);
        Assert.DoesNotContain("99", extraction.Problems[0].Text);
    }

    [TestMethod]
    public void Near_has_the_position() => AreValues(
        Values("""{"resourceType":"Location","position":{"longitude":106.82,"latitude":39.655}}""", "near"), "39.655 106.82");

    [TestMethod]
    public void A_position_without_one_of_its_coordinates_is_none() => AreValues(
        Values("""{"resourceType":"Location","position":{"longitude":106.82}}""", "near"));

    [TestMethod]
    public void Another_special_parameter_finds_nothing() => AreValues(Values(
        With(Custom("Patient", SearchParameterType.Special, "Patient.name")),
        """{"resourceType":"Patient","name":[{"family":"Wang"}]}""",
        "custom"));
}
