namespace FhirHub.Unit.Profiles.Resources;

[TestClass]
public sealed class DefinitionTests
{
    readonly Validating _world = new();

    [TestMethod]
    [DataRow("\"path\":\"Patient.name\",\"max\":\"1\"", "")]
    [DataRow("\"path\":\"Patient.nonsense\",\"max\":\"1\"", "profile-no-element StructureDefinition.differential.element[1]")]
    [DataRow("\"path\":\"Patient.gender\",\"max\":\"*\"", "profile-max-raised StructureDefinition.differential.element[1]")]
    public async Task A_profile_that_cannot_be_is_told_at_its_element(string element, string expected) =>
        Assert.AreEqual(expected, await _world.ErrorsAsync(Profile(element)));

    [TestMethod]
    public async Task A_base_that_is_not_here_is_told() => Assert.AreEqual(
        "profile-base-unknown StructureDefinition.differential.element[0]",
        await _world.ErrorsAsync(Profile(
            "\"path\":\"Patient.name\",\"max\":\"1\"", "http://example.org/absent")));

    [TestMethod]
    public async Task A_constraint_that_is_no_FHIRPath_is_told_where_it_stands() => Assert.AreEqual(
        "definition-expression-broken StructureDefinition.differential.element[1].constraint[0].expression",
        await _world.ErrorsAsync(Profile(
            """
            "path":"Patient.name","constraint":[{"key":"x-1","severity":"error","human":"x","expression":"family ==="}]
            """)));

    [TestMethod]
    public async Task The_rules_of_StructureDefinitions_hold() =>
        // sdf-8a: In any differential, all the elements must start with the StructureDefinition's specified type name.
        Assert.Contains("invariant StructureDefinition", await _world.ErrorsAsync(
            Profile("\"path\":\"Group.name\",\"max\":\"1\"")));

    [TestMethod]
    [DataRow("name", "")]
    [DataRow("name.where(", "definition-expression-broken SearchParameter.expression")]
    public async Task The_expression_of_a_SearchParameter_is_FHIRPath(string expression, string expected) =>
        Assert.AreEqual(expected, await _world.ErrorsAsync(
            $$"""
            {"resourceType":"SearchParameter","url":"http://example.org/sp","name":"Own","status":"active","description":"x",
            "code":"own","base":["Patient"],"type":"string","expression":"{{expression}}"}
            """));

    [TestMethod]
    [DataRow("\"system\":\"relative\"", "value-set-system-relative ValueSet.compose.include[0].system")]
    [DataRow("\"valueSet\":[\"http://example.org/vs\"]", "value-set-includes-itself ValueSet.compose.include[0].valueSet[0]")]
    [DataRow(
        "\"system\":\"http://hl7.org/fhir/administrative-gender\",\"concept\":[{\"code\":\"unheard-of\"}]",
        "value-set-code-unknown ValueSet.compose.include[0].concept[0].code")]
    [DataRow("\"system\":\"http://hl7.org/fhir/administrative-gender\",\"concept\":[{\"code\":\"male\"}]", "")]
    public async Task A_value_set_draws_on_what_there_is(string include, string expected) =>
        Assert.AreEqual(expected, await _world.AllAsync(
            "{\"resourceType\":\"ValueSet\",\"url\":\"http://example.org/vs\",\"name\":\"Own\",\"status\":\"active\","
            + "\"compose\":{\"include\":[{" + include + "}]}}"));

    static string Profile(string element, string baseUrl = ProfileSource.Base + "Patient") =>
        "{\"resourceType\":\"StructureDefinition\",\"url\":\"http://example.org/p\",\"name\":\"Own\",\"status\":\"draft\","
        + "\"kind\":\"resource\",\"abstract\":false,\"type\":\"Patient\",\"derivation\":\"constraint\","
        + "\"baseDefinition\":\"" + baseUrl + "\",\"differential\":{\"element\":["
        + "{\"id\":\"Patient\",\"path\":\"Patient\"},{\"id\":\"" + element.Split('"')[3] + "\"," + element + "}]}}";
}
