using FhirHub.Core.Search;

namespace FhirHub.Unit.Search;

[TestClass]
public sealed class AddressTextTests
{
    [TestMethod]
    [DataRow("内蒙古自治区赤峰市红山区西屯街道园林路1号", "150402")]
    [DataRow("內蒙古自治區赤峰市紅山區", "150402")]
    [DataRow("内蒙古赤峰市红山区", "150402")]
    [DataRow("内蒙古赤峰红山区", "150402")]
    [DataRow("内蒙古 赤峰 红山区", "150402")]
    [DataRow("中国内蒙古自治区赤峰市红山区", "150402")]
    [DataRow("内蒙古-赤峰市-红山区", "150402")]
    [DataRow("呼市新城区", "150102")]
    [DataRow("莫旗尼尔基镇", "150722")]
    [DataRow("巴盟乌前旗", "150823")]
    [DataRow("内蒙古，赤峰，红山", "150402")]
    [DataRow("内蒙古/赤峰市/红山区/西屯街道", "150402")]
    [DataRow("内蒙古|赤峰市|红山区", "150402")]
    [DataRow("（内蒙古）赤峰市红山区", "150402")]
    [DataRow("中国赤峰红山区", "150402")]
    [DataRow("024000 赤峰红山区", "150402")]
    [DataRow("100020 北京市朝阳区", "110105")]
    [DataRow("赤峰市红山区", "150402")]
    [DataRow("赤峰红山区", "150402")]
    [DataRow("内蒙古红山区", "150402")] // a level is missing
    [DataRow("红山区西屯街道", "150402")] // there is only one
    [DataRow("内蒙古自治区", "150000")]
    [DataRow("北京市北京市朝阳区建国路", "110105")]
    [DataRow("北京市市辖区朝阳区", "110105")]
    [DataRow("北京朝阳", "110105")]
    [DataRow("吉林省长春市朝阳区", "220104")]
    [DataRow("吉林省吉林市昌邑区", "220202")]
    [DataRow("吉林市昌邑区", "220202")]
    [DataRow("朝阳区建国路", null)] // there are two
    [DataRow("河北省桥西区", "130000")] // and two in one province
    [DataRow("鼓楼区", null)]
    [DataRow("新疆喀什地区疏附县", "653121")]
    [DataRow("新疆石河子市", "659001")]
    [DataRow("内蒙古呼伦贝尔莫力达瓦旗", "150722")]
    [DataRow("呼伦贝尔市鄂伦春自治旗", "150723")]
    [DataRow("吉林延边州延吉市", "222401")]
    [DataRow("四川省资阳市简阳市", "510000")] // moved to another prefecture since
    [DataRow("北京市崇文区", "110000")] // merged into another since
    [DataRow("北京市红山区", null)] // contradicts itself
    [DataRow("哈尔滨道里区", "230102")] // begins like a road
    [DataRow("台州路桥区", "331004")]
    [DataRow("北京门头沟区", "110109")]
    [DataRow("石家庄桥西区", "130104")]
    [DataRow("南京东路100号", null)] // a road in Shanghai
    [DataRow("北京路12号", null)]
    [DataRow("上海市黄浦区南京东路100号", "310101")]
    [DataRow("北京市东城区朝阳门内大街", "110101")]
    [DataRow("朝阳建设路", null)] // a city, and districts of others
    [DataRow("矿区医院", null)]
    [DataRow("广东省东莞市南城街道", "441900")]
    [DataRow("12 Main Street", null)]
    public void A_text_gives_the_code_of_the_lowest_division_named_without_doubt(string text, string? code) =>
        Assert.AreEqual(code, AddressText.Of(new(null, null, null, null, [], text)).Code);

    [TestMethod]
    [DataRow("内蒙古自治区", "赤峰市", "红山区", "", "150402")]
    [DataRow("内蒙古", "赤峰", "红山", "", "150402")]
    [DataRow("北京市", null, "朝阳区", "建国路1号", "110105")]
    [DataRow("北京市", null, null, "朝阳区建国路1号", "110105")]
    [DataRow("北京市", "北京市", "朝阳区", "北京市朝阳区建国路1号", "110105")]
    [DataRow(null, "长春市", "朝阳区", "", "220104")]
    [DataRow(null, null, "150402", "", null)] // no Chinese: no Chinese address
    [DataRow("内蒙古自治区", null, "150402", "", "150402")]
    [DataRow("内蒙古自治区", "赤峰市", null, "幸福路", "150400")]
    [DataRow("内蒙古自治区", "赤峰市", "没有区", "", "150400")]
    public void Parts_give_the_code_together(
        string? state, string? city, string? district, string line, string? code) =>
        Assert.AreEqual(code, AddressText.Of(new("CN", state, city, district, [line], null)).Code);

    [TestMethod]
    public void A_text_is_read_in_the_light_of_the_parts() =>
        Assert.AreEqual("110105", AddressText.Of(new(null, "北京市", null, null, [], "朝阳区建国路1号")).Code);

    [TestMethod]
    [DataRow("内蒙古自治区")]
    [DataRow("内蒙古")]
    [DataRow("内蒙古赤峰市红山区")]
    [DataRow("赤峰")]
    [DataRow("赤峰市")]
    [DataRow("赤峰市红山区西屯")]
    [DataRow("红山")]
    [DataRow("红山区西屯街道")]
    [DataRow("西屯")]
    [DataRow("园林路")]
    public void Each_level_of_an_address_finds_it(string query)
    {
        AssertFound(query, new(null, null, null, null, [], "内蒙古自治区赤峰市红山区西屯街道园林路1号"));
        AssertFound(query, new("CN", "内蒙古自治区", "赤峰市", "红山区", ["西屯街道园林路1号"], null));
        AssertFound(query, new(null, null, null, null, [], "内蒙古赤峰红山区西屯街道园林路1号"));
        AssertFound(query, new(null, null, null, null, [], "红山区西屯街道园林路1号"));
    }

    [TestMethod]
    [DataRow("内蒙古红山区", "内蒙古自治区赤峰市红山区")]
    [DataRow("赤峰红山", "内蒙古自治区赤峰市红山区")]
    [DataRow("莫旗尼尔基镇", "内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗尼尔基镇")]
    [DataRow("阿左旗", "内蒙古自治区阿拉善盟阿拉善左旗")]
    [DataRow("赤峰红山区园林路1号", "内蒙古自治区赤峰市红山区园林路1号")]
    [DataRow("內蒙古 赤峰 红山区", "内蒙古自治区赤峰市红山区")]
    [DataRow("延边州", "吉林省延边朝鲜族自治州")]
    [DataRow("鄂伦春旗", "内蒙古自治区呼伦贝尔市鄂伦春自治旗")]
    [DataRow("成都武侯区武侯祠大街", "四川省成都市武侯区武侯祠大街")]
    [DataRow("红山区", null)] // it is in full already
    [DataRow("内蒙古", null)]
    [DataRow("呼伦贝尔", null)]
    [DataRow("赤峰市红山区园林路", null)]
    [DataRow("内蒙古自治区赤峰市红山区", null)]
    [DataRow("河北省桥西区", null)] // there are two
    [DataRow("赤峰市某路红山区", null)] // something between
    [DataRow("北京市红山区", null)]
    [DataRow("朝阳区", null)]
    [DataRow("园林路1号", null)]
    [DataRow("150402", null)]
    [DataRow("Main Street", null)]
    public void A_query_that_leaves_out_levels_is_written_in_full(string query, string? expected) =>
        Assert.AreEqual(expected, AddressText.InFull(query));

    [TestMethod]
    [DataRow("阳光小区", "红山区园林路12号阳光小区3栋")]
    [DataRow("SOHO", "北京市朝阳区建国路88号SOHO现代城")]
    [DataRow("那吉镇", "阿荣旗-那吉镇-振兴路12号")]
    [DataRow("振兴路12号", "阿荣旗/那吉镇/振兴路12号")]
    public void What_stands_behind_a_number_or_a_mark_finds_an_address(string query, string text) =>
        AssertFound(query, new(null, null, null, null, [], text));

    [TestMethod]
    public void More_of_a_number_finds_nothing_of_its_own() =>
        Assert.DoesNotContain(
            text => text.StartsWith('院') || text.StartsWith('楼'),
            AddressText.Of(new(null, null, null, null, [], "北京市朝阳区阜通东大街6号院3号楼")).Texts);

    [TestMethod]
    [DataRow("向阳峪镇")]
    [DataRow("松塔沟村")]
    [DataRow("阿荣旗向阳峪镇松塔沟村")]
    public void Towns_and_villages_find_an_address(string query) =>
        AssertFound(query, new(null, "内蒙古自治区", "呼伦贝尔市", "阿荣旗", ["向阳峪镇松塔沟村3组"], null));

    [TestMethod]
    public void A_long_text_is_not_stored_many_times()
    {
        var text = "北京市朝阳区" + string.Concat(Enumerable.Repeat("建国路𠮷", 10_000));
        var keys = AddressText.Of(new(null, null, null, null, [], text));
        Assert.AreEqual("110105", keys.Code);
        Assert.IsLessThan(10_000, keys.Texts.Sum(other => other.Length));
    }

    [TestMethod]
    public void A_foreign_address_has_no_code_of_ours() =>
        Assert.AreEqual(AddressKeys.None, AddressText.Of(new("JP", null, null, "朝陽区", [], "北京市")));

    [TestMethod]
    public void No_text_says_what_another_says_already()
    {
        string[] known = ["内蒙古自治区", "赤峰市", "红山区"];
        var texts = AddressText.Of(new(null, known[0], known[1], known[2], [], null)).Texts;
        foreach (var text in texts)
            Assert.DoesNotContain(other => other != text && other.StartsWith(text, StringComparison.Ordinal), texts);
        Assert.DoesNotContain(text => known.Contains(text), texts);
    }

    [TestMethod]
    public void Every_division_is_found_by_its_full_name_from_the_province_down()
    {
        foreach (var division in Divisions.Shared.All)
        {
            var name = division.Name;
            for (var above = division.Parent; above is not null; above = above.Parent)
                name = above.Name + name;
            Assert.AreEqual(division.Code, AddressText.Of(new(null, null, null, null, [], name + "1号")).Code, name);
        }
    }

    [TestMethod]
    public void Nothing_that_is_written_is_too_much()
    {
        var random = new Random(20261125);
        string[] others = ["路", "镇", "村", "x", "道", "北京"];
        var words = Divisions.Shared.All.Select(division => division.Name).Concat(others).ToArray();
        for (var i = 0; i < 2_000; i++)
        {
            var text = string.Concat(random.GetItems(words, random.Next(30)));
            var keys = AddressText.Of(new(null, words[random.Next(words.Length)], null, null, [text], text));
            Assert.IsLessThanOrEqualTo(16, keys.Texts.Count);
            Assert.IsTrue(keys.Code is null || Divisions.Shared.Find(keys.Code) is not null);
        }
    }

    static void AssertFound(string query, AddressParts address)
    {
        string?[] parts = [address.State, address.City, address.District, .. address.Lines, address.Text];
        var folded = SearchText.Fold(query);
        var texts = AddressText.Of(address).Texts.Concat(parts.OfType<string>().Select(SearchText.Fold)).ToArray();
        Assert.Contains(text => text.StartsWith(folded, StringComparison.Ordinal), texts, string.Join('|', texts));
    }
}
