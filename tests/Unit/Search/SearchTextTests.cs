using System.Text;
using FhirHub.Core.Search;

namespace FhirHub.Unit.Search;

// https://hl7.org/fhir/R4/search.html#string
[TestClass]
public sealed class SearchTextTests
{
    [TestMethod]
    [DataRow("", "")]
    [DataRow("Wang Li", "wang li")]
    [DataRow("Ångström", "angstrom")]
    [DataRow("Lǚ Xiǎodān", "lu xiaodan")]
    [DataRow("Nguyễn Thị Ánh", "nguyen thi anh")]
    [DataRow("e\u0301", "e")] // decomposed already
    [DataRow("ΆΛΦΑ", "αλφα")]
    [DataRow("Ёлка", "елка")]
    [DataRow("张伟", "张伟")]
    [DataRow("ＡＢＣ　１２３", "abc 123")]
    [DataRow("𠮷野", "𠮷野")]
    public void Case_accents_and_width_are_folded_away(string text, string expected)
    {
        Assert.AreEqual(expected, SearchText.Fold(text));
        Assert.AreEqual(expected, Encoding.UTF8.GetString(SearchText.Fold(Encoding.UTF8.GetBytes(text))));
    }

    [TestMethod]
    public void Folding_what_is_folded_changes_nothing()
    {
        for (var c = 1; c < 0x2000; c++)
        {
            var once = SearchText.Fold(((char)c).ToString());
            Assert.AreEqual(once, SearchText.Fold(once), $"U+{c:X4}");
        }
    }
}
