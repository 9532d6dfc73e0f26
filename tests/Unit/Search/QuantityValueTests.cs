using FhirHub.Core.Search;
using FhirHub.Fhir.Definitions;
using static FhirHub.Unit.Search.Extracting;

namespace FhirHub.Unit.Search;

// https://hl7.org/fhir/R4/search.html#quantity
[TestClass]
public sealed class QuantityValueTests
{
    const string Ucum = "http://unitsofmeasure.org";

    [TestMethod]
    [DataRow("5.4", "mg", "5.4 [5.35, 5.45] http://unitsofmeasure.org|mg 'u' = 0.0054 [0.00535, 0.00545] g")]
    [DataRow("6", "mmol/L", "6 [5.5, 6.5] http://unitsofmeasure.org|mmol/L 'u' = 3.613284456E+24 [3.312177418E+24, 3.914391494E+24] m-3")]
    [DataRow("60", "/min", "60 [59.5, 60.5] http://unitsofmeasure.org|/min 'u' = 1 [0.9916666666666667, 1.0083333333333333] s-1")]
    [DataRow("37.0", "Cel", "37.0 [36.95, 37.05] http://unitsofmeasure.org|Cel 'u' = 310.15 [310.1, 310.2] K")]
    [DataRow("5", "nonsense", "5 [4.5, 5.5] http://unitsofmeasure.org|nonsense 'u'")]
    public void A_ucum_quantity_has_its_amount_in_base_units_too(string value, string code, string expected) => AreValues(
        Value($$"""{"value":{{value}},"unit":"u","system":"{{Ucum}}","code":"{{code}}"}"""), expected);

    [TestMethod]
    public void Equal_amounts_of_different_units_have_equal_canonical_ones()
    {
        var milligrams = Value($$"""{"value":5.4,"system":"{{Ucum}}","code":"mg"}""");
        var grams = Value($$"""{"value":0.0054,"system":"{{Ucum}}","code":"g"}""");
        Assert.AreEqual(milligrams[0].Split('=')[1], grams[0].Split('=')[1]);
    }

    [TestMethod]
    [DataRow("<", "5 [, 5] strict 'u'")]
    [DataRow("<=", "5 [, 5] 'u'")]
    [DataRow(">", "5 [5, ] strict 'u'")]
    [DataRow(">=", "5 [5, ] 'u'")]
    public void A_comparator_opens_one_side(string comparator, string expected) => AreValues(
        Value($$"""{"value":5,"comparator":"{{comparator}}","unit":"u"}"""), expected);

    [TestMethod]
    public void A_comparator_opens_the_canonical_range_as_well() => AreValues(
        Value($$"""{"value":5,"comparator":"<","system":"{{Ucum}}","code":"mg"}"""),
        "5 [, 5] strict http://unitsofmeasure.org|mg = 0.005 [, 0.005] g");

    [TestMethod]
    [DataRow("", true, true)]
    [DataRow(""" "comparator":"<", """, true, false)]
    [DataRow(""" "comparator":">", """, false, true)]
    public void A_scale_that_falls_changes_the_ends_of_the_range(string comparator, bool hasLow, bool hasHigh)
    {
        var extraction = R4.Extract(Parse(
            $$$"""
            {"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":
             {"value":7.0,{{{comparator}}}"system":"{{{Ucum}}}","code":"[pH]"} }
            """));
        var value = extraction.Entries.Select(e => e.Value).OfType<SearchValue.Quantity>().First();
        var canonical = value.Canonical ?? throw new AssertFailedException("pH is a unit.");
        Assert.AreEqual(hasLow, !double.IsInfinity(canonical.Low));
        Assert.AreEqual(hasHigh, !double.IsInfinity(canonical.High));
        Assert.IsLessThan(canonical.High, canonical.Low);
    }

    [TestMethod]
    public void Another_system_is_taken_as_it_stands() => AreValues(
        Value("""{"value":2,"system":"http://snomed.info/sct","code":"385055001"}"""),
        "2 [1.5, 2.5] http://snomed.info/sct|385055001");

    [TestMethod]
    public void A_quantity_without_a_number_is_none() => AreValues(Value($$"""{"system":"{{Ucum}}","code":"mg"}"""));

    [TestMethod]
    public void Money_counts_its_currency() => AreValues(
        Values("""{"resourceType":"Invoice","status":"issued","totalNet":{"value":48.50,"currency":"CNY"}}""", "totalnet"),
        "48.50 [48.495, 48.505] urn:iso:std:iso:4217|CNY 'CNY'");

    [TestMethod]
    public void An_age_is_a_quantity() => AreValues(
        Values(
            $$$"""{"resourceType":"Condition","subject":{"display":"x"},"onsetAge":{"value":52,"system":"{{{Ucum}}}","code":"a"}}""",
            "onset-age"),
        "52 [51.5, 52.5] http://unitsofmeasure.org|a = 1640995200 [1625216400, 1656774000] s");

    [TestMethod]
    [DataRow("""{"low":{"value":1.5,"unit":"u"},"high":{"value":3,"unit":"u"}}""", "[1.5, 3] 'u'")]
    [DataRow("""{"low":{"value":1,"unit":"u"}}""", "[1, ] 'u'")]
    [DataRow("""{"high":{"value":3,"unit":"u"}}""", "[, 3] 'u'")]
    public void A_range_is_exact_and_may_be_open(string range, string expected) => AreValues(
        Values($$"""{"resourceType":"Condition","subject":{"display":"x"},"onsetRange":{{range}}}""", "onset-age"), expected);

    [TestMethod]
    public void Sampled_data_has_the_bounds_of_its_samples() => AreValues(
        Sampled(""" "factor":2,"lowerLimit":-50,"upperLimit":40,"data":"1 E -3.5 10 U L" """),
        "[0, 180] http://unitsofmeasure.org|mV = [0, 180] C-1.g.m2.s-2");

    [TestMethod]
    public void Sampled_data_without_a_number_is_none() => AreValues(Sampled(""" "data":"E E" """));

    [TestMethod]
    public void Every_type_of_quantity_has_the_elements_of_Quantity_in_its_order()
    {
        // The reader counts on it.
        var quantity = FhirSchema.R4["Quantity"];
        foreach (var type in FhirSchema.R4.Types.Where(t => t.IsA(quantity)))
        {
            CollectionAssert.AreEqual(
                quantity.Properties.Select(p => p.Name).ToArray(), type.Properties.Select(p => p.Name).ToArray(), type.Name);
        }
    }

    static string[] Sampled(string rest) => Values(
        $$$"""
        {"resourceType":"Observation","status":"final","code":{"text":"x"},"valueSampledData":
         {"origin":{"value":100,"system":"{{{Ucum}}}","code":"mV"},"period":10,"dimensions":1,{{{rest}}} } }
        """,
        "value-quantity");

    static string[] Value(string quantity) => Values(
        $$"""{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{{quantity}}}""",
        "value-quantity");
}
