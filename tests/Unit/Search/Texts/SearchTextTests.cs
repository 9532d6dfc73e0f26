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
    [DataRow("𪚥野", "𪚥野")]
    [DataRow("ﾃｽﾄ", "テスト")]
    [DataRow("Ⅱ型糖尿病 ５０㎎", "ii型糖尿病 50mg")]
    public void Case_accents_and_width_are_folded_away(string text, string expected)
    {
        Assert.AreEqual(expected, SearchText.Fold(text));
        Assert.AreEqual(SearchText.Bare(expected), BareOf(text));
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

    [TestMethod]
    [DataRow("張麗", "张丽")]
    [DataRow("劉備與諸葛亮", "刘备与诸葛亮")]
    [DataRow("臺灣", "台湾")]
    [DataRow("裡", "里")]
    [DataRow("衞", "卫")]
    [DataRow("\uF9E1", "李")] // a compatibility ideograph
    [DataRow("\u2F08", "人")] // a radical
    [DataRow("\U0002F800", "丽")] // one beyond the sixteen bits
    [DataRow("葛\U000E0100", "葛")] // the selector of a glyph
    [DataRow("𠮷囯囶鳯頴鎻", "吉国国凤颖锁")] // variants of names, also of traditional characters
    [DataRow("姪崐彜琹靑皐", "侄昆彝琴青皋")]
    [DataRow("徳恵広竜", "德惠广龙")] // the forms of Japan
    [DataRow("鬥鬬鬭鬪", "斗斗斗斗")]
    [DataRow("○◯", "〇〇")]
    [DataRow("\uE863\uE844", "䶮䜣")] // private characters of GBK
    public void Traditional_and_variant_characters_are_folded_to_simplified_ones(string text, string expected) =>
        AssertFolds(text, expected);

    [TestMethod]
    [DataRow("张 丽", "张丽")]
    [DataRow("张\u3000丽", "张丽")]
    [DataRow("张 \t 丽", "张丽")]
    [DataRow("张\u00A0丽 ", "张丽")]
    [DataRow(" 张丽", "张丽")]
    [DataRow("张 Mary 丽", "张 mary 丽")]
    [DataRow("Mary 张", "mary 张")]
    [DataRow("𪚥 野", "𪚥野")]
    [DataRow("张\u3164丽\uFFA0", "张丽")] // fillers
    [DataRow(" a b ", " a b ")]
    public void Spaces_between_Chinese_characters_are_dropped_and_no_others(string text, string expected) =>
        AssertFolds(text, expected);

    [TestMethod]
    [DataRow("买买提·艾力")]
    [DataRow("买买提•艾力")]
    [DataRow("买买提・艾力")]
    [DataRow("买买提･艾力")]
    [DataRow("买买提‧艾力")]
    [DataRow("买买提⋅艾力")]
    [DataRow("买买提∙艾力")]
    [DataRow("买买提●艾力")]
    [DataRow("买买提˙艾力")]
    [DataRow("买买提◦艾力")]
    [DataRow("买买提▪艾力")]
    [DataRow("买买提\u318D艾力")]
    [DataRow("买买提.艾力")]
    [DataRow("买买提．艾力")]
    [DataRow("买买提 · 艾力")]
    [DataRow("買買提\u0387艾力")]
    [DataRow("买买提艾力")]
    [DataRow("买买提·艾力·")]
    public void Any_dot_in_a_name_of_a_minority_is_as_good_as_none(string text) => AssertFolds(text, "买买提艾力");

    [TestMethod]
    [DataRow("3.5张", "3.5张")]
    [DataRow("a·b•c", "a·b·c")]
    [DataRow("J. Li", "j. li")]
    public void A_dot_beside_anything_else_stays(string text, string expected) => AssertFolds(text, expected);

    [TestMethod]
    [DataRow("O'Brien", "obrien")]
    [DataRow("O’Brien", "obrien")]
    [DataRow("Jean-Luc", "jeanluc")]
    [DataRow("  J.  Li, \t Dr. ", "j li dr")]
    [DataRow(" - a - b - ", "a b")]
    [DataRow("\"¡Hola!\"", "hola")]
    [DataRow("a_b (c) [d] {e} #1 100% @x", "ab c d e 1 100 x")]
    [DataRow("1 + 1 = 2 $ | ` ~ ^ < >", "1 + 1 = 2 $ | ` ~ ^ < >")]
    [DataRow("《张三》，（李四）。、！", "张三李四")]
    [DataRow("张 ， 三", "张三")]
    [DataRow("买买提·艾力", "买买提艾力")]
    [DataRow("a·b•c", "abc")]
    [DataRow("北京路1号，3楼", "北京路1号3楼")]
    [DataRow("\U00010100a\U0001056Fb", "ab")]
    [DataRow("𪚥 . 野", "𪚥野")]
    [DataRow("...", "")]
    [DataRow("。", "")]
    [DataRow("", "")]
    public void A_bare_text_has_no_punctuation_and_no_spaces_that_mean_nothing(string text, string expected) =>
        Assert.AreEqual(expected, BareOf(text));

    [TestMethod]
    public void Folding_any_folded_text_changes_nothing()
    {
        const string Sample = "aZé ·•.\u3000张丽張麗𪚥𪘀Ⅱ㎏ﾃ⒈㌖İ℃\uD840\u0301\uF9E1";
        var random = new Random(20261125);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ =>
                random.Next(3) == 0 ? (char)random.Next(1, 0xFFFE) : Sample[random.Next(Sample.Length)]));
            var once = SearchText.Fold(text);
            Assert.AreEqual(BareOf(text), BareOf(BareOf(text)));
            Assert.AreEqual(once, SearchText.Fold(once), string.Join(' ', text.Select(c => $"{(int)c:X4}")));
        }
    }

    [TestMethod]
    public void Folding_each_source_of_the_table_ends_at_once()
    {
        foreach (var row in TextTable.Rows("text-folds.tsv"))
        {
            Assert.AreEqual(row[0], SearchText.Fold(row[0]), row[0]);
            foreach (var source in row[1].EnumerateRunes())
                Assert.AreEqual(SearchText.Fold($"x{row[0]}x"), SearchText.Fold($"x{source}x"), source.ToString());
        }
    }

    [TestMethod]
    public void A_long_text_folds_like_its_parts()
    {
        var name = string.Concat(Enumerable.Repeat("張A", 500));
        Assert.AreEqual(string.Concat(Enumerable.Repeat("张a", 500)), SearchText.Fold(name));
        AssertFolds(name, string.Concat(Enumerable.Repeat("张a", 500)));
    }

    static void AssertFolds(string text, string expected)
    {
        Assert.AreEqual(expected, SearchText.Fold(text));
        Assert.AreEqual(SearchText.Bare(expected), BareOf(text));
    }

    /// <summary>By characters and by bytes alike.</summary>
    static string BareOf(string text)
    {
        var bare = SearchText.Bare(text);
        Assert.AreEqual(bare, Encoding.UTF8.GetString(SearchText.Bare(Encoding.UTF8.GetBytes(text))));
        return bare;
    }
}
