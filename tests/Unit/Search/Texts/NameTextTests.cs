using FhirHub.Core.Search;

namespace FhirHub.Unit.Search;

[TestClass]
public sealed class NameTextTests
{
    [TestMethod]
    [DataRow("张", "丽", null, "张丽")]
    [DataRow("張", "麗", null, "张丽")]
    [DataRow("张", "小 丽", null, "张小丽|小丽")]
    [DataRow("张", "丽", "张丽", "")]
    [DataRow("买买提", "艾力", null, "买买提艾力")]
    [DataRow("Wang", "Li", null, "wang li|li wang")]
    [DataRow("Wang", "Li", "Li Wang", "wang li")]
    [DataRow("Smith", "John Jacob", null, "smith john jacob|john jacob smith|john smith")]
    [DataRow("张", "Mary", null, "张 mary|mary 张")]
    [DataRow(null, "丽", null, "")]
    [DataRow("张", "", null, "")]
    public void A_name_is_found_by_its_parts_together(string? family, string givens, string? text, string expected)
    {
        var found = NameText.Of(family, givens.Split(' ', StringSplitOptions.RemoveEmptyEntries), text);
        Assert.AreEqual(expected, string.Join('|', found));
    }

    [TestMethod]
    [DataRow("张", "丽", null, "zhangli zl")]
    [DataRow("张", "丽", "张丽", "zhangli zl")]
    [DataRow(null, "", "张丽", "zhangli zl")]
    [DataRow("Zhang", "Li", "张丽", "zhangli zl")]
    [DataRow("Zhang", "Li", null, "zhangli zl")]
    [DataRow("ZHANG", "XIAO LI", "张小", "zhangxiao zx")]
    [DataRow("Zhāng", "Xiǎolì", null, "zhangxiaoli zxl")]
    [DataRow("Lü", "Wei", null, "lvwei luwei lw")]
    [DataRow("LYU", "WEI", null, "lvwei luwei lw")]
    [DataRow("Ouyang", "Nana", null, "ouyangnana oynn")]
    [DataRow(null, "", "Zhang Li", "zhangli zl")]
    [DataRow(null, "", "Xi Xi'an", "xixian xxa")]
    [DataRow(null, "", "Zhang", "")]
    [DataRow("Smith", "Dan", null, "")]
    [DataRow("Li", "Mary", null, "")]
    [DataRow("Wang", "Ng", null, "")]
    [DataRow("O'Brien", "Li", null, "")]
    [DataRow("Зhang", "Li", null, "")]
    [DataRow(null, "单", null, "dan chan shan d c s")]
    public void A_Chinese_name_is_found_by_pinyin_however_it_is_stored(
        string? family, string givens, string? text, string expected)
    {
        var keys = NameText.PinyinOf(family, givens.Split(' ', StringSplitOptions.RemoveEmptyEntries), text);
        Assert.AreEqual(expected, string.Join(' ', keys));
    }
}
