namespace FhirHub.Unit.FhirPath;

/// <summary>Steps by element name, indexes and the special names.</summary>
[TestClass]
public sealed class PathTests
{
    [TestMethod]
    [DataRow("name.given", "Peter, James, Jim")]
    [DataRow("Patient.name.given", "Peter, James, Jim")]
    [DataRow("`Patient`.name.`given`", "Peter, James, Jim")]
    [DataRow("name.family", "Chalmers")]
    [DataRow("name.suffix", "")]
    [DataRow("Resource.id", "p1")]
    [DataRow("DomainResource.name.family", "Chalmers")]
    [DataRow("Observation.code", "")]
    [DataRow("contained.id", "o1, d1")]
    [DataRow("contained.name.family", "Doc")]
    public void A_path_gives_every_item_in_document_order(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("multipleBirth", "2")]
    [DataRow("multipleBirthInteger", "")]
    [DataRow("multipleBirth.is(integer)", "true")]
    [DataRow("extension.value", "x")]
    [DataRow("extension.valueString", "")]
    public void A_choice_is_one_element_under_its_own_name(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("name[0].family", "Chalmers")]
    [DataRow("name[1].given", "Jim")]
    [DataRow("name[2]", "")]
    [DataRow("name[-1]", "")]
    [DataRow("name[{}]", "")]
    [DataRow("name['0']", "error")]
    [DataRow("name.given[1]", "James")]
    [DataRow("name[0].given[1]", "James")]
    public void An_index_outside_the_collection_is_empty(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("$this.gender", "male")]
    [DataRow("name.given.where($this = 'Jim')", "Jim")]
    [DataRow("name.given.select($index)", "0, 1, 2")]
    [DataRow("name.where($index = 1).given", "Jim")]
    [DataRow("name.given.$this", "Peter, James, Jim")]
    [DataRow("(1|2|3).aggregate($total + $this, 0)", "6")]
    [DataRow("$total", "")]
    [DataRow("name.select(given.select($index))", "0, 1, 0")]
    public void Special_names_know_their_item(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("birthDate.extension.value", "1974-12-25T14:35:45-05:00")]
    [DataRow("birthDate.extension('http://example.org/t').exists()", "true")]
    [DataRow("deceased.extension.value", "unknown")]
    [DataRow("deceased.exists()", "true")]
    [DataRow("deceased.hasValue()", "false")]
    [DataRow("deceased = true", "")]
    [DataRow("deceased = 'true'", "")]
    [DataRow("deceased and true", "")]
    [DataRow("deceased < 1", "")]
    [DataRow("deceased.toString()", "")]
    public void A_primitive_carries_its_extensions(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));
}
