using System.Globalization;

namespace FhirHub.Unit.Ucum;

/// <summary>Values between comparable units, to the last digit.</summary>
[TestClass]
public sealed class UcumConversion
{
    [TestMethod]
    // Lengths, areas, volumes.
    [DataRow("1", "[in_i]", "cm", "2.54")]
    [DataRow("1", "[ft_i]", "m", "0.3048")]
    [DataRow("1", "[yd_i]", "m", "0.9144")]
    [DataRow("1", "[mi_i]", "km", "1.609344")]
    [DataRow("1", "[nmi_i]", "m", "1852")]
    [DataRow("6", "[ft_i]", "[in_i]", "72")]
    [DataRow("1", "[mi_us]", "[mi_i]", "1.00000200000400000800001600003")]
    [DataRow("1", "Ao", "nm", "0.1")]
    [DataRow("1", "AU", "m", "149597870691")]
    [DataRow("1", "[ly]", "m", "9460730472580800")]
    [DataRow("1", "[sin_i]", "cm2", "6.4516")]
    [DataRow("1", "ar", "m2", "100")]
    [DataRow("1", "b", "fm2", "100")]
    [DataRow("1", "L", "cm3", "1000")]
    [DataRow("1", "l", "L", "1")]
    [DataRow("1", "[gal_us]", "L", "3.785411784")]
    [DataRow("1", "[foz_us]", "mL", "29.5735295625")]
    [DataRow("1", "[tsp_us]", "mL", "4.92892159375")]
    [DataRow("1", "[cup_m]", "mL", "240")]
    [DataRow("20", "[drp]", "mL", "1")]
    [DataRow("1", "[pt_br]", "mL", "568.26125")]
    [DataRow("1", "[Ch]", "mm", "0.3333333333333333333333333333")]
    // Masses.
    [DataRow("1", "[lb_av]", "g", "453.59237")]
    [DataRow("1", "[oz_av]", "g", "28.349523125")]
    [DataRow("1", "[stone_av]", "kg", "6.35029318")]
    [DataRow("1", "[gr]", "mg", "64.79891")]
    [DataRow("1", "[oz_tr]", "g", "31.1034768")]
    [DataRow("1", "t", "kg", "1000")]
    [DataRow("185", "[lb_av]", "kg", "83.91458845")]
    [DataRow("1", "ug", "mg", "0.001")]
    // Times.
    [DataRow("1", "a", "d", "365.25")]
    [DataRow("1", "a_g", "d", "365.2425")]
    [DataRow("1", "mo", "d", "30.4375")]
    [DataRow("12", "mo", "a", "1")]
    [DataRow("1", "wk", "d", "7")]
    [DataRow("1", "d", "h", "24")]
    [DataRow("1", "h", "min", "60")]
    [DataRow("1", "min", "s", "60")]
    [DataRow("1", "s", "ms", "1000")]
    [DataRow("72", "/min", "Hz", "1.2")]
    [DataRow("1", "[S]", "s", "0.0000000000001")]
    // Concentrations, counts, activities.
    [DataRow("5.5", "mmol/L", "mol/m3", "5.5")]
    [DataRow("90", "mg/dL", "g/L", "0.9")]
    [DataRow("1", "g%", "g/dL", "1")]
    [DataRow("1", "mg/L", "ug/mL", "1")]
    [DataRow("7", "10*9/L", "10*3/uL", "7")]
    [DataRow("7", "10*9/L", "10^3/uL", "7")]
    [DataRow("250", "/mm3", "/uL", "250")]
    [DataRow("1", "mol", "1", "602214076000000000000000")]
    [DataRow("1", "U", "nkat", "16.666666666666666666666666667")]
    [DataRow("1", "kat", "U", "60000000")]
    [DataRow("1", "meq/L", "mmol/L", "1")]
    [DataRow("290", "mosm/kg", "osm/kg", "0.29")]
    [DataRow("5", "[iU]/mL", "[iU]/L", "5000")]
    [DataRow("5", "[IU]/mL", "k[iU]/L", "5")]
    [DataRow("42", "%", "1", "0.42")]
    [DataRow("1", "[ppm]", "%", "0.0001")]
    [DataRow("18", "[car_Au]", "1", "0.75")]
    [DataRow("1", "KiBy", "bit", "8192")]
    [DataRow("60", "mL/min/{1.73_m2}", "L/h", "3.6")]
    // Pressures, forces, energies.
    [DataRow("1", "mm[Hg]", "Pa", "133.322")]
    [DataRow("120", "mm[Hg]", "kPa", "15.99864")]
    [DataRow("1", "cm[H2O]", "Pa", "98.0665")]
    [DataRow("1", "atm", "Pa", "101325")]
    [DataRow("1", "bar", "kPa", "100")]
    [DataRow("1", "att", "Pa", "98066.5")]
    [DataRow("1", "[psi]", "Pa", "6894.7572931683613367226734453")]
    [DataRow("1", "[lbf_av]", "N", "4.4482216152605")]
    [DataRow("1", "kcal", "kJ", "4.184")]
    [DataRow("1", "[Cal]", "kcal", "1")]
    [DataRow("1", "cal_IT", "J", "4.1868")]
    [DataRow("1", "[Btu_IT]", "J", "1055.05585262")]
    [DataRow("1", "[HP]", "W", "745.69987158227022")]
    [DataRow("1", "erg", "uJ", "0.1")]
    [DataRow("1", "dyn", "uN", "10")]
    [DataRow("1", "eV", "J", "0.0000000000000000001602176634")]
    [DataRow("1", "[wood'U]", "[PRU]", "0.06")]
    // Radiation, light, magnetism.
    [DataRow("1", "Ci", "Bq", "37000000000")]
    [DataRow("1", "RAD", "Gy", "0.01")]
    [DataRow("1", "REM", "mSv", "10")]
    [DataRow("1", "G", "uT", "100")]
    [DataRow("1", "Oe", "A/m", "79.57747154594766788444188169")]
    [DataRow("1", "sb", "cd/m2", "10000")]
    // Angles.
    [DataRow("180", "deg", "[pi].rad", "1")]
    [DataRow("1", "deg", "rad", "0.0174532925199432957692369077")]
    [DataRow("1", "circ", "deg", "360")]
    [DataRow("1", "deg", "''", "3600")]
    [DataRow("100", "gon", "deg", "90")]
    // Temperatures.
    [DataRow("37", "Cel", "K", "310.15")]
    [DataRow("37", "Cel", "[degF]", "98.6")]
    [DataRow("98.6", "[degF]", "Cel", "37")]
    [DataRow("-40", "[degF]", "Cel", "-40")]
    [DataRow("0", "K", "[degF]", "-459.67")]
    [DataRow("310.15", "K", "Cel", "37")]
    [DataRow("80", "[degRe]", "Cel", "100")]
    [DataRow("491.67", "[degR]", "Cel", "0")]
    [DataRow("37000", "mCel", "Cel", "37")]
    [DataRow("3.7", "10.Cel", "Cel", "37")]
    [DataRow("2", "Cel/10", "Cel", "0.2")]
    // Other scales.
    [DataRow("7", "[pH]", "nmol/L", "100")]
    [DataRow("100", "nmol/L", "[pH]", "7")]
    [DataRow("30", "dB", "1", "1000")]
    [DataRow("1000", "1", "dB", "30")]
    [DataRow("2", "B[SPL]", "Pa", "0.0002")]
    [DataRow("60", "dB[mV]", "V", "1")]
    [DataRow("20", "dB[10.nV]", "nV", "100")]
    [DataRow("3", "B[W]", "kW", "1")]
    [DataRow("0", "Np", "1", "1")]
    [DataRow("10", "bit_s", "1", "1024")]
    [DataRow("1024", "1", "bit_s", "10")]
    [DataRow("3", "[hp'_C]", "1", "0.000001")]
    [DataRow("100", "%[slope]", "deg", "45")]
    [DataRow("45", "deg", "%[slope]", "100")]
    [DataRow("3", "[m/s2/Hz^(1/2)]", "m2/s4/Hz", "9")]
    [DataRow("9", "m2/s4/Hz", "[m/s2/Hz^(1/2)]", "3")]
    [DataRow("4", "[diop]", "/m", "4")]
    public void A_value_converts_to_the_last_digit(string value, string from, string to, string expected)
    {
        Assert.IsTrue(Units.Parse(from).TryConvert(Number(value), Units.Parse(to), out var result));
        Assert.AreEqual(Number(expected), result);
    }

    [TestMethod]
    [DataRow("m", "g")]
    [DataRow("m", "m2")]
    [DataRow("mol/L", "g/L")]
    [DataRow("[iU]", "1")]
    [DataRow("[iU]", "U")]
    [DataRow("[iU]/mL", "[arb'U]/mL")]
    [DataRow("[hp_X]", "[hp_C]")]
    [DataRow("Cel", "m")]
    [DataRow("rad", "1")]
    public void Units_of_different_dimensions_do_not_convert(string from, string to)
    {
        Assert.IsFalse(Units.Parse(from).IsComparableTo(Units.Parse(to)));
        Assert.IsFalse(Units.Parse(from).TryConvert(1, Units.Parse(to), out _));
        Assert.IsFalse(Units.Parse(from).TryCompare(1, Units.Parse(to), 1, out _));
    }

    [TestMethod]
    [DataRow("1000", "Ym", "ym")]
    [DataRow("1", "g", "10*60.g")]
    [DataRow("1", "u", "g")]
    [DataRow("5000", "[pH]", "mol/L")]
    [DataRow("-1", "mol/L", "[pH]")]
    [DataRow("0", "1", "dB")]
    [DataRow("-1", "m2/s4/Hz", "[m/s2/Hz^(1/2)]")]
    [DataRow("79228162514264337593543950335", "km", "m")]
    [DataRow("90", "deg", "%[slope]")]
    public void A_result_no_decimal_can_hold_is_refused(string value, string from, string to) =>
        Assert.IsFalse(Units.Parse(from).TryConvert(Number(value), Units.Parse(to), out _));

    [TestMethod]
    [DataRow("5.4", "mm[Hg]", "719938.8", "g.m-1.s-2")]
    [DataRow("140", "mmol/L", "84309970640000000000000000", "m-3")]
    [DataRow("37.0", "Cel", "310.15", "K")]
    [DataRow("3", "[iU]/mL", "3000000", "[iU].m-3")]
    [DataRow("0", "u", "0", "g")]
    [DataRow("-3.50", "km", "-3500", "m")]
    public void A_value_has_a_canonical_value(string value, string code, string expected, string canonical)
    {
        Assert.AreEqual(canonical, Units.Parse(code).CanonicalCode);
        Assert.IsTrue(Units.Parse(code).TryCanonicalize(Number(value), out var result));
        Assert.AreEqual(Number(expected), result);
    }

    [TestMethod]
    [DataRow("3", "mg/mmol", 4.98161720152154e-24)]
    [DataRow("2", "mol/mL", 1.204428152e30)]
    [DataRow("5.4", "mm[Hg]", 719938.8)]
    [DataRow("0", "g/mol", 0)]
    public void A_canonical_value_beyond_decimals_is_still_a_double(string value, string code, double expected)
    {
        Assert.IsTrue(Units.Parse(code).TryCanonicalizeToDouble(Number(value), out var result));
        Assert.AreEqual(expected, result, Math.Abs(expected) * 1e-14);
    }

    [TestMethod]
    [DataRow("1", "[in_i]", "2.54", "cm", 0)]
    [DataRow("1", "g/mol", "1.0000000000000000000000000001", "mg/mmol", -1)]
    [DataRow("38", "Cel", "100", "[degF]", 1)]
    [DataRow("1", "[ft_us]", "0.3048", "m", 1)]
    [DataRow("3", "mol/mL", "3000", "mol/L", 0)]
    [DataRow("-1", "km", "1", "m", -1)]
    public void Values_are_ordered_without_rounding(string left, string unit, string right, string other, int order)
    {
        Assert.IsTrue(Units.Parse(unit).TryCompare(Number(left), Units.Parse(other), Number(right), out var result));
        Assert.AreEqual(order, result);
    }

    [TestMethod]
    public void A_conversion_to_the_same_code_keeps_the_value_as_written()
    {
        Assert.IsTrue(Units.Parse("mg").TryConvert(1.500m, Units.Parse("mg"), out var result));
        Assert.AreEqual("1.500", result.ToString(CultureInfo.InvariantCulture));
    }

    static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
