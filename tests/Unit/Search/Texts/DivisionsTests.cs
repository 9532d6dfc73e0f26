using FhirHub.Core.Search;

namespace FhirHub.Unit.Search;

[TestClass]
public sealed class DivisionsTests
{
    // The county codes are those given for these places by other sources than the table's.
    [TestMethod]
    [DataRow("150000", "内蒙古自治区", null)]
    [DataRow("150400", "赤峰市", "150000")]
    [DataRow("150402", "红山区", "150400")]
    [DataRow("150721", "阿荣旗", "150700")]
    [DataRow("152923", "额济纳旗", "152900")]
    [DataRow("220623", "长白朝鲜族自治县", "220600")]
    [DataRow("510185", "简阳市", "510100")]
    [DataRow("110105", "朝阳区", "110000")]
    [DataRow("429004", "仙桃市", "420000")]
    [DataRow("441900", "东莞市", "440000")]
    [DataRow("810000", "香港特别行政区", null)]
    public void A_code_names_a_division_and_the_one_above(string code, string name, string? parent)
    {
        var division = Divisions.Shared.Find(code);
        Assert.AreEqual(name, division?.Name);
        Assert.AreEqual(parent, division?.Parent?.Code);
    }

    [TestMethod]
    [DataRow("152971")] // a zone of the statistical bureau
    [DataRow("110100")] // 市辖区 is no division
    [DataRow("999999")]
    public void What_GB_T_2260_does_not_list_is_not_there(string code) =>
        Assert.IsNull(Divisions.Shared.Find(code));

    [TestMethod]
    public void There_are_as_many_divisions_as_China_has()
    {
        var levels = Divisions.Shared.All.CountBy(division => division.Level).ToDictionary();
        Assert.AreEqual(34, levels[DivisionLevel.Province]);
        Assert.AreEqual(333, levels[DivisionLevel.Prefecture]);
        Assert.IsInRange(2840, 2850, levels[DivisionLevel.County]);
    }

    [TestMethod]
    public void No_short_name_has_the_word_for_autonomy_or_for_a_people()
    {
        foreach (var division in Divisions.Shared.All.Where(division => division.Name.Contains("自治")))
        {
            Assert.DoesNotContain("自治", division.ShortName);
            Assert.DoesNotEndWith("族", division.ShortName);
        }
    }

    [TestMethod]
    [DataRow("150000", "内蒙古")]
    [DataRow("650000", "新疆")]
    [DataRow("450000", "广西")]
    [DataRow("640000", "宁夏")]
    [DataRow("540000", "西藏")]
    [DataRow("810000", "香港")]
    [DataRow("222400", "延边")]
    [DataRow("422800", "恩施")]
    [DataRow("533100", "德宏")]
    [DataRow("632800", "海西")]
    [DataRow("150722", "莫力达瓦")]
    [DataRow("150723", "鄂伦春")]
    [DataRow("150724", "鄂温克")]
    [DataRow("220623", "长白")]
    [DataRow("650400", "吐鲁番")]
    [DataRow("152200", "兴安")]
    [DataRow("610424", "干县")] // 乾 folds to 干, and one character is too little
    public void A_division_has_a_short_name(string code, string name) =>
        Assert.AreEqual(name, Divisions.Shared.Find(code)?.ShortName);
}
