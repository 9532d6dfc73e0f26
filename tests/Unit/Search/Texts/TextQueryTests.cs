using FhirHub.Core.Search;

namespace FhirHub.Unit.Search;

// https://hl7.org/fhir/R4/search.html#content
[TestClass]
public sealed class TextQueryTests
{
    [TestMethod]
    [DataRow("(bone OR liver) and metastases", "((\"bone\" OR \"liver\") AND \"metastases\")")]
    [DataRow("bone liver", "(\"bone\" AND \"liver\")")]
    [DataRow("\"bone marrow\"", "\"bone marrow\"")]
    [DataRow("“bone marrow”", "\"bone marrow\"")]
    [DataRow("bone NOT (liver OR lung)", "(\"bone\" NOT (\"liver\" OR \"lung\"))")]
    [DataRow("NOT liver bone", "(\"bone\" NOT \"liver\")")]
    [DataRow("bone not", "(\"bone\" AND \"not\")")]
    [DataRow("a OR b c", "(\"a\" OR (\"b\" AND \"c\"))")]
    [DataRow("NOT NOT a", "\"a\"")]
    [DataRow("metast*", "\"metast\"*")]
    [DataRow("糖尿病 高血压", "(\"糖尿 尿病\" AND \"高血 血压\")")]
    [DataRow("（糖尿病　OR 高血壓）", "(\"糖尿 尿病\" OR \"高血 血压\")")]
    [DataRow("病", "\"病\"*")]
    [DataRow("B超", "\"b 超\"*")]
    [DataRow("查B超结果。", "\"查 b 超结 结果\"")]
    [DataRow("\"or\"", "\"or\"")]
    [DataRow("a , b", "(\"a\" AND \"b\")")]
    [DataRow("a:b^c-d", "\"a b c d\"")]
    public void A_query_becomes_an_expression(string text, string expected)
    {
        Assert.IsTrue(TextQuery.TryCompile(text, out var match, out var complaint), complaint);
        Assert.AreEqual(expected, match);
    }

    [TestMethod]
    [DataRow("", "no word")]
    [DataRow("。", "no word")]
    [DataRow("NOT liver", "NOT takes away")]
    [DataRow("bone OR NOT liver", "OR stands between")]
    [DataRow("bone AND", "stand before a word")]
    [DataRow("AND", "stand before a word")]
    [DataRow("(bone", "not closed")]
    [DataRow("bone)", "no ( before")]
    [DataRow("()", "where a word should")]
    [DataRow("\"bone", "not closed")]
    [DataRow("bone NOT (a NOT b)", "a NOT itself")]
    public void A_query_that_cannot_be_answered_is_told_why(string text, string expected)
    {
        Assert.IsFalse(TextQuery.TryCompile(text, out _, out var complaint));
        Assert.Contains(expected, complaint);
    }

    [TestMethod]
    public void A_query_has_a_limit_of_length_and_of_depth()
    {
        Assert.IsFalse(TextQuery.TryCompile(new string('a', 1001), out _, out _));
        Assert.IsFalse(TextQuery.TryCompile(new string('(', 400) + "a" + new string(')', 400), out _, out _));
        Assert.IsFalse(TextQuery.TryCompile(string.Concat(Enumerable.Repeat("NOT ", 200)) + "a", out _, out _));
    }
}
