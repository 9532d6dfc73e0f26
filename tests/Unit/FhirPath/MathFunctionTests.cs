namespace FhirHub.Unit.FhirPath;

/// <summary>Arithmetic and the functions on numbers.</summary>
[TestClass]
public sealed class MathFunctionTests
{
    [TestMethod]
    [DataRow("1 + 2", "3")]
    [DataRow("7 - 9", "-2")]
    [DataRow("3 * 4", "12")]
    [DataRow("7 / 2", "3.5")]
    [DataRow("6 / 2", "3")]
    [DataRow("7 div 2", "3")]
    [DataRow("-7 div 2", "-3")]
    [DataRow("7 mod 3", "1")]
    [DataRow("-7 mod 3", "-1")]
    [DataRow("5.5 mod 2", "1.5")]
    [DataRow("2.2 div 1.8", "1")]
    [DataRow("1.10 + 1", "2.10")]
    [DataRow("1 + {}", "")]
    [DataRow("'a' - 'b'", "error")]
    [DataRow("1 + 'a'", "error")]
    [DataRow("true + 1", "error")]
    [DataRow("(1|2) + 1", "error")]
    public void Arithmetic_keeps_integers_whole(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("2147483647 + 1", "")]
    [DataRow("-2147483647 - 2", "")]
    [DataRow("-2147483648", "-2147483648")]
    [DataRow("65536 * 65536", "")]
    [DataRow("1 / 0", "")]
    [DataRow("1 div 0", "")]
    [DataRow("1 mod 0", "")]
    [DataRow("1.0 / 0.0", "")]
    [DataRow("79228162514264337593543950335.0 * 10", "")]
    [DataRow("2.power(31)", "")]
    [DataRow("(-2147483648) div -1", "")]
    [DataRow("(-2147483648).abs()", "")]
    [DataRow("3000000000.0.floor()", "")]
    public void What_cannot_be_held_is_empty(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("1.5.round()", "2")]
    [DataRow("(-1.5).round()", "-2")]
    [DataRow("3.14159.round(3)", "3.142")]
    [DataRow("3.round(2)", "3")]
    [DataRow("1.1.round(-1)", "error")]
    [DataRow("1.1.ceiling()", "2")]
    [DataRow("(-1.1).ceiling()", "-1")]
    [DataRow("1.9.floor()", "1")]
    [DataRow("(-1.1).floor()", "-2")]
    [DataRow("1.9.truncate()", "1")]
    [DataRow("(-1.9).truncate()", "-1")]
    [DataRow("(-5).abs()", "5")]
    [DataRow("(-5.5).abs()", "5.5")]
    [DataRow("{}.abs()", "")]
    [DataRow("'a'.abs()", "error")]
    [DataRow("(1|2).floor()", "error")]
    public void Numbers_are_rounded(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("0.exp()", "1")]
    [DataRow("1.ln()", "0")]
    [DataRow("16.log(2)", "4")]
    [DataRow("100.log(10)", "2")]
    [DataRow("81.sqrt()", "9")]
    [DataRow("(-1).sqrt()", "")]
    [DataRow("0.ln()", "")]
    [DataRow("2.power(3)", "8")]
    [DataRow("2.5.power(2)", "6.25")]
    [DataRow("2.power(-1)", "0.5")]
    [DataRow("(-1).power(0.5)", "")]
    [DataRow("2.power('a')", "error")]
    [DataRow("{}.sqrt()", "")]
    [DataRow("2.log({})", "")]
    public void Real_functions_give_decimals(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("1.587.lowBoundary()", "1.58650000")]
    [DataRow("1.587.highBoundary()", "1.58750000")]
    [DataRow("1.587.lowBoundary(2)", "1.58")]
    [DataRow("1.587.highBoundary(2)", "1.59")]
    [DataRow("(-1.587).lowBoundary(2)", "-1.59")]
    [DataRow("(-1.587).highBoundary(2)", "-1.58")]
    [DataRow("1.lowBoundary(0)", "0")]
    [DataRow("1.highBoundary(0)", "2")]
    [DataRow("1.lowBoundary(-1)", "")]
    [DataRow("1.lowBoundary(29)", "")]
    [DataRow("0.lowBoundary(1)", "-0.5")]
    [DataRow("1.587 'cm'.lowBoundary(8)", "1.58650000 'cm'")]
    [DataRow("{}.lowBoundary()", "")]
    [DataRow("'a'.lowBoundary()", "error")]
    [DataRow("1.58700.precision()", "5")]
    [DataRow("7.precision()", "0")]
    public void Boundaries_enclose_what_a_number_may_be(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));
}
