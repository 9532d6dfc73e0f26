namespace FhirHub.Unit.Ucum;

/// <summary>Units of products and quotients, as FHIRPath needs them.</summary>
[TestClass]
public sealed class UcumArithmetic
{
    [TestMethod]
    [DataRow("cm", "m", "cm.m")]
    [DataRow("m", "m", "m2")]
    [DataRow("m", "1", "m")]
    [DataRow("1", "1", "1")]
    [DataRow("g/m", "m", "g")]
    [DataRow("m/s", "s/m", "1")]
    [DataRow("10*3/uL", "10^6", "10*9/uL")]
    [DataRow("5.K/9", "9", "5.K")]
    [DataRow("{beats}/min", "min", "1")]
    [DataRow("Cel", "1", "Cel")]
    public void Units_multiply(string left, string right, string product)
    {
        Assert.IsTrue(Units.Parse(left).TryMultiply(Units.Parse(right), out var result));
        Assert.AreEqual(product, result.Code);
    }

    [TestMethod]
    [DataRow("g", "m", "g/m")]
    [DataRow("m", "m", "1")]
    [DataRow("1", "m", "/m")]
    [DataRow("/m", "s", "/m/s")]
    [DataRow("mg/dL", "mg/dL", "1")]
    [DataRow("m3", "m", "m2")]
    [DataRow("m", "(s.kg)", "m/s/kg")]
    [DataRow("10*9/L", "10*3/L", "10*6")]
    [DataRow("m", "60", "m/60")]
    [DataRow("/m", "/m", "1")]
    public void Units_divide(string left, string right, string quotient)
    {
        Assert.IsTrue(Units.Parse(left).TryDivide(Units.Parse(right), out var result));
        Assert.AreEqual(quotient, result.Code);
    }

    [TestMethod]
    public void Two_centimetres_by_two_metres_are_0_040_square_metres()
    {
        Assert.IsTrue(Units.Parse("cm").TryMultiply(Units.Parse("m"), out var product));
        Assert.IsTrue(product.TryCompare(2m * 2m, Units.Parse("m2"), 0.040m, out var order));
        Assert.AreEqual(0, order);
        Assert.IsTrue(product.TryConvert(4m, Units.Parse("m2"), out var area));
        Assert.AreEqual(0.04m, area);
    }

    [TestMethod]
    [DataRow("Cel", "m")]
    [DataRow("m", "Cel")]
    [DataRow("Cel", "Cel")]
    [DataRow("m99", "m")]
    public void Products_without_meaning_are_refused(string left, string right) =>
        Assert.IsFalse(Units.Parse(left).TryMultiply(Units.Parse(right), out _));

    [TestMethod]
    [DataRow("Cel", "Cel")]
    [DataRow("1", "Cel")]
    [DataRow("Cel", "min")]
    public void Quotients_without_meaning_are_refused(string left, string right) =>
        Assert.IsFalse(Units.Parse(left).TryDivide(Units.Parse(right), out _));
}
