using FhirHub.Core.Search;

namespace FhirHub.Unit.Search;

[TestClass]
public sealed class WordsTests
{
    [TestMethod]
    [DataRow("", "")]
    [DataRow("Liver metastases.", "liver metastases")]
    [DataRow("糖尿病", "糖尿 尿病 病")]
    [DataRow("病", "病")]
    [DataRow("Ⅱ型糖尿病，用药50mg。", "ii 型糖 糖尿 尿病 病 用药 药 50mg")]
    [DataRow("做B超检查", "做 b 超检 检查 查")]
    [DataRow("𪚥野", "𪚥野 野")]
    [DataRow("<b>a</b>", "b a b")]
    public void A_text_becomes_words_and_pairs_of_Chinese(string text, string tokens) =>
        Assert.AreEqual(tokens, Words.Of(text));
}
