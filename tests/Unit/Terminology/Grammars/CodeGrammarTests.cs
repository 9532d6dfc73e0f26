using FhirHub.Terminology.Grammars;

namespace FhirHub.Unit.Terminology.Grammars;

[TestClass]
public sealed class CodeGrammarTests
{
    [TestMethod]
    [DataRow("zh", true)]
    [DataRow("zh-CN", true)]
    [DataRow("zh-Hans-CN", true)]
    [DataRow("zh-yue-HK", true)]
    [DataRow("zh-cmn-Hans-CN", true)]
    [DataRow("sl-rozaj-biske-1994", true)]
    [DataRow("de-CH-1996", true)]
    [DataRow("es-419", true)]
    [DataRow("en-a-myext-b-another", true)]
    [DataRow("de-x-goethe", true)]
    [DataRow("x-whatever", true)]
    [DataRow("i-klingon", true)]
    [DataRow("chinese", true)]
    [DataRow("zh_CN", false)]
    [DataRow("z", false)]
    [DataRow("x", false)]
    [DataRow("zh-", false)]
    [DataRow("zh-C", false)]
    [DataRow("zh-CN-CN", false)]
    [DataRow("de-1996-1996", false)]
    [DataRow("en-a", false)]
    [DataRow("en-a-bb-a-cc", false)]
    [DataRow("中文", false)]
    [DataRow("123", false)]
    [DataRow("toolonglanguage", false)]
    [DataRow("", false)]
    public void Language_tags_are_read_by_their_grammar(string code, bool isOne) => Is("urn:ietf:bcp:47", code, isOne);

    [TestMethod]
    [DataRow("application/fhir+json", true)]
    [DataRow("text/plain;charset=utf-8", true)]
    [DataRow("text/plain; charset=\"utf-8\"; x=y", true)]
    [DataRow("application/vnd.ms-excel", true)]
    [DataRow("pdf", false)]
    [DataRow("text/", false)]
    [DataRow("/plain", false)]
    [DataRow("text/plain/x", false)]
    [DataRow("text/plain;", false)]
    [DataRow("text/plain;charset", false)]
    [DataRow("text/pl ain", false)]
    [DataRow("文本/plain", false)]
    [DataRow("", false)]
    public void Media_types_are_read_by_their_grammar(string code, bool isOne) => Is("urn:ietf:bcp:13", code, isOne);

    [TestMethod]
    [DataRow("mm[Hg]", true)]
    [DataRow("10*9/L", true)]
    [DataRow("{score}", true)]
    [DataRow("mmHg", false)]
    [DataRow("", false)]
    public void Units_are_read_by_their_grammar(string code, bool isOne) =>
        Is("http://unitsofmeasure.org", code, isOne);

    [TestMethod]
    public void What_can_be_listed_has_no_grammar() => Assert.IsNull(CodeGrammar.Of("http://loinc.org"));

    static void Is(string url, string code, bool isOne)
    {
        var grammar = CodeGrammar.Of(url) ?? throw new AssertFailedException(url);
        Assert.AreEqual(isOne, grammar.Has(code));
        Assert.AreEqual(isOne, grammar.With([code]).Find(code) >= 0);
    }
}
