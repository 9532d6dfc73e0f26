using System.Text;
using FhirHub.Fhir.Xml;

namespace FhirHub.Unit.Xml;

[TestClass]
public sealed class XmlTokensTests
{
    const int DepthMax = 100;

    [TestMethod]
    public void Tokens_come_in_document_order() =>
        Assert.AreEqual(
            "Comment(<!--c-->) Start(a) Text(x ) Start(b) End(b) CData(<y>) Instruction(<?p d?>) End(a)",
            Read("<!--c--><a>x <b i='1'/><![CDATA[<y>]]><?p d?></a>"));

    [TestMethod]
    [DataRow("<a/>")]
    [DataRow("<a></a >")]
    [DataRow("<a\n\tb = \"1\"\r\nc='2' ></a>")]
    [DataRow("  <a/>\n<!-- -->  <?p?>")]
    [DataRow("<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x41;&#x1F600;</a>")]
    [DataRow("<a b='\"' c=\"'\" d='>'/>")]
    [DataRow("<a>]] ]></a>")]
    [DataRow("<a><!-- - > <b> & --></a>")]
    [DataRow("<é_1.ü-中>文</é_1.ü-中>")]
    [DataRow("<p:a xmlns:p='u'><p:b xml:lang='en' p:c='1' c='2'/></p:a>")]
    [DataRow("<a xmlns='u'><a xmlns=''/></a>")]
    public void Well_formed_XML_is_read_to_its_end(string xml) => Assert.IsNull(Problem(xml).Text);

    [TestMethod]
    [DataRow("", 0, "no root element")]
    [DataRow("<!-- -->", 8, "no root element")]
    [DataRow("<a>", 3, "ends inside the element 'a'")]
    [DataRow("<a", 2, "ends inside a tag")]
    [DataRow("<a></b>", 3, "'b' does not match the open element 'a'")]
    [DataRow("<a><b></a></b>", 6, "'a' does not match the open element 'b'")]
    [DataRow("<a></a2>", 3, "'a2' does not match")]
    [DataRow("</a>", 0, "no element that this tag could end")]
    [DataRow("<a/><b/>", 4, "second root")]
    [DataRow("<a/>x", 4, "follows the root")]
    [DataRow("x<a/>", 0, "precedes the root")]
    [DataRow("<a>]]></a>", 3, "']]>' is not allowed")]
    [DataRow("<a>a & b</a>", 5, "must begin a character reference")]
    [DataRow("<a>&nbsp;</a>", 3, "'&nbsp;' is not defined")]
    [DataRow("<a>&#0;</a>", 3, "must begin")]
    [DataRow("<a>&#xFFFF;</a>", 3, "must begin")]
    [DataRow("<a>&#xD800;</a>", 3, "must begin")]
    [DataRow("<a>&#x110000;</a>", 3, "must begin")]
    [DataRow("<a b='<'/>", 6, "'<' is not allowed in the value")]
    [DataRow("<a b='&'/>", 6, "must begin")]
    [DataRow("<a b=1/>", 5, "must be in quotes")]
    [DataRow("<a b/>", 4, "'=' and a value")]
    [DataRow("<a b='1/>", 5, "does not end")]
    [DataRow("<a b='1'c='2'/>", 8, "White space is expected")]
    [DataRow("<a b='1' b='2'/>", 9, "'b' is there twice")]
    [DataRow("<a xmlns:p='u' xmlns:q='u' p:b='' q:b=''/>", 34, "'q:b' is there twice")]
    [DataRow("<a xmlns='u' xmlns='v'/>", 13, "'xmlns' is there twice")]
    [DataRow("<p:a/>", 1, "'p' is not bound")]
    [DataRow("<a p:b=''/>", 3, "'p' is not bound")]
    [DataRow("<a xmlns:p=''/>", 3, "cannot be bound to no namespace")]
    [DataRow("<a xmlns:xml='u'/>", 3, "belong together")]
    [DataRow("<a xmlns:p='http://www.w3.org/2000/xmlns/'/>", 3, "belong together")]
    [DataRow("<1/>", 1, "name is expected")]
    [DataRow("<a:b:c/>", 4, "White space is expected")]
    [DataRow("< a/>", 1, "name is expected")]
    [DataRow("<a/ >", 2, "must be followed by '>'")]
    [DataRow("<a><!-- -- --></a>", 8, "inside a comment")]
    [DataRow("<a><!-- </a>", 3, "comment does not end")]
    [DataRow("<a><![CDATA[</a>", 3, "CDATA section does not end")]
    [DataRow("<![CDATA[]]><a/>", 0, "After '<!' comes")]
    [DataRow("<a><?xml version='1.0'?></a>", 3, "only at the very beginning")]
    [DataRow("<a><??></a>", 3, "must begin with a name")]
    public void What_is_not_well_formed_is_refused_where_it_stands(string xml, int offset, string text)
    {
        var problem = Problem(xml);
        Assert.Contains(text, problem.Text ?? "");
        Assert.AreEqual(offset, problem.Offset);
    }

    [TestMethod]
    [DataRow("<!DOCTYPE a><a/>", 0)]
    [DataRow("<!DOCTYPE a [<!ENTITY x 'ha'><!ENTITY y '&x;&x;'>]><a>&y;</a>", 0)]
    [DataRow("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", 0)]
    [DataRow("<a><!DOCTYPE b></a>", 3)]
    public void Document_types_are_refused_before_anything_is_expanded(string xml, int offset) =>
        Assert.AreEqual(("A document type declaration is not allowed.", offset), Problem(xml));

    [TestMethod]
    public void Depth_is_limited_without_using_the_stack()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 1_000_000));
        Assert.AreEqual(($"Elements are nested deeper than {DepthMax} levels.", DepthMax * 3), Problem(deep));
    }

    [TestMethod]
    public void An_element_with_too_many_attributes_is_refused()
    {
        var attributes = string.Concat(Enumerable.Range(0, 1000).Select(i => $" a{i}=''"));
        Assert.Contains("at most 64 attributes", Problem($"<a{attributes}/>").Text ?? "");
    }

    [TestMethod]
    public void Namespaces_follow_the_scope_of_their_declarations() =>
        Assert.AreEqual(
            "a:Fhir b:Xhtml c:Xhtml d:Other e:None f:Fhir",
            Namespaces("<a xmlns='http://hl7.org/fhir'><b xmlns='http://www.w3.org/1999/xhtml'><c/></b>"
                + "<p:d xmlns:p='u'/><e xmlns=''/><f/></a>"));

    [TestMethod]
    public void A_namespace_written_with_references_is_the_same_namespace() =>
        Assert.AreEqual("a:Fhir", Namespaces("<a xmlns='http://hl7.org/fhi&#x72;'/>"));

    [TestMethod]
    public void Forbidden_characters_are_found_before_reading()
    {
        Assert.AreEqual(-1, XmlText.FindForbidden("a\t\r\n\u007F\uFFFD\U0001F600"u8));
        Assert.AreEqual(1, XmlText.FindForbidden("a\u0001b"u8));
        Assert.AreEqual(1, XmlText.FindForbidden("a\uFFFEb"u8));
        Assert.AreEqual(3, XmlText.FindForbidden([.. "abc"u8, 0xC3, 0x28]));
    }

    static (string? Text, int Offset) Problem(string xml)
    {
        var tokens = new XmlTokens(Encoding.UTF8.GetBytes(xml), 0, XmlScratch.Rent(), DepthMax);
        while (tokens.Read())
        {
        }

        return (tokens.Problem, tokens.ProblemOffset);
    }

    static string Read(string xml)
    {
        var source = Encoding.UTF8.GetBytes(xml);
        var tokens = new XmlTokens(source, 0, XmlScratch.Rent(), DepthMax);
        var read = new List<string>();
        while (tokens.Read())
        {
            var text = tokens.Token switch
            {
                XmlToken.Start or XmlToken.End => tokens.Name,
                XmlToken.Text or XmlToken.CData => tokens.Content,
                _ => source.AsSpan(tokens.Start..tokens.End),
            };
            read.Add($"{tokens.Token}({Encoding.UTF8.GetString(text)})");
        }

        return string.Join(' ', read);
    }

    static string Namespaces(string xml)
    {
        var tokens = new XmlTokens(Encoding.UTF8.GetBytes(xml), 0, XmlScratch.Rent(), DepthMax);
        var read = new List<string>();
        while (tokens.Read())
        {
            if (tokens.Token == XmlToken.Start)
            {
                read.Add($"{Encoding.UTF8.GetString(tokens.LocalName)}:{tokens.Namespace}");
            }
        }

        return string.Join(' ', read);
    }
}
