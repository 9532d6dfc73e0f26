namespace FhirHub.Unit.FhirPath;

/// <summary>Functions that filter, project, cut and combine collections.</summary>
[TestClass]
public sealed class CollectionFunctionTests
{
    [TestMethod]
    [DataRow("name.where(use = 'usual').given", "Jim")]
    [DataRow("name.where(given.count() > 1).family", "Chalmers")]
    [DataRow("name.where({})", "")]
    [DataRow("{}.where(true)", "")]
    [DataRow("name.select(given.first())", "Peter, Jim")]
    [DataRow("name.select(given | family)", "Peter, James, Chalmers, Jim")]
    [DataRow("{}.select(1)", "")]
    [DataRow("contained.ofType(Organization).name", "One")]
    [DataRow("name.ofType(Period)", "")]
    public void Filters_keep_what_matches(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("name.exists()", "true")]
    [DataRow("name.empty()", "false")]
    [DataRow("photo.exists()", "false")]
    [DataRow("photo.empty()", "true")]
    [DataRow("{}.empty()", "true")]
    [DataRow("name.exists(use = 'old')", "false")]
    [DataRow("name.all(given.exists())", "true")]
    [DataRow("name.all(family.exists())", "false")]
    [DataRow("{}.all(false)", "true")]
    [DataRow("(true|false).allTrue()", "false")]
    [DataRow("(true|true).allTrue()", "true")]
    [DataRow("{}.allTrue()", "true")]
    [DataRow("(true|false).anyTrue()", "true")]
    [DataRow("{}.anyTrue()", "false")]
    [DataRow("(false|false).allFalse()", "true")]
    [DataRow("(true|false).anyFalse()", "true")]
    [DataRow("(1|2).allTrue()", "error")]
    public void Existence_is_true_or_false(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("name.count()", "2")]
    [DataRow("{}.count()", "0")]
    [DataRow("name.given.count()", "3")]
    [DataRow("name.given.distinct().count()", "3")]
    [DataRow("1.combine(1).distinct()", "1")]
    [DataRow("(1|2).isDistinct()", "true")]
    [DataRow("1.combine(1).isDistinct()", "false")]
    [DataRow("{}.isDistinct()", "true")]
    public void Counting_counts(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("name.given.first()", "Peter")]
    [DataRow("name.given.last()", "Jim")]
    [DataRow("name.given.tail()", "James, Jim")]
    [DataRow("name.given.skip(2)", "Jim")]
    [DataRow("name.given.skip(-1).count()", "3")]
    [DataRow("name.given.skip(9)", "")]
    [DataRow("name.given.take(2)", "Peter, James")]
    [DataRow("name.given.take(0)", "")]
    [DataRow("name.given.take(-1)", "")]
    [DataRow("{}.first()", "")]
    [DataRow("{}.last()", "")]
    [DataRow("{}.tail()", "")]
    [DataRow("active.single()", "true")]
    [DataRow("{}.single()", "")]
    [DataRow("name.single()", "error")]
    [DataRow("name.skip('1')", "error")]
    public void Parts_are_cut_out_by_position(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("1 | 2 | 1", "1, 2")]
    [DataRow("1.combine(2).combine(1)", "1, 2, 1")]
    [DataRow("(1|2).union(2|3)", "1, 2, 3")]
    [DataRow("(1|2|3).intersect(2|3|4)", "2, 3")]
    [DataRow("1.combine(1).intersect(1)", "1")]
    [DataRow("(1|2|3).exclude(2)", "1, 3")]
    [DataRow("1.combine(1).exclude(2)", "1, 1")]
    [DataRow("(1|2).subsetOf(1|2|3)", "true")]
    [DataRow("(1|4).subsetOf(1|2|3)", "false")]
    [DataRow("{}.subsetOf(1)", "true")]
    [DataRow("(1|2|3).supersetOf(1|2)", "true")]
    [DataRow("1.supersetOf({})", "true")]
    [DataRow("name.select(use.union(given))", "official, Peter, James, usual, Jim")]
    public void Sets_know_each_value_once(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("name[1].children()", "usual, Jim")]
    [DataRow("name.children().count()", "6")]
    [DataRow("birthDate.children().count()", "1")]
    [DataRow("name[0].descendants().count()", "4")]
    [DataRow("descendants().where($this is Organization).id", "o1")]
    [DataRow("1.children()", "")]
    [DataRow("(1|2).repeat(iif($this < 5, $this + 1, {}))", "2, 3, 4, 5")]
    [DataRow("'a'.repeat('a')", "a")]
    [DataRow("{}.repeat(1)", "")]
    public void Trees_are_walked_down(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("(1|2|3|4).aggregate($this + $total, 0)", "10")]
    [DataRow("(3|1|2).aggregate(iif($total.empty() or $this < $total, $this, $total))", "1")]
    [DataRow("{}.aggregate($this + $total, 7)", "7")]
    [DataRow("{}.aggregate($this)", "")]
    public void Aggregation_carries_a_total(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("(3|1|2).sort()", "1, 2, 3")]
    [DataRow("('b'|'a').sort()", "a, b")]
    [DataRow("(3|1|2).sort(-$this)", "3, 2, 1")]
    [DataRow("(3|1|2).sort($this desc)", "3, 2, 1")]
    [DataRow("(3|1|2).sort($this asc)", "1, 2, 3")]
    [DataRow("name.sort(family).given.first()", "Jim")]
    [DataRow("name.sort(family desc).given.first()", "Peter")]
    [DataRow("name.sort(use, family).use", "official, usual")]
    [DataRow("{}.sort()", "")]
    [DataRow("(1|'a').sort()", "error")]
    public void Sorting_is_by_keys_and_directions(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("iif(true, 1, 2)", "1")]
    [DataRow("iif(false, 1, 2)", "2")]
    [DataRow("iif({}, 1, 2)", "2")]
    [DataRow("iif(false, 1)", "")]
    [DataRow("name.first().iif(family.exists(), 'f', 'g')", "f")]
    [DataRow("name.iif(true, 1, 2)", "error")]
    [DataRow("iif(true, 1/0, 2)", "")]
    [DataRow("name.given.select(iif($index = 1, $this, {}))", "James")]
    public void A_choice_evaluates_one_branch(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("defineVariable('x', 3).select(%x + 1)", "4")]
    [DataRow("name.given.defineVariable('n').select(%n.count())", "3, 3, 3")]
    [DataRow(
        "name.select(defineVariable('u', use).given.select(%u & $this))",
        "officialPeter, officialJames, usualJim")]
    [DataRow("(defineVariable('x', 1) | name.first()).select(%x)", "error")]
    [DataRow("defineVariable('x', 1).defineVariable('x', 2)", "error")]
    [DataRow("defineVariable('context', 1)", "error")]
    [DataRow("%unknown", "error")]
    public void Variables_are_seen_until_their_scope_ends(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));
}
