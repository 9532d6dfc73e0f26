using FhirHub.Core.Model;
using FhirHub.Core.Patches;
using FhirHub.Fhir.Documents;

namespace FhirHub.Unit.Patches;

[TestClass]
public sealed class XmlPatchTests
{
    // The examples of RFC 5261 section 4 in FHIR's words.
    [TestMethod]
    [DataRow("""<add sel="Patient"><multipleBirthInteger value="2"/></add>""", ""","multipleBirthInteger":2}""")]
    [DataRow("""<add sel="Patient/name[1]" type="@id">n1</add>""", "\"name\":[{\"id\":\"n1\",\"family\":\"张\",")]
    [DataRow("""<add sel="Patient/name[2]" pos="prepend"><use value="old"/></add>""", """{"use":"old","text":"B"}""")]
    [DataRow("""<add sel="Patient/name[2]" pos="before"><name><text value="A"/></name></add>""", """{"text":"A"},{"text":"B"}]""")]
    [DataRow("""<add sel="Patient/name[2]" pos="after"><name><text value="C"/></name><name><text value="D"/></name></add>""", """{"text":"B"},{"text":"C"},{"text":"D"}]""")]
    [DataRow("""<add sel="Patient/gender" pos="after"> <birthDate value="2020"/> </add><remove sel="Patient/birthDate[2]"/>""", "\"birthDate\":\"2020\"}")]
    [DataRow("""<replace sel="Patient/birthDate/@value">1950-01</replace>""", "\"birthDate\":\"1950-01\"")]
    [DataRow("""<replace sel="Patient/name[2]"><name><text value="C"/></name></replace>""", "{\"text\":\"C\"}]")]
    [DataRow("""<replace sel="/Patient/name[2]/text/@value">&lt;李&#10;</replace>""", "{\"text\":\"<李\\n\"}]")]
    [DataRow("""<remove sel="Patient/name[1]" ws="after"/>""", "\"name\":[{\"text\":\"B\"}]")]
    [DataRow("""<remove sel="*/*[2]"/>""", "\"id\":\"p1\",\"name\":")]
    [DataRow("""<remove sel="Patient/name/given[@value='Li']"/>""", "\"given\":[\"丽\"]")]
    [DataRow("""<remove sel="Patient/name[given/@value='Li']"/>""", "\"name\":[{\"text\":\"B\"}]")]
    [DataRow("""<remove sel="Patient/name[family/@value=&quot;张&quot;][1]/given[2]"/>""", "\"given\":[\"丽\"]")]
    [DataRow("""<remove sel="f:Patient/f:gender" xmlns:f="http://hl7.org/fhir"/>""", "{\"text\":\"B\"}],\"birthDate\"")]
    [DataRow("""<add sel="Patient/name[2]" type="namespace::x">urn:x</add>""", "{\"text\":\"B\"}]")]
    [DataRow("""<add sel="Patient"><f:photo xmlns:f="http://hl7.org/fhir"><f:title value="t"/></f:photo></add>""", ",\"photo\":[{\"title\":\"t\"}]}")]
    [DataRow("", "\"active\":true")]
    public void Each_directive_does_what_RFC_5261_says(string directives, string expected) =>
        StringAssert.Contains(Apply(Patching.Patient, $"<diff>{directives}</diff>"), expected);

    [TestMethod]
    [DataRow("<diff xmlns='http://hl7.org/fhir'><remove sel='Patient/gender'/></diff>")]
    [DataRow("<diff xmlns:fhir='http://hl7.org/fhir'><remove sel='fhir:Patient/fhir:gender'/></diff>")]
    [DataRow("<p:patch xmlns:p='urn:ietf:rfc:7351'><p:remove sel='Patient/gender'/></p:patch>")]
    [DataRow("<patch xmlns='urn:ietf:rfc:7351'><remove sel='Patient/gender'/></patch>")]
    [DataRow("<?xml version='1.0'?><!-- c --><diff><!-- c --><remove sel=' Patient/child::gender '/></diff>")]
    public void The_root_is_diff_or_patch_in_any_namespace(string patch) =>
        Assert.DoesNotContain("gender", Apply(Patching.Patient, patch));

    [TestMethod]
    public void Elements_are_found_by_their_id()
    {
        var before = """{"resourceType":"Patient","contact":[{"id":"c1","gender":"male"},{"id":"c2","gender":"male"}]}""";
        StringAssert.Contains(
            Apply(before, """<diff><replace sel="id('c2')/gender/@value">other</replace></diff>"""),
            """[{"id":"c1","gender":"male"},{"id":"c2","gender":"other"}]""");
        StringAssert.Contains(
            Apply(before, """<diff><remove sel="id('c1')"/></diff>"""), """[{"id":"c2","gender":"male"}]""");
    }

    [TestMethod]
    public void Narrative_can_be_patched_and_stays_XHTML()
    {
        var before =
            """{"resourceType":"Basic","text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>one</p> <p>two</p></div>"},"code":{"text":"c"}}""";
        const string Xhtml = "xmlns:h='http://www.w3.org/1999/xhtml'";
        StringAssert.Contains(
            Apply(before, $"<diff {Xhtml}><replace sel='Basic/text/h:div/h:p[2]/text()'>三 &amp; four</replace></diff>"),
            "<p>one</p> <p>三 &amp; four</p></div>");
        StringAssert.Contains(
            Apply(before, $"<diff {Xhtml}><add sel=\"Basic/text/h:div/h:p[.='one']\" pos='after'><p><b>x</b></p></add></diff>"),
            "<p>one</p><p><b>x</b></p> <p>two</p></div>");
    }

    [TestMethod]
    public void What_is_not_touched_keeps_its_text()
    {
        var before = """
            {"resourceType":"Observation","status":"final","_status":{"extension":[{"url":"http://e.org/x","valueString":"a\r\n\tb\"<&>丽 \u2028"}]},
             "code":{"text":"c"},"valueQuantity":{"value":1.50},"component":[{"code":{"text":"a"},"valueQuantity":{"value":1E2}}]}
            """;
        var direct = FhirDocument.ParseXml(Patching.Parse(before).ToXml());
        var patched = Apply(before, "<diff><replace sel='Observation/code/text/@value'>c</replace></diff>");
        Assert.AreEqual(System.Text.Encoding.UTF8.GetString(direct.Json.Span), patched);
        StringAssert.Contains(patched, "\"value\":1.50");
        StringAssert.Contains(patched, "\"value\":1E2");
    }

    [TestMethod]
    [DataRow("<diff>", "invalid-diff-format")]
    [DataRow("", "invalid-diff-format")]
    [DataRow("<!DOCTYPE diff [<!ENTITY e 'x'>]><diff>&e;</diff>", "invalid-diff-format")]
    [DataRow("<remove sel='Patient/gender'/>", "the root is not diff")]
    [DataRow("<diff><copy sel='Patient/gender'/></diff>", "diff/*[1]: invalid-patch-directive: 'copy' is none")]
    [DataRow("<diff><remove xmlns='urn:x' sel='Patient/gender'/></diff>", "invalid-patch-directive")]
    [DataRow("<diff><remove sel='Patient/gender'/><remove/></diff>", "diff/*[2]: invalid-attribute-value: remove needs sel")]
    [DataRow("<diff><remove sel='x:Patient/x:gender'/></diff>", "invalid-namespace-prefix: the prefix 'x'")]
    [DataRow("<diff><remove sel='Patient//gender'/></diff>", "invalid-xpath")]
    [DataRow("<diff><remove sel=''/></diff>", "invalid-xpath: it ends where a name is expected")]
    [DataRow("<diff><remove sel='Patient/gender/..'/></diff>", "'..' is not in the XPath")]
    [DataRow("<diff><remove sel='Patient/name[0]'/></diff>", "positions count from 1")]
    [DataRow("<diff><remove sel='Patient/name[last()]'/></diff>", "invalid-xpath")]
    [DataRow("<diff><remove sel='Patient/name[text]'/></diff>", "'=' is expected")]
    [DataRow("<diff><remove sel='Patient/name[text=B]'/></diff>", "a text in quotes")]
    [DataRow("<diff><remove sel='Patient/name[a[1]=\"B\"]'/></diff>", "holds no other predicate")]
    [DataRow("<diff><remove sel='Patient/@id/x'/></diff>", "only an element has something below it")]
    [DataRow("<diff><remove sel='Patient/gender | Patient/name'/></diff>", "is not expected")]
    [DataRow("<diff><remove sel='Patient/gender' ws='all'/></diff>", "ws is before, after or both")]
    [DataRow("<diff><add sel='Patient' pos='last'><photo/></add></diff>", "pos 'last' is none")]
    [DataRow("<diff><add sel='Patient' type='id'>x</add></diff>", "type 'id' is none")]
    [DataRow("<diff><add sel='Patient' type='@xmlns'>x</add></diff>", "type '@xmlns' is none")]
    [DataRow("<diff><add sel='Patient' type='namespace::x'></add></diff>", "invalid-namespace-uri")]
    [DataRow("<diff><add sel='Patient' type='namespace::xmlns'>urn:x</add></diff>", "invalid-namespace-uri")]
    [DataRow("<diff><remove sel=\"processing-instruction('a b')\"/></diff>", "invalid-xpath")]
    [DataRow("<diff><remove sel=\"a[b='1'][b='1'][b='1'][b='1'][b='1'][b='1'][b='1'][b='1'][b='1']\"/></diff>", "more than 8 predicates")]
    [DataRow("<diff><replace sel='Patient/gender'>male</replace></diff>", "invalid-node-types")]
    [DataRow("<diff><replace sel='Patient/gender'><gender value='male'/><gender value='male'/></replace></diff>", "invalid-node-types")]
    [DataRow("<diff><replace sel='Patient/gender/@value'><x/></replace></diff>", "takes text only")]
    public void A_malformed_patch_is_invalid_and_told_by_directive(string patch, string text)
    {
        var problem = Refused(patch);
        Assert.AreEqual(ProblemKind.Invalid, problem.Kind, problem.Text);
        StringAssert.Contains(problem.Text, text);
    }

    [TestMethod]
    [DataRow("<remove sel='Patient/photo'/>", "diff/*[1] remove: unlocated-node: nothing")]
    [DataRow("<remove sel='Patient/name'/>", "unlocated-node: 2 nodes are selected")]
    [DataRow("<remove sel='Patient/name[3]'/>", "unlocated-node: nothing")]
    [DataRow("<remove sel='Patient/text()'/>", "unlocated-node: nothing")]
    [DataRow("<remove sel='Patient/comment()'/>", "unlocated-node: nothing")]
    [DataRow("<remove sel=\"Patient/processing-instruction('x')\"/>", "unlocated-node: nothing")]
    [DataRow("<remove sel=\"id('x')\"/>", "unlocated-node: nothing")]
    [DataRow("<remove sel='name[1]'/>", "unlocated-node: nothing")]
    [DataRow("<remove sel='Patient'/>", "invalid-root-element-operation")]
    [DataRow("<add sel='Patient' pos='before'><Patient/></add>", "invalid-root-element-operation")]
    [DataRow("<add sel='Patient/gender/@value'><x/></add>", "only an element can be added to")]
    [DataRow("<add sel='Patient/gender' type='@value'>male</add>", "the attribute is there already")]
    [DataRow("<add sel='Patient'><language value='zh'/></add>", "must stand before")]
    [DataRow("<add sel='Patient'><x/></add>", "no element 'x'")]
    [DataRow("<remove sel='Patient/gender/@value'/>", "not valid")]
    public void What_cannot_be_applied_is_unprocessable(string directive, string text)
    {
        var problem = Refused($"<diff>{directive}</diff>");
        Assert.AreEqual(ProblemKind.Unprocessable, problem.Kind, problem.Text);
        StringAssert.Contains(problem.Text, text);
    }

    [TestMethod]
    public void A_text_XML_cannot_hold_is_told_with_the_way_around_it()
    {
        var before = """{"resourceType":"Basic","code":{"text":"a\uffff"}}""";
        var problem = Patching.Refused(before, PatchFormat.XmlPatch, "<diff/>");
        StringAssert.Contains(problem.Text, "json-patch");
    }

    static string Apply(string json, string patch) => Patching.Apply(json, PatchFormat.XmlPatch, patch);

    static Problem Refused(string patch) => Patching.Refused(Patching.Patient, PatchFormat.XmlPatch, patch);
}
