using System.Text;
using FhirHub.Fhir.Documents;
using static FhirHub.Unit.Json.JsonClaims;

namespace FhirHub.Unit.Json;

// The grammar of https://www.rfc-editor.org/rfc/rfc8259 and its UTF-8.
[TestClass]
public sealed class JsonSyntaxTests
{
    [TestMethod]
    [DataRow("¦", "expected '{'; the content ends here")]
    [DataRow("  ¦", "the content ends here")]
    [DataRow("¦[]", "expected '{'; found '['")]
    [DataRow("¦null", "expected '{'")]
    [DataRow("¦\"Patient\"", "expected '{'")]
    [DataRow("¦<Patient xmlns=\"http://hl7.org/fhir\"/>", "found '<'")]
    [DataRow("""{"resourceType":"Patient"¦""", "Expected ',' or '}'; the content ends here")]
    [DataRow("""{"resourceType":"Patient",¦}""", "Expected a property name")]
    [DataRow("""{"resourceType":"Patient","active":true,¦}""", "Expected a property name")]
    [DataRow("""{"resourceType":"Patient","name":[{"family":"a"},¦]}""", "Expected a JSON value; found ']'")]
    [DataRow("""{"resourceType":"Patient","name":[{"given":["a",¦]}]}""", "Expected a JSON value; found ']'")]
    [DataRow("""{"resourceType":"Patient","active":¦}""", "Expected a JSON value; found '}'")]
    [DataRow("""{"resourceType":"Patient","name":¦}""", "Expected a JSON value; found '}'")]
    [DataRow("""{"resourceType":"Patient","_active":¦}""", "Expected a JSON value; found '}'")]
    [DataRow("""{"resourceType":"Patient","active" ¦true}""", "Expected ':'")]
    [DataRow("""{"resourceType":"Patient","active":true ¦"gender":"male"}""", "Expected ',' or '}'")]
    [DataRow("""{"resourceType":"Patient",¦active:true}""", "property name in double quotes")]
    [DataRow("""{"resourceType":"Patient",¦'active':true}""", "property name in double quotes")]
    [DataRow("""{"resourceType":"Patient","gender":¦'male'}""", "Expected a JSON value")]
    [DataRow("""{"resourceType":"Patient","active":¦True}""", "Expected a JSON value")]
    [DataRow("""{"resourceType":"Patient","active":¦tru}""", "Expected a JSON value")]
    [DataRow("""{"resourceType":"Patient","active":true¦x}""", "Expected ',' or '}'")]
    [DataRow("""{"resourceType":"Patient","active":¦undefined}""", "Expected a JSON value")]
    [DataRow("""{"resourceType":"Patient","gender":¦"male}""", "This string has no end")]
    [DataRow("""{"resourceType":"Patient",¦"gender""", "This string has no end")]
    [DataRow("""{"resourceType":"Patient"} ¦{}""", "Nothing may follow the resource")]
    [DataRow("""{"resourceType":"Patient"}¦,""", "Nothing may follow the resource")]
    [DataRow("""{"resourceType":"Patient"}¦}""", "Nothing may follow the resource")]
    [DataRow("{\"resourceType\":\"Patient\"}¦\0", "Nothing may follow the resource")]
    public void What_is_not_JSON_is_refused_where_it_stops_being_so(string json, string words) => NotJson(json, words);

    [TestMethod]
    [DataRow("¦/* a */{\"resourceType\":\"Patient\"}")]
    [DataRow("{¦// a\n\"resourceType\":\"Patient\"}")]
    [DataRow("{\"resourceType\":\"Patient\"}¦// a")]
    [DataRow("{\"resourceType\":\"Patient\",\"active\":¦/**/true}")]
    public void Comments_are_refused(string json) => NotJson(json, "");

    [TestMethod]
    public void White_space_is_what_JSON_says_and_nothing_else()
    {
        Accepted(" \t\r\n{ \t\r\n\"resourceType\" \t\r\n:\n\"Patient\" , \"name\" : [ { \"given\" : [ \"a\" , \"b\" ] } ] } \t\r\n");
        NotJson("{\"resourceType\":\"Patient\",¦\u00A0\"active\":true}", "Expected a property name");
        NotJson("{\"resourceType\":\"Patient\",¦\f\"active\":true}", "Expected a property name");
    }

    [TestMethod]
    public void A_byte_order_mark_is_passed_over() =>
        Assert.AreEqual("true", Accepted("\uFEFF{\"resourceType\":\"Patient\",\"active\":true}").Root.First("active").Text);

    [TestMethod]
    public void A_byte_order_mark_within_is_refused() => NotJson("{¦\uFEFF\"resourceType\":\"Patient\"}", "Expected a property name");

    [TestMethod]
    [DataRow("\"gender\":\"ma¦\u0001le\"")]
    [DataRow("\"gender\":\"ma¦\tle\"")]
    [DataRow("\"gender\":\"ma¦\nle\"")]
    [DataRow("\"gender\":\"ma¦\0le\"")]
    [DataRow("\"gen¦\tder\":\"male\"")]
    public void A_raw_control_character_in_a_string_is_refused(string member) =>
        NotJson("{\"resourceType\":\"Patient\"," + member + "}", "A control character in a string must be escaped");

    [TestMethod]
    [DataRow(@"a¦\x")]
    [DataRow(@"a¦\u12")]
    [DataRow(@"a¦\u12G4")]
    [DataRow(@"a¦\U0041")]
    [DataRow(@"a¦\'")]
    [DataRow(@"a¦\0")]
    public void An_escape_JSON_does_not_know_is_refused(string text) =>
        NotJson($$"""{"resourceType":"Patient","name":[{"family":"{{text}}"}]}""", "");

    [TestMethod]
    [DataRow(@"\u0000")]
    [DataRow(@"\u0007")]
    [DataRow(@"\b")]
    [DataRow(@"\f")]
    [DataRow(@"\u001F")]
    [DataRow(@"\uD83D")]
    [DataRow(@"\uDE00")]
    [DataRow(@"\uD83Dx")]
    [DataRow(@"\uD83D\n")]
    [DataRow(@"\uD83D\uD83D")]
    [DataRow(@"\uDE00\uD83D")]
    public void An_escape_for_what_no_text_holds_is_refused_as_a_value(string escape)
    {
        Refused(
            $$"""{"resourceType":"Patient","name":[{"family":¦"a{{escape}}"}]}""",
            IssueType.Value, "Patient.name[0].family", "control characters");
        Refused(
            $$"""{"resourceType":"Patient","name":[{"family":¦"{{escape}}z"}]}""",
            IssueType.Value, "Patient.name[0].family", "control characters");
    }

    [TestMethod]
    [DataRow(@"\""\\\/\n\r\t", "\"\\/\n\r\t")]
    [DataRow(@"\u0041\u00e9\u4E2d\ud83d\ude00", "Aé中😀")]
    [DataRow("内蒙古 😀👩‍⚕️ Zoë عربى", "内蒙古 😀👩‍⚕️ Zoë عربى")]
    [DataRow("𠮷野家\u2028\u2029\uFFFD\u007F", "𠮷野家\u2028\u2029\uFFFD\u007F")]
    public void Text_comes_out_as_it_was_meant(string written, string meant)
    {
        var document = Accepted($$"""{"resourceType":"Patient","name":[{"family":"{{written}}"}]}""");
        var family = document.Root.At("name.family");
        Assert.AreEqual(meant, family.Text);
        Assert.IsTrue(family.ValueEquals(Utf8(meant)));
        Assert.AreEqual(meant, Accepted(FhirHub.Fhir.Json.JsonOutput.Write(document)).Root.At("name.family").Text);
    }

    [TestMethod]
    [DataRow(new byte[] { 0x80 }, DisplayName = "lone continuation")]
    [DataRow(new byte[] { 0xC3 }, DisplayName = "lead without continuation")]
    [DataRow(new byte[] { 0xC0, 0xAF }, DisplayName = "overlong, two bytes")]
    [DataRow(new byte[] { 0xC1, 0x81 }, DisplayName = "overlong letter")]
    [DataRow(new byte[] { 0xE0, 0x80, 0xAF }, DisplayName = "overlong, three bytes")]
    [DataRow(new byte[] { 0xF0, 0x80, 0x80, 0xAF }, DisplayName = "overlong, four bytes")]
    [DataRow(new byte[] { 0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80 }, DisplayName = "surrogates encoded")]
    [DataRow(new byte[] { 0xF4, 0x90, 0x80, 0x80 }, DisplayName = "beyond U+10FFFF")]
    [DataRow(new byte[] { 0xF8, 0x88, 0x80, 0x80, 0x80 }, DisplayName = "five bytes")]
    [DataRow(new byte[] { 0xFF, 0xFE }, DisplayName = "no UTF-8 at all")]
    public void Bytes_that_are_not_UTF8_are_refused_where_they_stand(byte[] bad)
    {
        byte[] json = [.. Utf8("{\"resourceType\":\"Patient\",\n\"name\":[{\"family\":\"中"), .. bad, .. "\"}]}"u8];
        var result = FhirDocument.ParseJson(json, ParseOptions.Strict);
        var issue = result.Issues.Single();
        Assert.AreEqual((IssueSeverity.Fatal, IssueType.Structure), (issue.Severity, issue.Code));
        Assert.AreEqual((2, 21), (issue.Line, issue.Column));
        Assert.Contains("UTF-8", issue.Text);
    }

    [TestMethod]
    public void UTF16_is_not_UTF8() =>
        Assert.IsNull(FhirDocument.ParseJson(Encoding.Unicode.GetBytes("{\"resourceType\":\"Patient\"}"), ParseOptions.Strict).Document);
}
