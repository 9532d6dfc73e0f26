using FhirHub.Fhir.Ucum;

namespace FhirHub.Unit.Ucum;

/// <summary>Which codes are units, what they canonicalise to, and where the others go wrong.</summary>
[TestClass]
public sealed class UcumGrammar
{
    [TestMethod]
    [DataRow("m", "m")]
    [DataRow("1", "1")]
    [DataRow("kg", "g")]
    [DataRow("m2", "m2")]
    [DataRow("m+2", "m2")]
    [DataRow("s-2", "s-2")]
    [DataRow("m0", "1")]
    [DataRow("/m", "m-1")]
    [DataRow("/m.s", "m-1.s")]
    [DataRow("/m/s", "m-1.s-1")]
    [DataRow("m/s.kg", "g.m.s-1")]
    [DataRow("m/(s.kg)", "g-1.m.s-1")]
    [DataRow("m/(s/kg)", "g.m.s-1")]
    [DataRow("((m))", "m")]
    [DataRow("/(12.h)", "s-1")]
    [DataRow("2.5", "1")]
    [DataRow("5.K/9", "K")]
    [DataRow("10*", "1")]
    [DataRow("10*3/uL", "m-3")]
    [DataRow("10^3/uL", "m-3")]
    [DataRow("10*-6", "1")]
    [DataRow("100.10*2", "1")]
    [DataRow("{cells}", "1")]
    [DataRow("{cells}/uL", "m-3")]
    [DataRow("10*6{cells}/uL", "m-3")]
    [DataRow("m{length}", "m")]
    [DataRow("m2{area}", "m2")]
    [DataRow("m{}", "m")]
    [DataRow("{a[b]/(c.d)*1}", "1")]
    [DataRow("mL/min/{1.73_m2}", "m3.s-1")]
    [DataRow("/100{WBCs}", "1")]
    [DataRow("[lb_av]", "g")]
    [DataRow("mm[Hg]", "g.m-1.s-2")]
    [DataRow("cm[H2O].s/mL", "g.m-4.s-1")]
    [DataRow("kcal_[15]", "g.m2.s-2")]
    [DataRow("[iU]/mL", "[iU].m-3")]
    [DataRow("k[IU]/L", "[iU].m-3")]
    [DataRow("[arb'U]/mL", "[arb'U].m-3")]
    [DataRow("m[iU]/g", "[iU].g-1")]
    [DataRow("Cel", "K")]
    [DataRow("mCel", "K")]
    [DataRow("10.Cel", "K")]
    [DataRow("Cel{body}", "K")]
    [DataRow("(Cel)", "K")]
    [DataRow("dB[SPL]", "g.m-1.s-2")]
    [DataRow("dB[10.nV]", "C-1.g.m2.s-2")]
    [DataRow("[m/s2/Hz^(1/2)]", "m2.s-3")]
    [DataRow("KiBy", "1")]
    [DataRow("V", "C-1.g.m2.s-2")]
    [DataRow("lm", "cd.rad2")]
    [DataRow("dar", "m2")]
    [DataRow("cd", "cd")]
    [DataRow("Pa", "g.m-1.s-2")]
    [DataRow("min", "s")]
    [DataRow("'", "rad")]
    [DataRow("''", "rad")]
    [DataRow("g%", "g.m-3")]
    [DataRow("%", "1")]
    public void A_well_formed_code_has_a_canonical_code(string code, string canonical)
    {
        Assert.IsTrue(UcumUnit.TryParse(code, out var unit, out var error), error);
        Assert.AreEqual(canonical, unit.CanonicalCode);
        Assert.AreEqual(code, unit.Code);
    }

    [TestMethod]
    [DataRow("", 1, "a unit was expected, but the code ends")]
    [DataRow(" ", 1, "the character U+0020 is not allowed in a unit")]
    [DataRow("m ", 2, "the character U+0020 was not expected; '.', '/' or the end was")]
    [DataRow("foo", 1, "'foo' is not a unit of UCUM")]
    [DataRow("mg/foo", 4, "'foo' is not a unit of UCUM")]
    [DataRow("M", 1, "'M' is not a unit of UCUM")]
    [DataRow("da", 1, "the unit 'a' is not metric and cannot take the prefix 'd'")]
    [DataRow("ft_i", 1, "'ft_i' is not a unit of UCUM")]
    [DataRow("kmin", 1, "the unit 'min' is not metric and cannot take the prefix 'k'")]
    [DataRow("k[lb_av]", 1, "the unit '[lb_av]' is not metric and cannot take the prefix 'k'")]
    [DataRow("k10*", 1, "'k' is not a unit of UCUM")]
    [DataRow("mmmm", 1, "'mmmm' is not a unit of UCUM")]
    [DataRow("m.", 3, "a unit was expected, but the code ends")]
    [DataRow("m/", 3, "a unit was expected, but the code ends")]
    [DataRow("/", 2, "a unit was expected, but the code ends")]
    [DataRow(".m", 1, "a unit was expected instead of '.'")]
    [DataRow("m//s", 3, "a unit was expected instead of '/'")]
    [DataRow("(/m)", 2, "a unit was expected instead of '/'")]
    [DataRow("()", 2, "a unit was expected instead of ')'")]
    [DataRow("(m", 1, "this '(' is not closed")]
    [DataRow("m)", 2, "')' was not expected; '.', '/' or the end was")]
    [DataRow("(m)2", 4, "'2' was not expected; '.', '/' or the end was")]
    [DataRow("(m s)", 3, "the character U+0020 was not expected; '.', '/' or ')' was")]
    [DataRow("m-", 3, "the digits of an exponent were expected")]
    [DataRow("m^2", 1, "'m^' is not a unit of UCUM")]
    [DataRow("m*2", 1, "'m*' is not a unit of UCUM")]
    [DataRow("m2s", 3, "'s' was not expected; '.', '/' or the end was")]
    [DataRow("2m", 2, "'m' was not expected; '.', '/' or the end was")]
    [DataRow("10-3", 3, "'-' was not expected; '.', '/' or the end was")]
    [DataRow("100*3", 4, "'*' was not expected; '.', '/' or the end was")]
    [DataRow("-1", 1, "a unit was expected instead of '-'")]
    [DataRow("1,3", 2, "',' was not expected; '.', '/' or the end was")]
    [DataRow("0", 1, "a number in a unit cannot be zero")]
    [DataRow("m/0", 3, "a number in a unit cannot be zero")]
    [DataRow("m100", 2, "an exponent is at most 99")]
    [DataRow("m-99999999999999999999", 2, "an exponent is at most 99")]
    [DataRow("{x}m", 4, "'m' was not expected; '.', '/' or the end was")]
    [DataRow("m{x}2", 5, "'2' was not expected; '.', '/' or the end was")]
    [DataRow("{a b}", 3, "the character U+0020 cannot be part of an annotation")]
    [DataRow("{a{b}}", 3, "'{' cannot be part of an annotation")]
    [DataRow("{ä}", 2, "the character U+00E4 cannot be part of an annotation")]
    [DataRow("m{", 2, "this '{' is not closed")]
    [DataRow("m}", 2, "'}' was not expected; '.', '/' or the end was")]
    [DataRow("m[H2O", 2, "this '[' is not closed")]
    [DataRow("µg", 1, "the character U+00B5 is not allowed in a unit")]
    [DataRow("mmol/kg[H20]", 6, "'kg[H20]' is not a unit of UCUM")]
    [DataRow("Torr", 1, "'Torr' is not a unit of UCUM")]
    [DataRow("Cel2", 1, "the special unit 'Cel' takes no power and no second one")]
    [DataRow("/Cel", 2, "the special unit 'Cel' takes no power and no second one")]
    [DataRow("Cel/min", 1, "the special unit 'Cel' combines with numbers only")]
    [DataRow("m.Cel", 3, "the special unit 'Cel' combines with numbers only")]
    [DataRow("Cel.[pH]", 5, "the special unit '[pH]' takes no power and no second one")]
    [DataRow("Ym99.Ym99", 1, "'Ym' takes the magnitude of the unit out of range")]
    public void A_malformed_code_is_refused_at_its_position(string code, int position, string reason)
    {
        Assert.IsFalse(UcumUnit.TryParse(code, out var unit, out var error));
        Assert.IsNull(unit);
        Assert.AreEqual($"position {position}: {reason}", error);
    }

    [TestMethod]
    public void Brackets_nest_32_deep_and_no_deeper()
    {
        static string Nested(int depth) => new string('(', depth) + "m" + new string(')', depth);

        Assert.IsTrue(UcumUnit.TryParse(Nested(32), out _, out _));
        Assert.IsFalse(UcumUnit.TryParse(Nested(33), out _, out var error));
        Assert.AreEqual("position 33: brackets nest at most 32 deep", error);
    }

    [TestMethod]
    public void A_code_has_at_most_255_characters()
    {
        Assert.IsTrue(UcumUnit.TryParse("{" + new string('x', 253) + "}", out _, out _));
        Assert.IsFalse(UcumUnit.TryParse("{" + new string('x', 254) + "}", out _, out var error));
        StringAssert.Contains(error, "at most 255 characters", StringComparison.Ordinal);
    }
}
