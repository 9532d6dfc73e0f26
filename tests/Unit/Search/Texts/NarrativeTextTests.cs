using System.Buffers;
using System.Text;
using FhirHub.Core.Search;

namespace FhirHub.Unit.Search;

[TestClass]
public sealed class NarrativeTextTests
{
    [TestMethod]
    [DataRow("<div>one<p>two</p>three</div>", "|one|two|three|")]
    [DataRow("<div>Metas<b>tases</b></div>", "|Metastases|")]
    [DataRow("<div>a<br/>b<br />c</div>", "|a|b|c|")]
    [DataRow("<div title=\"1 > 0\" id='>'>x</div>", "|x|")]
    [DataRow("<div>a<!-- <p> b --> c</div>", "|a c|")]
    [DataRow("<div><![CDATA[<p>]]]]></div>", "|<p>]]|")]
    [DataRow("<h:div xmlns:h='x'>a<h:span>b</h:span></h:div>", "|ab|")]
    [DataRow("<div>&lt;&#x7CD6;&#23615;&amp;</div>", "|<糖尿&|")]
    [DataRow("<div>a &nbsp; b & c</div>", "|a nbsp; b  c|")]
    [DataRow("<div>糖<i>尿</i>病</div>", "|糖尿病|")]
    [DataRow("<?pi > ?><div>x</div>", "|x|")]
    [DataRow("<blockquote>x</blockquote>", "|x|")]
    [DataRow("no markup", "no markup")]
    [DataRow("<div>never ends", "|never ends")]
    [DataRow("<div>x</div", "|x")]
    [DataRow("<div a=\"", "|")]
    [DataRow("<!-- ", "")]
    [DataRow("", "")]
    public void Texts_are_read_without_their_markup(string xhtml, string expected)
    {
        var text = new ArrayBufferWriter<byte>();
        NarrativeText.Append(Encoding.UTF8.GetBytes(xhtml), text);
        Assert.AreEqual(expected, Encoding.UTF8.GetString(text.WrittenSpan).Replace('\u0001', '|'));
    }
}
