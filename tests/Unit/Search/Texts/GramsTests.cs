using FhirHub.Core.Search;

namespace FhirHub.Unit.Search;

[TestClass]
public sealed class GramsTests
{
    [TestMethod]
    [DataRow("", "")]
    [DataRow("张", "张")]
    [DataRow("张小丽", "张小 小丽 丽")]
    [DataRow("𠮷野", "𠮷野 野")]
    [DataRow("a b", "a\uE020 \uE020b b")]
    public void A_text_becomes_pairs_and_its_last_character(string folded, string tokens) =>
        Assert.AreEqual(tokens, Grams.Of(folded));

    [TestMethod]
    [DataRow("", null)]
    [DataRow("张", "\"张\"*")]
    [DataRow("𠮷", "\"𠮷\"*")]
    [DataRow("张丽", "\"张丽\"")]
    [DataRow("张小丽", "\"张小 小丽\"")]
    [DataRow("\"*", "\"\uE022\uE02A\"")]
    public void A_query_becomes_a_phrase(string folded, string? match) => Assert.AreEqual(match, Grams.Query(folded));
}
