using FhirHub.Terminology.Operations;

namespace FhirHub.Unit.Terminology;

[TestClass]
public sealed class TextIndexTests
{
    static readonly TextIndex Index = Of(
        ("J20.9", "Acute bronchitis 急性支气管炎"),
        ("J20", "crash with rash"),
        ("O14.1", "重度子痫前期"),
        ("E11", "2型糖尿病"),
        ("x", ""),
        ("I10", "高血壓"));

    [TestMethod]
    [DataRow("acute", "J20.9")]
    [DataRow("BRON acu", "J20.9")]
    [DataRow("j20", "J20.9 J20")]
    [DataRow("j20.9", "J20.9")]
    [DataRow("20", "")]
    [DataRow("9", "")]
    [DataRow("j20 bron", "J20.9")]
    [DataRow("chitis", "")]
    [DataRow("acute pneumonia", "")]
    [DataRow("rash", "J20")]
    [DataRow("支气管", "J20.9")]
    [DataRow("急性 支气管", "J20.9")]
    [DataRow("支气管　急性", "J20.9")]
    [DataRow("慢性", "")]
    [DataRow("高血压", "I10")]
    [DataRow("高血壓", "I10")]
    [DataRow("ＡＣＵＴＥ", "J20.9")]
    public void Every_word_begins_the_code_or_a_word_of_a_name_and_Chinese_stands_anywhere(string text, string codes) =>
        Assert.AreEqual(codes, Found(Index, text));

    [TestMethod]
    [DataRow("jixing", "J20.9")]
    [DataRow("zhiqiguan", "J20.9")]
    [DataRow("zqgy", "J20.9")]
    [DataRow("jixing zqg", "J20.9")]
    [DataRow("zhongdu", "O14.1")]
    [DataRow("chongdu", "O14.1")]
    [DataRow("zdzx", "O14.1")]
    [DataRow("tangniao", "E11")]
    [DataRow("xtnb", "E11")]
    [DataRow("gaoxueya", "I10")]
    [DataRow("gāoxuèyā", "I10")]
    [DataRow("iqiguan", "")]
    [DataRow("zhiguan", "")]
    [DataRow("zqg gxy", "")]
    [DataRow("高 xueya", "I10")]
    public void Pinyin_finds_from_any_syllable_on_whole_and_as_initials(string text, string codes) =>
        Assert.AreEqual(codes, Found(Index, text));

    [TestMethod]
    public void Blanks_ask_for_nothing_in_particular() => Assert.HasCount(6, Index.Find("  "));

    [TestMethod]
    public void One_pass_and_asking_each_agree()
    {
        // More codes than are asked one by one, so the first words go over everything.
        var codes = Enumerable.Range(0, 5_000)
            .Select(i => ($"c{i}", i % 3 == 0 ? $"急性肺炎 {i}" : i % 3 == 1 ? $"慢性肺炎 {i}" : $"other {i}"))
            .ToArray();
        var index = Of(codes);
        foreach (var text in (string[])["肺炎 急性", "feiyan jixing", "fy 49", "c4 慢性", "jxfy c48"])
        {
            var words = text.Split(' ');
            var each = codes.Where(code => words.All(word => Of(code).Find(word).Count == 1)).Select(code => code.Item1);
            Assert.AreEqual(string.Join(' ', each), Found(index, text), text);
        }

        string Found(TextIndex from, string text) =>
            string.Join(' ', from.Find(text).Select(place => codes[place].Item1));
    }

    [TestMethod]
    public void Every_name_counts() => Assert.AreEqual(
        1, new TextIndex([("1", ["Heart", "心脏", "Herz"])]).Find("xinzang herz 心").Count);

    static TextIndex Of(params (string Code, string Name)[] codes) =>
        new(codes.Select(code => (code.Code, (IEnumerable<string>)[code.Name])));

    static string Found(TextIndex index, string text)
    {
        string[] codes = ["J20.9", "J20", "O14.1", "E11", "x", "I10"];
        return string.Join(' ', index.Find(text).Select(place => codes[place]));
    }
}
