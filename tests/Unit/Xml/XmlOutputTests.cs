using System.Text;
using FhirHub.Fhir.Documents;

namespace FhirHub.Unit.Xml;

[TestClass]
public sealed class XmlOutputTests
{
    const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

    [TestMethod]
    public void Elements_are_written_in_the_order_of_the_definitions() =>
        Writes(
            """
            {"birthDate":"1970","name":[{"given":["A","B"],"family":"F","id":"n"},{"text":"T"}],
            "_birthDate":{"extension":[{"valueCode":"c","url":"u"}]},"active":true,"resourceType":"Patient"}
            """,
            """
            <active value="true"/><name id="n"><family value="F"/><given value="A"/><given value="B"/></name>
            <name><text value="T"/></name><birthDate value="1970"><extension url="u"><valueCode value="c"/></extension>
            </birthDate>
            """);

    [TestMethod]
    public void Primitives_without_a_value_have_only_their_extensions() =>
        Writes(
            """
            {"resourceType":"Patient","_active":{"id":"a"},"name":[{"_given":[null,{"id":"x"}],"given":["A",null]},
            {"_given":[{"id":"y"}]}]}
            """,
            """
            <active id="a"/><name><given value="A"/><given id="x"/></name><name><given id="y"/></name>
            """);

    [TestMethod]
    public void Values_are_escaped_so_that_they_survive() =>
        Writes(
            """{"resourceType":"Patient","name":[{"text":"<a b='c'>&\"\t\n\r\u0022\u00e9\ud83d\ude00 ]]>"}]}""",
            """<name><text value="&lt;a b='c'>&amp;&quot;&#x9;&#xA;&#xD;&quot;é😀 ]]>"/></name>""");

    [TestMethod]
    public void Narrative_is_written_as_the_XML_it_is() =>
        Writes(
            """
            {"resourceType":"Patient","text":{"div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">\n&lt;<b>x<\/b></div>",
            "status":"generated"}}
            """,
            "<text><status value=\"generated\"/>"
            + "<div xmlns=\"http://www.w3.org/1999/xhtml\">\n&lt;<b>x</b></div></text>");

    [TestMethod]
    public void Resources_stand_in_an_element_of_their_type() =>
        Writes(
            """{"resourceType":"Patient","contained":[{"id":"b","resourceType":"Basic","code":{"text":"t"}}]}""",
            """<contained><Basic><id value="b"/><code><text value="t"/></code></Basic></contained>""");

    [TestMethod]
    public void Indented_XML_puts_each_element_on_a_line()
    {
        var document = FhirDocument.ParseJson("""{"resourceType":"Patient","name":[{"family":"F"}]}"""u8.ToArray());
        Assert.AreEqual(
            $"""
            {Declaration}
            <Patient xmlns="http://hl7.org/fhir">
              <name>
                <family value="F"/>
              </name>
            </Patient>
            """.ReplaceLineEndings("\n"),
            Encoding.UTF8.GetString(document.ToXml(indented: true)));
    }

    [TestMethod]
    [DataRow("\uFFFE")]
    [DataRow("\\uFFFF")]
    public void Characters_that_XML_cannot_hold_are_refused(string character)
    {
        var json = $$"""{"resourceType":"Patient","name":[{"text":"a{{character}}"}]}""";
        var document = FhirDocument.ParseJson(Encoding.UTF8.GetBytes(json));
        Assert.ThrowsExactly<FhirFormatException>(() => document.ToXml());
    }

    [TestMethod]
    [DataRow("</text><active/><text>")]
    [DataRow("<div>no namespace</div>")]
    [DataRow("<p xmlns='http://www.w3.org/1999/xhtml'>x</p>")]
    [DataRow("<div xmlns='http://www.w3.org/1999/xhtml'>&nbsp;</div>")]
    [DataRow("<div xmlns='http://www.w3.org/1999/xhtml'>a</div><active/>")]
    [DataRow("<!DOCTYPE div><div xmlns='http://www.w3.org/1999/xhtml'>a</div>")]
    [DataRow("<?xml version='1.0'?><div xmlns='http://www.w3.org/1999/xhtml'>a</div>")]
    public void Unchecked_narrative_cannot_inject_markup(string div)
    {
        var json = $$$"""{"resourceType":"Patient","text":{"status":"empty","div":"{{{div}}}"}}""";
        var options = new ParseOptions { ChecksNarrative = false };
        var document = FhirDocument.ParseJson(Encoding.UTF8.GetBytes(json), options).OrThrow();
        Assert.ThrowsExactly<FhirFormatException>(() => document.ToXml());
    }

    [TestMethod]
    [DataRow(
        """
        {"resourceType":"Patient","id":"p","meta":{"tag":[{"system":"s","code":"c"}],"_lastUpdated":{"id":"x"}},
        "text":{"status":"generated",
        "div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>a &amp; b<br/>\r\n</p></div>"},
        "contained":[{"resourceType":"Bundle","type":"batch","entry":[{"resource":{"resourceType":"Basic",
        "code":{"text":"\\\"<&>'\t\n "}}}]}],"extension":[{"url":"u","extension":[{"url":"v","valueDecimal":1.00},
        {"url":"w","_valueString":{"id":"i"}}]}],"name":[{"id":"n","given":["a",null,"b"],"_given":[{"id":"1"},
        {"extension":[{"url":"u","valueString":"s","_valueString":{"extension":[{"url":"v","valueCode":"c"}]}}]},null],
        "_suffix":[{"id":"only"}]}],"deceasedBoolean":false,"multipleBirthInteger":-3}
        """)]
    [DataRow(
        """
        {"resourceType":"Parameters","parameter":[{"name":"a","part":[{"name":"b","valueDecimal":-0.0e+10},{"name":"c",
        "valueTiming":{"event":["2020",null],"_event":[null,{"id":"e"}]}},{"name":"d","part":[{"name":"e",
        "resource":{"resourceType":"Patient","active":true}}]}]},{"name":"z","valueInteger":0}]}
        """)]
    [DataRow(
        """
        {"resourceType":"Questionnaire","status":"draft","item":[{"linkId":"1","type":"group","item":[{"linkId":"1.1",
        "type":"group","item":[{"linkId":"1.1.1","type":"string","text":"é中😀"}]}]}]}
        """)]
    public void JSON_to_XML_and_back_is_the_same_tree(string json)
    {
        var document = FhirDocument.ParseJson(Encoding.UTF8.GetBytes(json));
        foreach (var indented in new[] { false, true })
        {
            var back = FhirDocument.ParseXml(document.ToXml(indented));
            Assert.AreEqual(Show(document.Root), Show(back.Root));
        }
    }

    static void Writes(string json, string content)
    {
        var document = FhirDocument.ParseJson(Encoding.UTF8.GetBytes(json));
        Assert.AreEqual(
            $"{Declaration}<Patient xmlns=\"http://hl7.org/fhir\">{content.ReplaceLineEndings("")}</Patient>",
            Encoding.UTF8.GetString(document.ToXml()).ReplaceLineEndings(""));
    }

    static string Show(FhirNode node)
    {
        // JSON leaves the order of properties open, XML does not.
        var children = node.Children.OrderBy(c => c.Element?.Ordinal).Select(Show);
        return $"{node.Property?.Name}:{node.Type.Name}={node.Text}({string.Join(',', children)})";
    }
}
