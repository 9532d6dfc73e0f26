namespace FhirHub.Unit.Tidy;

[TestClass]
public sealed class CSharpTextTests
{
    [TestMethod]
    [DataRow("var a = 1; // why", "var a = 1;")]
    [DataRow("a /* b */ c", "a         c")]
    [DataRow("""f("x", 'y');""", "f(   ,    );")]
    [DataRow("""f("a\"b", c);""", "f(      , c);")]
    [DataRow(""" x = @"a\" + b;""", " x =       + b;")]
    [DataRow(""" x = @"a""b" + c;""", " x =         + c;")]
    [DataRow(""" x = $"{a["k"]}{{" + c;""", " x =               + c;")]
    [DataRow("f(\"\") + g('\\'')", "f(  ) + g(    )")]
    [DataRow("f(\"\"\"one \" two\"\"\") + g", "f(               ) + g")]
    [DataRow("#error Don't\nclass C;", "#error Don't\nclass C;")]
    [DataRow("var @class = 1;", "var @class = 1;")]
    [DataRow("\"never closed", "")]
    public void Only_the_code_is_left(string text, string code) =>
        Assert.AreEqual(code, new CSharpText(text).Code.TrimEnd());

    [TestMethod]
    public void Comments_stay_where_they_were()
    {
        var text = new CSharpText("var a = \"// no\"; // yes\n/* and\nthis */ b");

        Assert.AreEqual("                 // yes\n/* and\nthis */  ", text.Comments);
    }
}
