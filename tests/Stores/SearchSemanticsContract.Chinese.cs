namespace FhirHub.Stores;

/// <summary>What docs/search.md says of Chinese names and addresses, asked as a query string.</summary>
public abstract partial class SearchSemanticsContract
{
    [TestMethod]
    [DataRow("name=张丽", "parts split text")]
    [DataRow("name=丽", "parts split")]
    [DataRow("name=張\u3000麗", "parts split text")]
    [DataRow("name=zhang.li", "parts split text")]
    [DataRow("name=zhang_li", "parts split text")]
    [DataRow("name=zhang\\,li", "parts split text")]
    [DataRow("name=Z.L.", "parts split text")]
    [DataRow("name=丽华", "parts")]
    [DataRow("_filter=name eq 张丽", "split text")]
    [DataRow("_filter=name eq 張麗", "split text")]
    [DataRow("_filter=name eq 张丽华", "parts")]
    [DataRow("_filter=name eq 张", "parts split")]
    [DataRow("_filter=name sw zhangl", "parts split text")]
    [DataRow("_filter=name sw zl", "parts split text")]
    [DataRow("_filter=name co 丽", "parts split text")]
    [DataRow("_filter=family sw zhang", "parts split")]
    [DataRow("name=lizhang", "")]
    [DataRow("_content=张丽", "parts split text")]
    [DataRow("_content=張麗", "parts split text")]
    [DataRow("_content=丽华", "parts")]
    [DataRow("_content=丽张", "")]
    public Task A_Chinese_name_is_found_however_it_is_divided(string search, string expected) => Finds(
        "Patient",
        search,
        expected,
        """{"resourceType":"Patient","id":"text","name":[{"text":"张丽"}]}""",
        """{"resourceType":"Patient","id":"split","name":[{"family":"张","given":["丽"]}]}""",
        """{"resourceType":"Patient","id":"parts","name":[{"family":"张","given":["丽","华"]}]}""");

    [TestMethod]
    [DataRow("name=lvwei", "passport tones")]
    [DataRow("name=lu wei", "passport tones")]
    [DataRow("name=lü wei", "passport tones")]
    [DataRow("name=lyu wei", "passport tones")]
    [DataRow("name=lw", "passport tones")]
    [DataRow("phonetic=lw", "passport tones")]
    [DataRow("name=wei lü", "tones")]
    [DataRow("name=dan", "foreign")]
    [DataRow("name=sd", "")]
    public Task A_name_stored_in_pinyin_is_found_like_a_Chinese_one(string search, string expected) => Finds(
        "Patient",
        search,
        expected,
        """{"resourceType":"Patient","id":"foreign","name":[{"family":"Smith","given":["Dan"]}]}""",
        """{"resourceType":"Patient","id":"tones","name":[{"family":"Lǚ","given":["Wěi"]}]}""",
        """{"resourceType":"Patient","id":"passport","name":[{"family":"LYU","given":["WEI"]}]}""");

    [TestMethod]
    [DataRow("address=内蒙古红山区", "apart whole")] // leaves out the city
    [DataRow("address=赤峰红山", "apart whole")]
    [DataRow("address=赤峰红山区园林路", "apart whole")]
    [DataRow("address=内蒙古，赤峰市，红山区", "apart whole")]
    [DataRow("address=150402", "apart whole")]
    [DataRow("address=红山区", "apart whole")]
    [DataRow("address=阳光小区", "apart whole")]
    [DataRow("address=内蒙古松山区", "")]
    [DataRow("address=松山区红山区", "")]
    [DataRow("address=赤峰红山区昭乌达路", "")]
    [DataRow("address=延边州", "other")]
    [DataRow("address=延边", "other")]
    [DataRow("address=吉林延吉", "other")]
    public Task A_Chinese_address_is_found_by_some_of_its_levels(string search, string expected) => Finds(
        "Patient",
        search,
        expected,
        """{"resourceType":"Patient","id":"other","address":[{"text":"吉林省延边朝鲜族自治州延吉市河南街"}]}""",
        """
        {"resourceType":"Patient","id":"whole","address":[{"text":"内蒙古自治区赤峰市红山区园林路1号阳光小区2栋"}]}
        """,
        """
        {"resourceType":"Patient","id":"apart","address":[{"text":"内蒙古-赤峰市-红山区-园林路1号-阳光小区-2栋"}]}
        """);
}
