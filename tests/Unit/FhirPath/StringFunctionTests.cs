namespace FhirHub.Unit.FhirPath;

/// <summary>Functions on strings.</summary>
[TestClass]
public sealed class StringFunctionTests
{
    [TestMethod]
    [DataRow("'abcabc'.indexOf('c')", "2")]
    [DataRow("'abc'.indexOf('x')", "-1")]
    [DataRow("'abc'.indexOf('')", "0")]
    [DataRow("'abc'.indexOf({})", "")]
    [DataRow("{}.indexOf('a')", "")]
    [DataRow("'abcabc'.lastIndexOf('c')", "5")]
    [DataRow("'abc'.lastIndexOf('x')", "-1")]
    [DataRow("'abc'.lastIndexOf('')", "0")]
    [DataRow("'abcdef'.substring(2)", "cdef")]
    [DataRow("'abcdef'.substring(2, 2)", "cd")]
    [DataRow("'abc'.substring(2, 9)", "c")]
    [DataRow("'abc'.substring(3)", "")]
    [DataRow("'abc'.substring(-1)", "")]
    [DataRow("'abc'.substring(0, 0) = ''", "true")]
    [DataRow("'abc'.substring({})", "")]
    [DataRow("{}.substring(0)", "")]
    [DataRow("('a'|'b').substring(0)", "error")]
    [DataRow("1.substring(0)", "error")]
    [DataRow("gender.substring(0, 1)", "m")]
    public void Parts_of_a_string_are_found_and_cut(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("'abc'.startsWith('ab')", "true")]
    [DataRow("'abc'.startsWith('')", "true")]
    [DataRow("'abc'.startsWith('b')", "false")]
    [DataRow("{}.startsWith('')", "")]
    [DataRow("'abc'.endsWith('bc')", "true")]
    [DataRow("'abc'.endsWith('ab')", "false")]
    [DataRow("'abc'.contains('b')", "true")]
    [DataRow("'abc'.contains('x')", "false")]
    [DataRow("'abc'.contains({})", "")]
    [DataRow("name.startsWith('a')", "error")]
    [DataRow("'abc'.startsWith(1)", "error")]
    public void Tests_on_strings_give_booleans(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("'aBc'.upper()", "ABC")]
    [DataRow("'aBc'.lower()", "abc")]
    [DataRow("'abcabc'.replace('b', 'X')", "aXcaXc")]
    [DataRow("'abc'.replace('', 'x')", "xaxbxcx")]
    [DataRow("'abc'.replace('b', '')", "ac")]
    [DataRow("'abc'.replace({}, 'x')", "")]
    [DataRow("' a b '.trim()", "a b")]
    [DataRow("'abc'.length()", "3")]
    [DataRow("''.length()", "0")]
    [DataRow("{}.length()", "")]
    [DataRow("'ab'.toChars()", "a, b")]
    [DataRow("'a,b,,c'.split(',').count()", "4")]
    [DataRow("'abc'.split('')", "a, b, c")]
    [DataRow("name.given.join('-')", "Peter-James-Jim")]
    [DataRow("name.given.join()", "PeterJamesJim")]
    [DataRow("{}.join(',')", "")]
    [DataRow("(1|2).join(',')", "error")]
    public void Strings_are_rewritten(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("'abc'.matches('b')", "true")]
    [DataRow("'abc'.matches('^b$')", "false")]
    [DataRow("'a\\nb'.matches('a.b')", "true")]
    [DataRow("'abc'.matchesFull('b')", "false")]
    [DataRow("'abc'.matchesFull('a.c')", "true")]
    [DataRow("'abc'.matchesFull('a|abc')", "true")]
    [DataRow("'ABC'.matches('abc', 'i')", "true")]
    [DataRow("'abc'.matches({})", "")]
    [DataRow("'abc'.matches('(')", "error")]
    [DataRow("'a1b2'.replaceMatches('[0-9]', '#')", "a#b#")]
    [DataRow("'a-b'.replaceMatches('(\\\\w)-(\\\\w)', '$2-$1')", "b-a")]
    [DataRow("'abc'.replaceMatches('', 'x')", "abc")]
    [DataRow("'aa'.matches('(a)\\\\1')", "true")]
    public void Patterns_match_anywhere_or_everything(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("'test'.encode('base64')", "dGVzdA==")]
    [DataRow("'subjects?_d'.encode('urlbase64')", "c3ViamVjdHM_X2Q=")]
    [DataRow("'test'.encode('hex')", "74657374")]
    [DataRow("'c3ViamVjdHM_X2Q='.decode('urlbase64')", "subjects?_d")]
    [DataRow("'74657374'.decode('hex')", "test")]
    [DataRow("'!'.decode('base64')", "error")]
    [DataRow("'a'.encode('rot13')", "")]
    [DataRow("{}.encode('hex')", "")]
    [DataRow("'<a>'.escape('html')", "&lt;a&gt;")]
    [DataRow("'\"'.escape('json')", "\\\"")]
    [DataRow("'&lt;'.unescape('html')", "<")]
    [DataRow("'\\\\\"a\\\\u0041\\\\n'.unescape('json') = '\"aA\\n'", "true")]
    public void Encodings_go_there_and_back(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));
}
