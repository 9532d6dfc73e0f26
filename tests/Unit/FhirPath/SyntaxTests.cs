using FhirHub.Fhir.FhirPath;

namespace FhirHub.Unit.FhirPath;

/// <summary>What the parser refuses, where, and what it makes of literals, comments and names.</summary>
[TestClass]
public sealed class SyntaxTests
{
    [TestMethod]
    [DataRow("", 0, "Expected an expression, found the end of the expression")]
    [DataRow("1 +", 3, "Expected an expression, found the end of the expression")]
    [DataRow("a b", 2, "Expected an operator or the end of the expression, found 'b'")]
    [DataRow("a.", 2, "Expected the name of an element or a function, found the end of the expression")]
    [DataRow("a.1", 2, "Expected the name of an element or a function, found '1'")]
    [DataRow("(1", 2, "Expected ')', found the end of the expression")]
    [DataRow("a[1", 3, "Expected ']', found the end of the expression")]
    [DataRow("{1}", 1, "Expected '}', found '1'")]
    [DataRow("f(1 2)", 4, "Expected ')', found '2'")]
    [DataRow("%", 1, "Expected the name of a variable, found the end of the expression")]
    [DataRow("'abc", 0, "The string is not closed; expected '")]
    [DataRow("`abc", 0, "The string is not closed; expected `")]
    [DataRow(@"'a\x'", 2, "Unknown escape")]
    [DataRow("1 /* 2", 2, "The comment is not closed; expected */")]
    [DataRow("a # b", 2, "'#' has no meaning here")]
    [DataRow("$that", 0, "Expected $this, $index or $total")]
    [DataRow("a is 1", 5, "Expected the name of an element or a function, found '1'")]
    [DataRow("nothing()", 0, "There is no function nothing()")]
    [DataRow("a.where()", 2, "where() takes one criterion")]
    [DataRow("'a'.substring()", 4, "substring() takes 1 to 2 arguments, found 0")]
    [DataRow("a.first(1)", 2, "first() takes 0 arguments, found 1")]
    [DataRow("a is Nonsense", 2, "There is no type Nonsense")]
    [DataRow("@2015-02-30", 0, "There is no such moment as @2015-02-30")]
    [DataRow("99999999999999999999999999999999", 0, "The number is too large")]
    public void An_error_says_where_and_what_was_expected(string expression, int offset, string message)
    {
        var error = Assert.ThrowsExactly<FhirPathException>(() => FhirPathExpression.Compile(expression));

        Assert.AreEqual(offset, error.Offset);
        Assert.StartsWith(message, error.Message);
    }

    [TestMethod]
    public void An_error_counts_lines_and_columns_from_one()
    {
        var error = Assert.ThrowsExactly<FhirPathException>(() => FhirPathExpression.Compile("name\n  .given +\n  ]"));

        Assert.AreEqual((3, 3), (error.Line, error.Column));
        Assert.EndsWith("(at 3:3)", error.Message);
    }

    [TestMethod]
    [DataRow(@"'\'\""\`\\\/\f\n\r\t\u0041'", "'\"`\\/\f\n\r\tA")]
    [DataRow("'plain'", "plain")]
    [DataRow("1.50", "1.50")]
    [DataRow("2147483647", "2147483647")]
    [DataRow("@2015-02-04T14:34:28.123+10:00", "2015-02-04T14:34:28.123+10:00")]
    [DataRow("@2015T", "2015")]
    [DataRow("@T14", "14")]
    [DataRow("4 days", "4 days")]
    [DataRow("4 'mg'", "4 'mg'")]
    [DataRow("true", "true")]
    [DataRow("{}", "")]
    [DataRow("1 // to the end of the line\n + 1", "2")]
    [DataRow("/* in */ 1 /* between */ + 1", "2")]
    public void Literals_and_comments_are_read(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("contains")]
    [DataRow("a.contains.in.as.is")]
    [DataRow("repeat(contains)")]
    [DataRow("contains contains contains")]
    [DataRow("`and`.`or`")]
    public void Keywords_are_names_where_no_operator_can_stand(string expression) =>
        Assert.AreEqual(expression, FhirPathExpression.Compile(expression).Text);

    [TestMethod]
    public void The_syntax_tree_is_open_to_readers()
    {
        var syntax = FhirPathExpression.Compile("Patient.name.where(use = 'usual') | 1").Syntax;

        var union = (Expr.Binary)syntax;
        var where = (Expr.Call)union.Left;
        var criterion = (Expr.Binary)where.Arguments[0];
        Assert.AreEqual(BinaryOperator.Union, union.Operator);
        Assert.AreEqual("where", where.Function);
        Assert.AreEqual(new Expr.Member(19, null, "use"), criterion.Left);
        Assert.AreEqual(13, where.Offset);
    }
}
