namespace FhirHub.Stores;

/// <summary>What docs/search.md says of Chinese names, addresses and phone numbers, asked as a query string.</summary>
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

    /// <summary>"Special handling, such as ignoring punctuation": https://hl7.org/fhir/R4/search.html#token</summary>
    [TestMethod]
    [DataRow("Patient", "phone=13812345678", "mobile4 mobile3 mobile2 mobile1")]
    [DataRow("Patient", "phone=138-1234-5678", "mobile4 mobile3 mobile2 mobile1")]
    [DataRow("Patient", "phone=+86 138 1234 5678", "mobile4 mobile3 mobile2 mobile1")]
    [DataRow("Patient", "phone= 8613812345678", "mobile4 mobile3 mobile2 mobile1")] // the plus was not escaped
    [DataRow("Patient", "telecom=0086-13812345678", "mobile4 mobile3 mobile2 mobile1")]
    [DataRow("Patient", "telecom=|１３８–１２３４–５６７８", "mobile4 mobile3 mobile2 mobile1")]
    [DataRow("Patient", "phone=(0471)1234567", "area2 area1")]
    [DataRow("Patient", "phone=+86 471 1234567", "area2 area1")]
    [DataRow("Patient", "phone=1234567", "")]
    [DataRow("Patient", "phone=0471-1234567,138 1234 5678", "area2 area1 mobile4 mobile3 mobile2 mobile1")]
    [DataRow("Patient", "phone:not=138-1234-5678", "mail area2 area1")]
    [DataRow("Patient", "_filter=phone eq \"138-1234-5678\"", "mobile4 mobile3 mobile2 mobile1")]
    [DataRow("Patient", "_filter=phone ne \"138-1234-5678\"", "area2 area1")]
    [DataRow("Patient", "phone=0471-1234567转8001", "area2")]
    [DataRow("Patient", "phone=04711234567转8001", "")]
    [DataRow("Patient", "email=13812345678@example.org", "mail")]
    [DataRow("Patient", "email=138-1234-5678@example.org", "")]
    [DataRow("Patient", "identifier=138-1234-5678", "mail")]
    [DataRow("Patient", "identifier=13812345678", "")]
    [DataRow("Observation", "patient.phone=138 1234 5678", "seen")]
    [DataRow("Observation", "subject:Patient.telecom=+8613812345678", "seen")]
    [DataRow("Observation", "patient.phone=139 1234 5678", "")]
    [DataRow("Patient", "_has:Observation:patient:patient.phone=138.1234.5678", "mobile1")]
    public Task A_phone_number_is_found_in_every_writing(string type, string search, string expected) => Finds(
        type,
        search,
        expected,
        Phone("mobile1", "138-1234-5678"),
        Phone("mobile2", "+86\u00A0138 1234 5678"),
        Phone("mobile3", "008613812345678"),
        Phone("mobile4", "１３８１２３４５６７８"),
        Phone("area1", "0471-1234567"),
        """
        {"resourceType":"Patient","id":"area2","telecom":[{"system":"phone","value":"+86 471 1234567"},
         {"system":"phone","value":"0471-1234567转8001"}]}
        """,
        """
        {"resourceType":"Patient","id":"mail","identifier":[{"value":"138-1234-5678"}],
         "telecom":[{"system":"email","value":"13812345678@example.org"}]}
        """,
        """
        {"resourceType":"Observation","id":"seen","status":"final","code":{"text":"x"},
         "subject":{"reference":"Patient/mobile1"} }
        """);

    static string Phone(string id, string value) =>
        $$"""{"resourceType":"Patient","id":"{{id}}","telecom":[{"system":"phone","value":"{{value}}"}]}""";
}
