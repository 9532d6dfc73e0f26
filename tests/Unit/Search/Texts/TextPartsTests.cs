using System.Text;
using FhirHub.Core.Search;

namespace FhirHub.Unit.Search;

[TestClass]
public sealed class TextPartsTests
{
    [TestMethod]
    [DataRow("", "")]
    [DataRow("ab", "")]
    [DataRow("张", "张")]
    [DataRow("abcd", "abc bcd")]
    [DataRow("张丽华", "丽 丽华 华 张 张丽")]
    [DataRow("b超检查", "b超 查 检 检查 超 超检")]
    [DataRow("查abc", "abc 查 查a")]
    [DataRow("ababab", "aba bab")]
    [DataRow("𪚥田", "𪚥 𪚥田 田")]
    [DataRow("a b", "a\uE020b")]
    public void A_text_is_Chinese_characters_and_pairs_of_them_and_threes_of_others(string folded, string parts)
    {
        var made = new TextParts();
        made.Add(Encoding.UTF8.GetBytes(folded));
        Assert.AreEqual(
            string.Join(' ', parts.Split(' ').Order(StringComparer.Ordinal)),
            string.Join(' ', Encoding.UTF8.GetString(made.Take()).Split(' ').Order(StringComparer.Ordinal)));
    }

    [TestMethod]
    [DataRow("ab", null)]
    [DataRow("丽", "\"丽\"")]
    [DataRow("", null)]
    [DataRow("丽华", "\"丽华\"")]
    [DataRow("abcd", "\"abc\" AND \"bcd\"")]
    public void A_query_asks_for_all_parts(string folded, string? match) =>
        Assert.AreEqual(match, TextParts.Query(folded));

    [TestMethod]
    public void Texts_are_not_read_on_into_each_other()
    {
        var made = new TextParts();
        made.Add("张丽"u8);
        made.Add("华北"u8);
        Assert.DoesNotContain("丽华", Encoding.UTF8.GetString(made.Take()));
        Assert.IsTrue(made.IsEmpty);
    }
}
