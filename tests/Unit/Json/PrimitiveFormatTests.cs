using FhirHub.Fhir.Documents;
using static FhirHub.Unit.Json.JsonClaims;

namespace FhirHub.Unit.Json;

// The tables of https://hl7.org/fhir/R4/datatypes.html#primitive for the types written as strings, dates apart.
[TestClass]
public sealed class PrimitiveFormatTests
{
    [TestMethod]
    [DataRow("a")]
    [DataRow("final")]
    [DataRow("a b c")]
    [DataRow("%&/()[]{}")]
    [DataRow("内蒙古")]
    [DataRow("text/plain; charset=utf-8")]
    public void A_code_is_words_with_single_spaces(string value) => Good("Code", value);

    [TestMethod]
    [DataRow(" ")]
    [DataRow(" a")]
    [DataRow("a ")]
    [DataRow("a  b")]
    [DataRow("a b  c")]
    [DataRow(@"a\tb")]
    [DataRow(@"a\nb")]
    [DataRow(@"a \nb")]
    [DataRow(@"\ta")]
    [DataRow(@"a\r")]
    public void A_code_with_other_white_space_is_refused(string value) => Bad("Code", value, "A code has no spaces");

    [TestMethod]
    [DataRow("a")]
    [DataRow("-")]
    [DataRow(".")]
    [DataRow("0123456789-ABC.xyz")]
    [DataRow("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff1234")]
    public void An_id_is_up_to_64_letters_digits_hyphens_and_dots(string value) => Good("Id", value);

    [TestMethod]
    [DataRow("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff12345")]
    [DataRow("a_b")]
    [DataRow("a b")]
    [DataRow("a/b")]
    [DataRow("é")]
    [DataRow("#a")]
    [DataRow("a\\n")]
    public void An_id_of_anything_else_is_refused(string value) => Bad("Id", value, "An id is 1 to 64");

    [TestMethod]
    [DataRow("Uri", "http://hl7.org/fhir/Patient?x=1#y")]
    [DataRow("Uri", "urn:oid:1.2.3")]
    [DataRow("Uri", "a")]
    [DataRow("Uri", "|")]
    [DataRow("Url", "ftp://a/b%20c")]
    [DataRow("Url", "mailto:a@b.c")]
    [DataRow("Canonical", "http://a/ValueSet/b|1.0.0#c")]
    [DataRow("Uri", "http://例え.jp/パス")]
    public void A_uri_is_anything_without_white_space(string type, string value) => Good(type, value);

    [TestMethod]
    [DataRow("Uri", " http://a")]
    [DataRow("Uri", "http://a b")]
    [DataRow("Uri", @"http://a\n")]
    [DataRow("Url", "http://a ")]
    [DataRow("Url", @"http://\ta")]
    [DataRow("Canonical", "http://a| 1")]
    public void A_uri_with_white_space_is_refused(string type, string value) => Bad(type, value, "must not hold white space");

    [TestMethod]
    [DataRow("urn:oid:1.2")]
    [DataRow("urn:oid:0.0")]
    [DataRow("urn:oid:2.16.840.1.113883.6.1")]
    [DataRow("urn:oid:1.2.34567890123456789012345678901234567890")]
    public void An_oid_is_a_urn_of_arcs(string value) => Good("Oid", value);

    [TestMethod]
    [DataRow("1.2.3")]
    [DataRow("urn:oid:")]
    [DataRow("urn:oid:1")]
    [DataRow("urn:oid:1.")]
    [DataRow("urn:oid:3.1")]
    [DataRow("urn:oid:1..2")]
    [DataRow("urn:oid:1.02")]
    [DataRow("urn:oid:1.2.")]
    [DataRow("urn:oid:1.2.a")]
    [DataRow("urn:oid:10.2")]
    [DataRow("URN:OID:1.2.3")]
    [DataRow("urn:oid:1.2 ")]
    public void An_oid_of_another_form_is_refused(string value) => Bad("Oid", value, "urn:oid:");

    [TestMethod]
    [DataRow("urn:uuid:c757873d-ec9a-4326-a141-556f43239520")]
    [DataRow("urn:uuid:00000000-0000-0000-0000-000000000000")]
    public void A_uuid_is_a_urn_in_lower_case(string value) => Good("Uuid", value);

    [TestMethod]
    [DataRow("urn:uuid:C757873D-EC9A-4326-A141-556F43239520")]
    [DataRow("c757873d-ec9a-4326-a141-556f43239520")]
    [DataRow("urn:uuid:c757873d-ec9a-4326-a141-556f4323952")]
    [DataRow("urn:uuid:c757873d-ec9a-4326-a141-556f432395200")]
    [DataRow("urn:uuid:c757873dec9a4326a141556f43239520")]
    [DataRow("urn:uuid:g757873d-ec9a-4326-a141-556f43239520")]
    [DataRow("urn:uuid:c757873d-ec9a-4326-a141_556f43239520")]
    public void A_uuid_of_another_form_is_refused(string value) => Bad("Uuid", value, "urn:uuid:");

    [TestMethod]
    [DataRow("QQ==")]
    [DataRow("QUI=")]
    [DataRow("QUJD")]
    [DataRow("+/+/")]
    [DataRow("QUJD QUJD")]
    [DataRow(@"QUJD\r\nQUJD\n")]
    [DataRow(" QUJD ")]
    public void Base64_is_groups_of_four_with_white_space_between(string value) => Good("Base64Binary", value);

    [TestMethod]
    [DataRow("Q")]
    [DataRow("QQ")]
    [DataRow("QQ=")]
    [DataRow("QQQ")]
    [DataRow("QQQ==")]
    [DataRow("QUJDQ===")]
    [DataRow("====")]
    [DataRow("QQ==QQ==")]
    [DataRow("Q=QQ")]
    [DataRow("QU JD")]
    [DataRow("QQ ==")]
    [DataRow("QUJD-_-_")]
    [DataRow("QUJ!")]
    [DataRow(" ")]
    [DataRow("QUJé")]
    public void Base64_with_wrong_padding_or_characters_is_refused(string value) => Bad("Base64Binary", value, "Not base64");

    [TestMethod]
    [DataRow("String", "a")]
    [DataRow("String", @" a\r\n\tb ")]
    [DataRow("String", @"\u00e9\ud83d\ude00")]
    [DataRow("Markdown", @"# a\n\n* b")]
    [DataRow("Markdown", " ")]
    public void A_string_is_any_text(string type, string value) => Good(type, value);

    [TestMethod]
    [DataRow('a', 1)]
    [DataRow('é', 2)]
    [DataRow('中', 3)]
    public void A_string_has_at_most_1048576_characters(char c, int bytes)
    {
        const int max = 1024 * 1024;
        var document = Good("String", new string(c, max));
        Assert.AreEqual(max * bytes, document.Root.At("extension.value").RawValue.Length);
        Bad("String", new string(c, max + 1), "at most 1048576 characters");
    }

    [TestMethod]
    public void An_escape_counts_as_the_one_character_it_is()
    {
        Good("String", string.Concat(Enumerable.Repeat(@"\n", 1024 * 1024)));
        Bad("String", string.Concat(Enumerable.Repeat(@"\n", 1024 * 1024 + 1)), "at most 1048576 characters");
    }

    static FhirDocument Good(string type, string value) => Accepted(Extension(type, value));

    static void Bad(string type, string value, string words) =>
        Refused(Extension(type, value, "¦"), IssueType.Value, "Patient.extension[0].value", words);

    static string Extension(string type, string value, string mark = "") =>
        $$"""{"resourceType":"Patient","extension":[{"url":"http://a","value{{type}}":{{mark}}"{{value}}"}]}""";
}
