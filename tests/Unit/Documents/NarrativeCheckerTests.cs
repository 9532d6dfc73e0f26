using System.Text;
using FhirHub.Fhir.Documents;

namespace FhirHub.Unit.Documents;

[TestClass]
public sealed class NarrativeCheckerTests
{
    [TestMethod]
    [DataRow("plain")]
    [DataRow("&lt;&amp;&#160;&#x41;")]
    [DataRow("<h1>a</h1><p align='left'>b<br/></p><pre width='3' xml:space='preserve'> c </pre><!-- comment -->")]
    [DataRow("<table border='1' cellpadding='2' summary='s'><caption>c</caption><colgroup><col span='2'/></colgroup>"
        + "<thead><tr><th scope='col'>h</th></tr></thead><tbody><tr><td colspan='2'>d</td></tr></tbody></table>")]
    [DataRow("<ul><li>a</li></ul><ol start='3'><li value='4'>b</li></ol><dl><dt>c</dt><dd>d</dd></dl>")]
    [DataRow("<b class='c' id='i' title='t' lang='en' xml:lang='en' dir='rtl' style='color: red'>x</b>")]
    [DataRow("<a name='n'>x</a><a href='Patient/1#a'>x</a><a href='https://example.org/?a=b:c&amp;d'>x</a>"
        + "<a href='mailto:a@b'>x</a><a href='#x'>x</a>")]
    [DataRow("<img src='#photo' alt='a'/>")]
    [DataRow("<img src='Binary/x?y=a:b'/>")]
    [DataRow("<img src='data:image/png;base64,AAAA'/>")]
    [DataRow("<img src='data: image/png;base64,AAAA'/>")]
    [DataRow("<i style='background: rgb(1, 2, 3) url(#a)'>x</i>")]
    [DataRow("<i style='background: url(&quot;data:image/gif;base64,AA&quot;)'>x</i>")]
    [DataRow("<i style='font-family: \"a\\62\"'>x</i>")]
    public void Formatting_is_allowed(string content) =>
        Assert.AreEqual("", Problems(Div(content)));

    [TestMethod]
    [DataRow("script")]
    [DataRow("style")]
    [DataRow("head")]
    [DataRow("body")]
    [DataRow("html")]
    [DataRow("link")]
    [DataRow("meta")]
    [DataRow("base")]
    [DataRow("form")]
    [DataRow("input")]
    [DataRow("button")]
    [DataRow("iframe")]
    [DataRow("frame")]
    [DataRow("object")]
    [DataRow("embed")]
    [DataRow("applet")]
    [DataRow("svg")]
    [DataRow("ins")]
    [DataRow("del")]
    [DataRow("font")]
    [DataRow("center")]
    [DataRow("DIV")]
    public void Elements_that_are_not_formatting_are_refused(string element) =>
        Assert.AreEqual(
            $"44: The element '{element}' is not allowed in narrative.",
            Problems(Div($"x<{element}>x</{element}>")));

    [TestMethod]
    [DataRow("<b onclick='x()'>x</b>", "event attribute 'onclick'")]
    [DataRow("<b OnClick='x()'>x</b>", "attribute 'OnClick' is not allowed on 'b'")]
    [DataRow("<b href='x'>x</b>", "attribute 'href' is not allowed on 'b'")]
    [DataRow("<b nonsense='x'>x</b>", "attribute 'nonsense' is not allowed on 'b'")]
    [DataRow("<b xmlns:x='http://www.w3.org/1999/xlink' x:href='x'>x</b>", "attribute 'x:href' is not allowed")]
    [DataRow("<b xml:base='x'>x</b>", "attribute 'xml:base' is not allowed")]
    [DataRow("<p xmlns=''>x</p>", "element 'p' is not allowed")]
    [DataRow("<s:script xmlns:s='http://www.w3.org/2000/svg'>x</s:script>", "element 's:script' is not allowed")]
    public void Attributes_that_are_not_formatting_are_refused(string content, string text) =>
        Assert.Contains(text, Problems(Div(content)));

    [TestMethod]
    [DataRow("javascript:x()")]
    [DataRow("JavaScript:x()")]
    [DataRow(" \t javascript:x()")]
    [DataRow("java&#10;script:x()")]
    [DataRow("java\nscript&#58;x()")]
    [DataRow("&#106;avascript:x()")]
    [DataRow("javascript&#x3A;x()")]
    [DataRow("vbscript:x()")]
    [DataRow("data:text/html,x")]
    [DataRow("data : text/html,x")]
    [DataRow("DATA:application/xhtml+xml,x")]
    public void Links_that_run_are_refused_however_disguised(string link) =>
        Assert.Contains(": a.href: ", Problems(Div($"<a href='{link}'>x</a>")));

    [TestMethod]
    [DataRow("http://example.org/x.png")]
    [DataRow("https://example.org/x.png")]
    [DataRow("//example.org/x.png")]
    [DataRow("/\\example.org/x.png")]
    [DataRow("&#104;ttp://example.org/x.png")]
    [DataRow("data:text/html,x")]
    [DataRow("javascript:x()")]
    public void Images_from_elsewhere_are_refused(string source) =>
        Assert.Contains(": img.src: ", Problems(Div($"<img src='{source}'/>")));

    [TestMethod]
    [DataRow("background: url(http://example.org/x)")]
    [DataRow("background: URL( 'http://example.org/x' )")]
    [DataRow("background: url&#40;//example.org/x)")]
    [DataRow("background: -webkit-image-set('http://example.org/x' 1x)")]
    [DataRow("width: expression(x())")]
    [DataRow("width: Expression (x())")]
    [DataRow("width: ex/**/pression(x())")]
    [DataRow("background: u\\72l(http://example.org/x)")]
    [DataRow("@import 'http://example.org/x'")]
    public void Styles_that_load_or_run_are_refused(string style) =>
        Assert.Contains(": b.style: ", Problems(Div($"<b style=\"{style}\">x</b>")));

    [TestMethod]
    [DataRow("", "no root element")]
    [DataRow("plain", "precedes the root")]
    [DataRow("<div>x</div>", "in the namespace")]
    [DataRow("<p xmlns='http://www.w3.org/1999/xhtml'>x</p>", "must be a 'div'")]
    [DataRow("<div xmlns='http://www.w3.org/1999/xhtml'>&nbsp;</div>", "'&nbsp;' is not defined")]
    [DataRow("<div xmlns='http://www.w3.org/1999/xhtml'><br></div>", "does not match")]
    [DataRow("<div xmlns='http://www.w3.org/1999/xhtml'>x</div><p/>", "second root")]
    [DataRow("<div xmlns='http://www.w3.org/1999/xhtml'><![CDATA[x]]></div>", "CDATA")]
    [DataRow("<div xmlns='http://www.w3.org/1999/xhtml'>x<?p?></div>", "processing instruction")]
    [DataRow("<!DOCTYPE div><div xmlns='http://www.w3.org/1999/xhtml'>x</div>", "document type")]
    [DataRow("<?xml version='1.0'?><div xmlns='http://www.w3.org/1999/xhtml'>x</div>", "XML declaration")]
    [DataRow("<div xmlns='http://www.w3.org/1999/xhtml'>\u0001</div>", "character here")]
    public void What_is_not_one_XHTML_div_is_refused(string xhtml, string text) =>
        Assert.Contains(text, Problems(xhtml));

    [TestMethod]
    [DataRow("<div xmlns='http://www.w3.org/1999/xhtml'/>")]
    [DataRow("<div xmlns='http://www.w3.org/1999/xhtml'> \n<p> </p><!-- x --><img alt='x'/></div>")]
    public void Narrative_says_something(string xhtml) =>
        Assert.AreEqual("0: The narrative must have some text or an image (txt-2).", Problems(xhtml));

    [TestMethod]
    public void Nesting_is_limited()
    {
        var open = string.Concat(Enumerable.Repeat("<b>", 100_000));
        Assert.Contains("nested deeper", Problems($"<div xmlns='http://www.w3.org/1999/xhtml'>{open}"));
    }

    [TestMethod]
    public void Good_narrative_costs_no_memory()
    {
        var xhtml = Encoding.UTF8.GetBytes(Div("<a href='&#104;ttp:x'>x</a><b style='a: rgb(1)'>&amp;</b>"));
        Assert.IsTrue(NarrativeChecker.Check(xhtml, null));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.IsTrue(NarrativeChecker.Check(xhtml, null));
        Assert.AreEqual(before, GC.GetAllocatedBytesForCurrentThread());
    }

    static string Div(string content) => $"<div xmlns='http://www.w3.org/1999/xhtml'>{content}</div>";

    static string Problems(string xhtml)
    {
        var bytes = Encoding.UTF8.GetBytes(xhtml);
        var problems = new List<NarrativeProblem>();
        Assert.AreEqual(NarrativeChecker.Check(bytes, null), NarrativeChecker.Check(bytes, problems));
        return string.Join('\n', problems.Select(p => $"{p.Offset}: {p.Text}"));
    }
}
