using System.Text;
using FhirHub.Core.Search;

namespace FhirHub.Unit.Search;

[TestClass]
public sealed class PinyinTests
{
    [TestMethod]
    [DataRow("张丽", "zhangli zl")]
    [DataRow("張麗", "zhangli zl")]
    [DataRow("张 丽", "zhangli zl")]
    [DataRow("单丽", "shanli danli sl dl")]
    [DataRow("單麗", "shanli danli sl dl")]
    [DataRow("吕伟", "lvwei luwei lw")]
    [DataRow("欧阳娜", "ouyangna oyn")]
    [DataRow("买买提·艾力", "maimaitiaili mmtal")]
    [DataRow("李Amy", "liamy lamy")]
    [DataRow("王〇", "wangling wl")]
    [DataRow("王𠮷", "wangji wj")]
    [DataRow("王\uE863", "wangyan wy")] // 䶮 as GBK had it
    [DataRow("\u2FBC\u2F63", "gaosheng gs")] // radicals for 高生, as PDF has them
    [DataRow("买买提\uA78F艾力", "maimaitiaili mmtal")] // a letter that is a dot
    [DataRow("贠伟", "yunwei yw")]
    [DataRow("蔚伟", "yuwei weiwei")]
    [DataRow("黑伟", "heiwei hewei")]
    [DataRow("万俟伟", "moqiwei wansiwei")]
    public void A_name_has_its_whole_pinyin_and_its_initials(string name, string keys) =>
        CollectionAssert.IsSubsetOf(keys.Split(' '), Pinyin.KeysOf(name).ToArray());

    [TestMethod]
    [DataRow("张丽", "zhangli zl")]
    [DataRow("单丽", "shanli danli sl dl")]
    public void A_name_has_no_other_keys(string name, string keys) =>
        Assert.AreEqual(keys, string.Join(' ', Pinyin.KeysOf(name)));

    // How the surname is read first, and as the character mostly is.
    [TestMethod]
    [DataRow("单", "shan", "dan")]
    [DataRow("仇", "qiu", "chou")]
    [DataRow("解", "xie", "jie")]
    [DataRow("查", "zha", "cha")]
    [DataRow("曾", "zeng", "ceng")]
    [DataRow("区", "ou", "qu")]
    [DataRow("盖", "ge", "gai")]
    [DataRow("缪", "miao", "mou")]
    [DataRow("朴", "piao", "pu")]
    [DataRow("任", "ren", "ren")]
    [DataRow("华", "hua", "hua")]
    [DataRow("宁", "ning", "ning")]
    [DataRow("召", "shao", "zhao")]
    [DataRow("冼", "xian", "xian")]
    [DataRow("洗", "xian", "xi")]
    [DataRow("燕", "yan", "yan")]
    [DataRow("纪", "ji", "ji")]
    [DataRow("翟", "zhai", "di")]
    [DataRow("乐", "yue", "le")]
    [DataRow("种", "chong", "zhong")]
    [DataRow("重", "chong", "zhong")]
    [DataRow("秘", "bi", "mi")]
    [DataRow("繁", "po", "fan")]
    [DataRow("员", "yun", "yuan")]
    [DataRow("折", "she", "zhe")]
    [DataRow("覃", "qin", "tan")]
    [DataRow("薄", "bo", "bao")]
    [DataRow("祭", "zhai", "ji")]
    [DataRow("能", "nai", "neng")]
    [DataRow("隗", "wei", "kui")]
    [DataRow("乜", "nie", "mie")]
    [DataRow("尉", "wei", "wei")]
    [DataRow("句", "gou", "ju")]
    [DataRow("黑", "hei", "hei")]
    [DataRow("那", "na", "na")]
    [DataRow("尉迟", "yuchi", "weichi")]
    [DataRow("万俟", "moqi", "wanqi")]
    [DataRow("长孙", "zhangsun", "zhangsun")]
    [DataRow("单于", "chanyu", "danyu")]
    [DataRow("单于", "chanyu", "shanyu")] // 单 with a given name that begins with 于
    [DataRow("澹台", "tantai", "dantai")]
    [DataRow("鲜于", "xianyu", "xianyu")]
    [DataRow("令狐", "linghu", "linghu")]
    [DataRow("單", "shan", "dan")]
    [DataRow("區", "ou", "qu")]
    [DataRow("尉遲", "yuchi", "weichi")]
    public void A_surname_is_found_as_it_is_read_and_as_it_is_misread(string surname, string read, string misread)
    {
        var keys = Pinyin.KeysOf(surname + "丽");
        Assert.AreEqual(read + "li", keys[0]);
        CollectionAssert.Contains(keys.ToArray(), misread + "li");
    }

    [TestMethod]
    [DataRow("华", "hua")]
    [DataRow("单", "dan")]
    [DataRow("茜", "qian")]
    [DataRow("茜", "xi")]
    [DataRow("乐", "le")]
    [DataRow("朝阳", "zhaoyang")]
    public void A_given_name_is_read_as_its_characters_are(string given, string key) =>
        CollectionAssert.Contains(Pinyin.KeysOfGiven(given).ToArray(), key);

    [TestMethod]
    public void Every_listed_surname_and_the_commonest_of_all_have_a_reading()
    {
        // A hundred or so that most Chinese bear; the table has the classical Hundred Surnames and more.
        const string Commonest = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏"
            + "魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";
        var surnames = PinyinTable.Shared.Surnames.Concat(Commonest.Select(c => c.ToString())).Distinct().ToArray();
        Assert.IsGreaterThan(500, surnames.Length);
        foreach (var surname in surnames)
        {
            var keys = Pinyin.KeysOf(surname);
            Assert.IsNotEmpty(keys, surname);
            Assert.IsTrue(keys.All(key => key.All(char.IsAsciiLetterLower)), surname);
        }
    }

    [TestMethod]
    public void Any_Chinese_name_has_few_keys_and_never_none()
    {
        var random = new Random(20261125);
        for (var i = 0; i < 5_000; i++)
        {
            var name = new StringBuilder();
            for (var length = random.Next(1, 9); length > 0; length--)
                name.Append((char)random.Next(0x4E00, 0x9FA6));
            var keys = Pinyin.KeysOf(name.ToString());
            Assert.IsTrue(keys.Count is > 1 and <= 32 || (keys.Count == 1 && name.Length == 1), name.ToString());
            Assert.HasCount(keys.Count, keys.Distinct(), name.ToString());
        }
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("Zhang Li")]
    [DataRow("Иванов")]
    public void A_name_in_other_letters_has_no_keys(string name) => Assert.IsEmpty(Pinyin.KeysOf(name));

    [TestMethod]
    [DataRow("zhangli", "zhangli")]
    [DataRow("Zhang Li", "zhangli")]
    [DataRow("ZHANGLI", "zhangli")]
    [DataRow("xi'an", "xian")]
    [DataRow("Xi’an", "xian")]
    [DataRow("Wang, Li", "wangli")]
    [DataRow("zhāng lì", "zhangli")]
    [DataRow("zha\u0304ng", "zhang")]
    [DataRow("lǚ", "lv")]
    [DataRow("Lü", "lv")]
    [DataRow("lu\u0308", "lv")]
    [DataRow("LYU Wei", "lvwei")]
    [DataRow("nyu", "nv")]
    [DataRow("wanyu", "wanyu")]
    [DataRow("Li Nyu", "linv")]
    [DataRow("nyuwa", "nvwa")]
    [DataRow("Z.L.", "zl")]
    [DataRow("zhang_li", "zhangli")]
    [DataRow("zhang\u00A0li", "zhangli")]
    [DataRow("zhang\u200Bli", "zhangli")]
    [DataRow("...", null)]
    [DataRow("ｚｈａｎｇ", "zhang")]
    [DataRow("张丽", null)]
    [DataRow("zhang3", null)]
    [DataRow("Müller", "mvller")]
    [DataRow("Nguyễn", null)]
    [DataRow(" ", null)]
    public void A_query_is_normalised_if_it_can_be_pinyin_at_all(string text, string? key) =>
        Assert.AreEqual(key, Pinyin.QueryKey(text));

    [TestMethod]
    [DataRow("张丽", "zhangli")]
    [DataRow("张丽", "zhangl")]
    [DataRow("张丽", "zl")]
    [DataRow("章莉", "zhangli")]
    [DataRow("吕伟", "Lǚ Wěi")]
    [DataRow("吕伟", "lu wei")]
    [DataRow("西安", "xi'an")]
    public void A_query_finds_a_name_by_the_beginning_of_a_key(string name, string query)
    {
        var asked = Pinyin.QueryKey(query);
        Assert.IsNotNull(asked);
        Assert.IsTrue(Pinyin.KeysOf(name).Any(key => key.StartsWith(asked, StringComparison.Ordinal)));
    }
}
