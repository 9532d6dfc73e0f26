namespace FhirHub.Unit.FhirPath;

/// <summary>Operators: logic, equality, order, membership and precedence.</summary>
[TestClass]
public sealed class OperatorTests
{
    [TestMethod]
    [DataRow("true and {}", "")]
    [DataRow("false and {}", "false")]
    [DataRow("{} and false", "false")]
    [DataRow("true or {}", "true")]
    [DataRow("{} or true", "true")]
    [DataRow("{} or false", "")]
    [DataRow("true xor true", "false")]
    [DataRow("true xor {}", "")]
    [DataRow("false implies {}", "true")]
    [DataRow("{} implies true", "true")]
    [DataRow("{} implies false", "")]
    [DataRow("true implies false", "false")]
    [DataRow("(0).not()", "false")]
    [DataRow("'text' and true", "true")]
    [DataRow("(true|false) and true", "error")]
    public void Logic_has_three_values(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("false and (1|2)", "false")]
    [DataRow("true or (1|2)", "true")]
    [DataRow("false implies (1|2)", "true")]
    [DataRow("iif(true, 1, (1|2).single())", "1")]
    public void The_right_side_is_left_alone_where_the_left_decides(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("(1|2) = (1|2)", "true")]
    [DataRow("(1|2) = (2|1)", "false")]
    [DataRow("(1|2) = 1", "false")]
    [DataRow("{} = {}", "")]
    [DataRow("1 = {}", "")]
    [DataRow("1 = 1.0", "true")]
    [DataRow("1 = '1'", "false")]
    [DataRow("'a' = 'A'", "false")]
    [DataRow("name = name", "true")]
    [DataRow("name[0] = name[1]", "false")]
    [DataRow("gender = 'male'", "true")]
    [DataRow("gender != 'male'", "false")]
    [DataRow("gender = 'mal'", "false")]
    [DataRow("name.given = 'Jim'", "false")]
    [DataRow("name.given != 'Jim'", "true")]
    [DataRow("name.suffix = 'x'", "")]
    [DataRow("birthDate = '1974-12-25'", "false")]
    [DataRow("'male' = gender", "true")]
    [DataRow("active = true", "true")]
    [DataRow("multipleBirth = 2", "true")]
    public void Equality_compares_collections_in_order(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("(1|2) ~ (2|1)", "true")]
    [DataRow("{} ~ {}", "true")]
    [DataRow("{} ~ 1", "false")]
    [DataRow("'A  b' ~ 'a B'", "true")]
    [DataRow("'ab' ~ 'a b'", "false")]
    [DataRow("1.55 ~ 1.6", "true")]
    [DataRow("1.5 !~ 1.54", "false")]
    [DataRow("1 ~ 1.4", "true")]
    [DataRow("name ~ name", "true")]
    [DataRow("'a' !~ 'b'", "true")]
    [DataRow("1.combine(1).combine(2) ~ 1.combine(2).combine(2)", "false")]
    public void Equivalence_ignores_order_case_and_extra_places(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("1 < 2.5", "true")]
    [DataRow("'a' <= 'a'", "true")]
    [DataRow("'A' < 'a'", "true")]
    [DataRow("2 >= 3", "false")]
    [DataRow("1 > {}", "")]
    [DataRow("1 < 'a'", "error")]
    [DataRow("true < false", "error")]
    [DataRow("name[0] < name[1]", "error")]
    [DataRow("multipleBirth > 1", "true")]
    public void Order_needs_types_that_have_one(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("1 in (1|2)", "true")]
    [DataRow("3 in (1|2)", "false")]
    [DataRow("{} in (1|2)", "")]
    [DataRow("1 in {}", "false")]
    [DataRow("(1|2) contains 2", "true")]
    [DataRow("{} contains 1", "false")]
    [DataRow("(1|2) in (1|2)", "error")]
    [DataRow("'Jim' in name.given", "true")]
    public void Membership_looks_for_an_equal_item(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("1 + 2 * 3", "7")]
    [DataRow("(1 + 2) * 3", "9")]
    [DataRow("10 - 4 - 3", "3")]
    [DataRow("8 / 2 / 2", "2")]
    [DataRow("2 + 3 = 5", "true")]
    [DataRow("1 | 2 = 1", "false")]
    [DataRow("1 = 1 | 2", "false")]
    [DataRow("true or true and false", "true")]
    [DataRow("false implies false or true", "true")]
    [DataRow("-1 + 2", "1")]
    [DataRow("- 2 * 3", "-6")]
    [DataRow("-1.abs()", "-1")]
    [DataRow("(-1).abs()", "1")]
    [DataRow("1 | 1 is Integer", "1, true")]
    [DataRow("1 > 2 is Boolean", "error")]
    [DataRow("not true", "error")]
    [DataRow("'a' & 'b' & 'c'", "abc")]
    [DataRow("1 < 2 and 2 < 3", "true")]
    [DataRow("5 mod 3 + 1", "3")]
    public void Operators_bind_as_the_grammar_says(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("'a' & {}", "a")]
    [DataRow("{} & {}", "")]
    [DataRow("'a' + {}", "")]
    [DataRow("'a' + 'b'", "ab")]
    [DataRow("1 & 'a'", "error")]
    [DataRow("(1|2) & 'a'", "error")]
    public void Concatenation_takes_empty_for_an_empty_string(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));
}
