namespace FhirHub.Unit.FhirPath;

/// <summary>Quantities of UCUM and of the calendar.</summary>
[TestClass]
public sealed class QuantityTests
{
    [TestMethod]
    [DataRow("1000 'mg' = 1 'g'", "true")]
    [DataRow("4 'g' > 3999 'mg'", "true")]
    [DataRow("1 'g' = 1 'm'", "")]
    [DataRow("1 'g' < 1 'm'", "")]
    [DataRow("4 'g' ~ 4040 'mg'", "true")]
    [DataRow("4 'g' !~ 5 'g'", "true")]
    [DataRow("7 days = 1 week", "true")]
    [DataRow("7 days = 1 'wk'", "true")]
    [DataRow("1 year = 12 months", "true")]
    [DataRow("1 year = 365 days", "")]
    [DataRow("1 year = 1 'a'", "")]
    [DataRow("1 month = 1 'mo'", "")]
    [DataRow("1 day = 24 hours", "true")]
    [DataRow("1 minute = 60 's'", "true")]
    [DataRow("5 = 5 '1'", "true")]
    [DataRow("1 'nonsense' = 1 'g'", "")]
    [DataRow("1 'nonsense' = 1 'nonsense'", "true")]
    [DataRow("1 'cm'.comparable(1 '[in_i]')", "true")]
    [DataRow("1 'cm'.comparable(1 's')", "false")]
    [DataRow("1 'cm'.comparable(1 '[s]')", "false")]
    public void Units_are_converted_for_comparison(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("1 'g' + 500 'mg'", "1.5 'g'")]
    [DataRow("500 'mg' + 1 'g'", "1.5 'g'")]
    [DataRow("3 'g' - 1 'g'", "2 'g'")]
    [DataRow("1 'g' + 1 'm'", "")]
    [DataRow("2 'm' * 3", "6 'm'")]
    [DataRow("3 * 2 'm'", "6 'm'")]
    [DataRow("6 'm' / 2", "3 'm'")]
    [DataRow("2 'cm' * 2 'm' = 0.04 'm2'", "true")]
    [DataRow("4 'g' / 2 'm' = 2 'g/m'", "true")]
    [DataRow("6 'm' / 2 'm' = 3", "true")]
    [DataRow("6 'm' / 0 'm'", "")]
    [DataRow("1 week + 1 day", "1.1428571428571428571428571429 week")]
    [DataRow("-(5 'mg')", "-5 'mg'")]
    [DataRow("(-5 'mg').abs()", "5 'mg'")]
    [DataRow("5 'mg'.value", "5")]
    [DataRow("5 'mg'.unit", "mg")]
    [DataRow("5 'g' mod 2", "error")]
    public void Quantities_compute(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("value = 185 '[lb_av]'", "true")]
    [DataRow("value > 80 'kg'", "true")]
    [DataRow("value.toString()", "185.0 '[lb_av]'")]
    [DataRow("value.value", "185.0")]
    [DataRow("value.is(Quantity)", "true")]
    [DataRow("value.is(System.Quantity)", "false")]
    [DataRow("referenceRange.high > 1 'kg'", "error")]
    [DataRow("effective > @2020", "")]
    public void A_quantity_of_FHIR_is_one_of_System(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression, Sample.Observation));
}
