using System.Text;
using FhirHub.Fhir.Documents;

namespace FhirHub.Unit.Xml;

[TestClass]
public sealed class XmlParserTests
{
    const string Ns = "xmlns=\"http://hl7.org/fhir\"";

    [TestMethod]
    public void Repeating_elements_become_arrays_and_others_do_not() =>
        Same(
            """{"resourceType":"Patient","active":true,"name":[{"family":"F","given":["A","B"]},{"text":"T"}]}""",
            """
            <Patient xmlns="http://hl7.org/fhir">
              <active value="true"/>
              <name><family value="F"/><given value="A"/><given value="B"/></name>
              <name><text value="T"/></name>
            </Patient>
            """);

    [TestMethod]
    public void Numbers_keep_their_exact_text() =>
        Same(
            """{"resourceType":"Observation","status":"final","code":{"text":"c"},"valueQuantity":{"value":1.50e-3}}""",
            $"""
            <Observation {Ns}><status value="final"/><code><text value="c"/></code>
            <valueQuantity><value value="1.50e-3"/></valueQuantity></Observation>
            """);

    [TestMethod]
    public void Ids_and_extensions_of_primitives_stand_beside_them() =>
        Same(
            """
            {"resourceType":"Patient","_active":{"id":"x"},"birthDate":"1970","_birthDate":{"extension":
            [{"url":"u","valueString":"s","_valueString":{"extension":[{"url":"v","valueCode":"c"}]}}]}}
            """.ReplaceLineEndings(""),
            $"""
            <Patient {Ns}><active id="x"/><birthDate value="1970"><extension url="u"><valueString value="s">
            <extension url="v"><valueCode value="c"/></extension></valueString></extension></birthDate></Patient>
            """);

    [TestMethod]
    public void Arrays_of_primitives_are_padded_with_null() =>
        Same(
            """
            {"resourceType":"Patient","name":[{"given":["A",null,"C","D"],"_given":[null,{"id":"b"},
            {"extension":[{"url":"u","valueString":"s"}]},null]}]}
            """.ReplaceLineEndings(""),
            $"""
            <Patient {Ns}><name><given value="A"/><given id="b"/><given value="C"><extension url="u">
            <valueString value="s"/></extension></given><given value="D"/></name></Patient>
            """);

    [TestMethod]
    public void An_array_without_any_value_is_only_extensions() =>
        Same(
            """{"resourceType":"Patient","name":[{"use":"usual","_given":[{"id":"a"},{"id":"b"}]}]}""",
            $"""<Patient {Ns}><name><use value="usual"/><given id="a"/><given id="b"/></name></Patient>""");

    [TestMethod]
    public void Resources_within_resources_lose_their_own_element() =>
        Same(
            """
            {"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","contained":
            [{"resourceType":"Organization","id":"o","name":"O"}],"managingOrganization":{"reference":"#o"}}}]}
            """.ReplaceLineEndings(""),
            $"""
            <Bundle {Ns}><type value="collection"/><entry><resource><Patient><contained><Organization><id value="o"/>
            <name value="O"/></Organization></contained><managingOrganization><reference value="#o"/>
            </managingOrganization></Patient></resource></entry></Bundle>
            """);

    [TestMethod]
    public void Parameters_nest_as_deep_as_they_like() =>
        Same(
            """
            {"resourceType":"Parameters","parameter":[{"name":"a","part":[{"name":"b","part":[{"name":"c",
            "resource":{"resourceType":"Patient","active":false}}]},{"name":"d","valueInteger":-1}]}]}
            """.ReplaceLineEndings(""),
            $"""
            <Parameters {Ns}><parameter><name value="a"/><part><name value="b"/><part><name value="c"/>
            <resource><Patient><active value="false"/></Patient></resource></part></part>
            <part><name value="d"/><valueInteger value="-1"/></part></parameter></Parameters>
            """);

    [TestMethod]
    public void Prefixes_comments_and_instructions_change_nothing() =>
        Same(
            """{"resourceType":"Patient","name":[{"given":["A","B"]}]}""",
            """
            <?xml version="1.0" encoding="utf-8" standalone="yes"?>
            <!-- c --><?p i?>
            <f:Patient xmlns:f="http://hl7.org/fhir" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
              xsi:schemaLocation="http://hl7.org/fhir ../fhir-all.xsd"><!-- c -->
              <f:name><!-- c --><f:given value="A"><!-- c --></f:given><?p i?><f:given value="B"/><!-- c --></f:name>
            </f:Patient><!-- c -->
            """);

    [TestMethod]
    public void White_space_in_values_is_kept_only_as_references() =>
        Same(
            """{"resourceType":"Patient","name":[{"text":"a  b c\n\t\r\"\\<&>'é"}]}""",
            $"<Patient {Ns}><name>"
            + "<text value='a\t\nb\r\nc&#xA;&#9;&#xD;&quot;\\&lt;&amp;&gt;&apos;&#233;'/></name></Patient>");

    [TestMethod]
    public void A_div_that_stands_alone_is_taken_as_it_is() =>
        Same(
            """
            {"resourceType":"Patient","text":{"status":"generated","div":
            "<div xmlns=\"http://www.w3.org/1999/xhtml\" ><p title='a'>&lt;\n<!-- c --> &#160;</p ><br/></div>"}}
            """.ReplaceLineEndings(""),
            $"<Patient {Ns}><text><status value='generated'/><div xmlns=\"http://www.w3.org/1999/xhtml\" >"
            + "<p title='a'>&lt;\n<!-- c --> &#160;</p ><br/></div></text></Patient>");

    [TestMethod]
    public void A_div_with_prefixes_is_written_without_them() =>
        Same(
            """
            {"resourceType":"Patient","text":{"status":"generated","div":
            "<div xmlns=\"http://www.w3.org/1999/xhtml\" class='a'><p xml:lang=\"en\">x<br/></p></div>"}}
            """.ReplaceLineEndings(""),
            $"<Patient {Ns} xmlns:h='http://www.w3.org/1999/xhtml'><text><status value='generated'/>"
            + "<h:div class='a'><h:p xml:lang=\"en\">x<h:br/></h:p></h:div></text></Patient>");

    [TestMethod]
    public void UTF_16_is_read_with_its_byte_order_mark()
    {
        var xml = $"<?xml version='1.0' encoding='UTF-16'?><Patient {Ns}><name><text value='é中😀'/></name></Patient>";
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            var document = FhirDocument.ParseXml((byte[])[.. encoding.GetPreamble(), .. encoding.GetBytes(xml)]);
            Assert.AreEqual("é中😀", document.Root.At("name.text").Text);
        }
    }

    [TestMethod]
    public void A_UTF_8_byte_order_mark_is_passed_over()
    {
        var xml = Bytes($"<Patient {Ns}><active value='true'/></Patient>");
        var document = FhirDocument.ParseXml((byte[])[0xEF, 0xBB, 0xBF, .. xml]);
        Assert.AreEqual("Patient", document.Type.Name);
    }

    [TestMethod]
    [DataRow("<?xml version='1.0' encoding='ISO-8859-1'?><a/>", "must be UTF-8")]
    [DataRow("<?xml version='1.0' encoding='UTF-16'?><a/>", "must be UTF-8")]
    [DataRow("<?xml version='1.1'?><a/>", "Only XML 1.0")]
    [DataRow("<?xml encoding='UTF-8'?><a/>", "must read")]
    [DataRow("<?xml version='1.0' standalone='maybe'?><a/>", "must read")]
    [DataRow("<\0a\0", "neither UTF-8 nor UTF-16")]
    [DataRow("<a>\u0002</a>", "a character that XML does not allow")]
    public void Encodings_and_versions_that_cannot_be_read_are_named(string xml, string text)
    {
        var result = FhirDocument.ParseXml(Bytes(xml), ParseOptions.Lenient);
        Assert.IsNull(result.Document);
        Assert.Contains(text, result.Issues.Single().Text);
        Assert.AreEqual(IssueSeverity.Fatal, result.Issues[0].Severity);
    }

    [TestMethod]
    public void Too_many_bytes_are_refused_unread()
    {
        var result = FhirDocument.ParseXml(new byte[100], new ParseOptions { BytesMax = 99 });
        Assert.AreEqual(IssueType.TooLong, result.Issues.Single().Code);
    }

    static void Same(string json, string xml)
    {
        var expected = FhirDocument.ParseJson(Bytes(json));
        var actual = FhirDocument.ParseXml(Bytes(xml));
        Assert.AreEqual(Encoding.UTF8.GetString(expected.ToJson()), Encoding.UTF8.GetString(actual.ToJson()));
    }

    static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
