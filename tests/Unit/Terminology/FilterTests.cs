namespace FhirHub.Unit.Terminology;

/// <summary>https://hl7.org/fhir/R4/valueset-filter-operator.html</summary>
[TestClass]
public sealed class FilterTests
{
    [TestMethod]
    [DataRow("concept", "=", "cat", "cat")]
    [DataRow("code", "=", "cat", "cat")]
    [DataRow("display", "=", "Cat", "cat")]
    [DataRow("legs", "=", "4", "cat")]
    [DataRow("eats", "=", "fish", "cat fish")]
    [DataRow("class", "=", "Aves", "bird")]
    [DataRow("class", "=", "http://example.org/taxa|Aves", "bird")]
    [DataRow("class", "=", "http://example.org/other|Aves", "")]
    [DataRow("seen", "=", "2026-01-02", "goldfish")]
    [DataRow("parent", "=", "cat", "siamese manx")]
    [DataRow("belongs", "=", "fish", "goldfish")]
    [DataRow("child", "=", "goldfish", "fish pet")]
    [DataRow("notSelectable", "=", "true", "animal")]
    [DataRow("inactive", "=", "true", "dodo")]
    [DataRow("inactive", "=", "false", "animal cat siamese manx bird fish pet goldfish")]
    public void Equals_compares_any_value_of_the_property(string property, string op, string value, string codes) =>
        Assert.AreEqual(codes, World.OfAnimals().Filtered(property, op, value));

    [TestMethod]
    [DataRow("concept", "fish", "fish goldfish")]
    [DataRow("concept", "pet", "pet goldfish")]
    [DataRow("concept", "cat", "cat siamese manx")]
    [DataRow("concept", "animal", "animal cat siamese manx bird dodo fish goldfish")]
    [DataRow("eats", "animal", "cat fish")]
    [DataRow("eats", "bird", "cat")]
    [DataRow("parent", "cat", "siamese manx")]
    public void Is_a_takes_the_concept_and_all_below_it(string property, string value, string codes) =>
        AssertSame(codes, World.OfAnimals().Filtered(property, "is-a", value));

    [TestMethod]
    [DataRow("animal", "cat siamese manx bird dodo fish goldfish")]
    [DataRow("cat", "siamese manx")]
    [DataRow("manx", "")]
    public void Descendent_of_leaves_out_the_concept_itself(string value, string codes) =>
        AssertSame(codes, World.OfAnimals().Filtered("concept", "descendent-of", value));

    [TestMethod]
    [DataRow("concept", "animal", "pet")]
    [DataRow("concept", "pet", "animal cat siamese manx bird dodo fish")]
    [DataRow("eats", "fish", "animal siamese manx bird dodo pet goldfish")]
    public void Is_not_a_takes_everything_else(string property, string value, string codes) =>
        Assert.AreEqual(codes, World.OfAnimals().Filtered(property, "is-not-a", value));

    [TestMethod]
    [DataRow("goldfish", "goldfish fish pet animal")]
    [DataRow("manx", "manx cat animal")]
    [DataRow("animal", "animal")]
    public void Generalizes_takes_the_concept_and_all_above_it(string value, string codes) =>
        AssertSame(codes, World.OfAnimals().Filtered("concept", "generalizes", value));

    [TestMethod]
    [DataRow("code", ".*fish", "fish goldfish")]
    [DataRow("code", "[a-z]{3}", "cat pet")]
    [DataRow("code", "fish|cat", "cat fish")]
    [DataRow("call", "m.*w", "cat")]
    [DataRow("display", "[A-F].*", "animal cat bird dodo fish")]
    [DataRow("code", "(?!gold).*fish", "fish")]
    [DataRow("code", "(.).*\\\\1", "")]
    public void Regex_matches_the_whole_value(string property, string value, string codes) =>
        Assert.AreEqual(codes, World.OfAnimals().Filtered(property, "regex", value));

    [TestMethod]
    [DataRow("concept", "fish,cat", "cat fish")]
    [DataRow("concept", " cat , nobody ", "cat")]
    [DataRow("legs", "0,2", "bird fish")]
    public void In_takes_any_of_a_list(string property, string value, string codes) =>
        AssertSame(codes, World.OfAnimals().Filtered(property, "in", value));

    [TestMethod]
    [DataRow("concept", "animal,cat,siamese,manx,bird,dodo", "fish pet goldfish")]
    [DataRow("legs", "0,2", "animal cat siamese manx dodo pet goldfish")]
    public void Not_in_takes_none_of_a_list(string property, string value, string codes) =>
        Assert.AreEqual(codes, World.OfAnimals().Filtered(property, "not-in", value));

    [TestMethod]
    [DataRow("legs", "true", "cat bird fish")]
    [DataRow("legs", "false", "animal siamese manx dodo pet goldfish")]
    [DataRow("display", "false", "manx")]
    [DataRow("parent", "false", "animal pet")]
    [DataRow("child", "true", "animal cat bird fish pet")]
    [DataRow("inactive", "true", "dodo")]
    public void Exists_asks_for_any_value(string property, string value, string codes) =>
        Assert.AreEqual(codes, World.OfAnimals().Filtered(property, "exists", value));

    [TestMethod]
    [DataRow("child-of", "animal", "cat bird fish")]
    [DataRow("descendent-leaf", "animal", "siamese manx dodo goldfish")]
    [DataRow("descendent-leaf", "manx", "")]
    public void The_operators_of_R5_are_understood(string op, string value, string codes) =>
        AssertSame(codes, World.OfAnimals().Filtered("concept", op, value));

    [TestMethod]
    public void All_filters_of_an_include_must_let_a_code_pass() => Assert.AreEqual("cat", World.OfAnimals().Codes("""
        {"include":[{"system":"http://example.org/animals","filter":[
          {"property":"concept","op":"is-a","value":"animal"},
          {"property":"legs","op":"exists","value":"true"},
          {"property":"code","op":"regex","value":"c.*"}]}]}
        """));

    [TestMethod]
    [DataRow("wings", "=", "2", "property", "has no property 'wings'")]
    [DataRow("concept", "like", "cat", "op", "'like'")]
    [DataRow("concept", "is-a", "unicorn", "value", "no code 'unicorn'")]
    [DataRow("concept", "generalizes", "unicorn", "value", "no code 'unicorn'")]
    [DataRow("legs", "is-a", "cat", "property", "does not name any")]
    [DataRow("eats", "descendent-of", "animal", "property", "'concept'")]
    [DataRow("code", "regex", "(", "value", "no regular expression")]
    [DataRow("legs", "exists", "yes", "value", "true or false")]
    public void A_filter_that_makes_no_sense_is_refused_by_name(
        string property, string op, string value, string element, string text)
    {
        var problem = World.OfAnimals().Refusal(
            $$"""{"include":[{"system":"{{World.Animals}}","filter":[{"property":"{{property}}","op":"{{op}}","value":"{{value}}"}]}]}""");
        Assert.AreEqual("invalid", problem.IssueCode);
        Assert.AreEqual($"ValueSet.compose.include[0].filter[0].{element}", problem.Expression);
        StringAssert.Contains(problem.Text, text);
    }

    static void AssertSame(string expected, string actual) => CollectionAssert.AreEquivalent(
        expected.Split(' '), actual.Split(' '), $"expected {expected}, got {actual}");
}
