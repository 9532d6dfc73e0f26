namespace FhirHub.Unit.Profiles.Assertions;

[TestClass]
public sealed class ExtensionTests
{
    const string BirthPlace = "http://hl7.org/fhir/StructureDefinition/patient-birthPlace";
    readonly Validating _world = new();

    [TestMethod]
    [DataRow("\"valueAddress\":{\"city\":\"x\"}", "")]
    [DataRow("\"valueString\":\"x\"", "type-not-permitted Patient.extension[0].value")]
    public Task An_extension_has_the_type_its_definition_gives_it(string value, string expected) =>
        PatientAsync($$"""{"url":"{{BirthPlace}}",{{value}}}""", expected);

    [TestMethod]
    public Task An_extension_has_a_value_or_parts_of_its_own() => PatientAsync(
        """{"url":"http://example.org/unknown","valueString":"x","extension":[{"url":"a","valueString":"y"}]}""",
        "ext-1 Patient.extension[0]");

    [TestMethod]
    public Task The_url_of_an_extension_is_absolute() => PatientAsync(
        """{"url":"relative","valueString":"x"}""", "extension-url-relative Patient.extension[0].url");

    [TestMethod]
    public async Task An_unknown_extension_is_information_and_an_unknown_modifier_an_error()
    {
        Assert.AreEqual("extension-unknown Patient.extension[0]", await _world.AllAsync(
            """{"resourceType":"Patient","extension":[{"url":"http://example.org/a","valueString":"x"}]}"""));
        Assert.AreEqual("extension-modifier-unknown Patient.modifierExtension[0]", await _world.ErrorsAsync(
            """{"resourceType":"Patient","modifierExtension":[{"url":"http://example.org/a","valueString":"x"}]}"""));
    }

    [TestMethod]
    public async Task An_extension_is_used_where_its_context_allows()
    {
        var value = $$"""{"url":"{{BirthPlace}}","valueAddress":{"city":"x"} }""";
        Assert.AreEqual(
            "extension-context Basic.extension[0]",
            await _world.ErrorsAsync($$"""{"resourceType":"Basic","code":{"text":"x"},"extension":[{{value}}]}"""));
        Assert.AreEqual(
            "extension-context Patient.name[0].extension[0]",
            await _world.ErrorsAsync($$"""{"resourceType":"Patient","name":[{"text":"x","extension":[{{value}}]}]}"""));
    }

    [TestMethod]
    [DataRow("fhirpath", "Patient.contact.name", "")]
    [DataRow("fhirpath", "Patient.name", "extension-context Patient.contact[0].name.extension[0]")]
    [DataRow("element", "Patient.contact.name", "")]
    [DataRow("element", "HumanName", "")]
    [DataRow("element", "Element", "")]
    [DataRow("element", "Address", "extension-context Patient.contact[0].name.extension[0]")]
    [DataRow("extension", "http://example.org/other", "extension-context Patient.contact[0].name.extension[0]")]
    public async Task Contexts_are_elements_types_expressions_and_other_extensions(
        string kind, string expression, string expected)
    {
        Define("http://example.org/own", kind, expression, isModifier: false);
        Assert.AreEqual(expected, await _world.ErrorsAsync(
            """
            {"resourceType":"Patient","contact":[{"name":{"text":"x","extension":[
            {"url":"http://example.org/own","valueString":"x"}]}}]}
            """));
    }

    [TestMethod]
    public async Task A_modifier_stands_among_modifiers_and_others_do_not()
    {
        Define("http://example.org/modifier", "element", "Patient", isModifier: true);
        Assert.AreEqual("extension-is-modifier Patient.extension[0]", await _world.ErrorsAsync(
            """{"resourceType":"Patient","extension":[{"url":"http://example.org/modifier","valueString":"x"}]}"""));
        Assert.AreEqual("", await _world.ErrorsAsync(
            """{"resourceType":"Patient","modifierExtension":[{"url":"http://example.org/modifier","valueString":"x"}]}"""));
        Assert.AreEqual("extension-no-modifier Patient.modifierExtension[0]", await _world.ErrorsAsync(
            $$"""
            {"resourceType":"Patient","modifierExtension":[{"url":"{{BirthPlace}}","valueAddress":{"city":"x"} }]}
            """));
    }

    [TestMethod]
    public async Task The_invariant_of_a_context_holds_where_the_extension_is()
    {
        Define(
            "http://example.org/own", "element", "Patient", isModifier: false, "\"contextInvariant\":[\"active.exists()\"],");
        const string Extension = "\"extension\":[{\"url\":\"http://example.org/own\",\"valueString\":\"x\"}]";
        Assert.AreEqual(
            "", await _world.ErrorsAsync($$"""{"resourceType":"Patient",{{Extension}},"active":true}"""));
        Assert.AreEqual(
            "extension-context-invariant Patient.extension[0]",
            await _world.ErrorsAsync($$"""{"resourceType":"Patient",{{Extension}}}"""));
    }

    [TestMethod]
    public async Task Extensions_on_primitives_are_checked_as_well() => Assert.AreEqual(
        "extension-context Patient.birthDate.extension[0]",
        await _world.ErrorsAsync(
            $$"""
            {"resourceType":"Patient","birthDate":"2000-01-01","_birthDate":{"extension":[
            {"url":"{{BirthPlace}}","valueAddress":{"city":"x"} }]} }
            """));

    [TestMethod]
    public async Task A_complex_extension_has_the_parts_its_definition_gives_it()
    {
        const string Nationality = "http://hl7.org/fhir/StructureDefinition/patient-nationality";
        Assert.AreEqual("", await _world.ErrorsAsync(
            $$"""
            {"resourceType":"Patient","extension":[{"url":"{{Nationality}}","extension":[
            {"url":"code","valueCodeableConcept":{"text":"x"} }]}]}
            """));
        Assert.AreEqual(
            "type-not-permitted Patient.extension[0].extension[0].value",
            await _world.ErrorsAsync(
                $$"""
                {"resourceType":"Patient","extension":[{"url":"{{Nationality}}","extension":[
                {"url":"code","valueString":"x"}]}]}
                """));
        Assert.AreEqual(
            "cardinality-max Patient.extension[0].extension",
            await _world.ErrorsAsync(
                $$"""
                {"resourceType":"Patient","extension":[{"url":"{{Nationality}}","extension":[
                {"url":"code","valueCodeableConcept":{"text":"x"} },{"url":"code","valueCodeableConcept":{"text":"y"} }]}]}
                """));
    }

    async Task PatientAsync(string extension, string expected) => Assert.AreEqual(
        expected, await _world.ErrorsAsync($$"""{"resourceType":"Patient","extension":[{{extension}}]}"""));

    void Define(string url, string kind, string expression, bool isModifier, string more = "")
    {
        var modifier = isModifier ? """ "isModifier":true,"isModifierReason":"x", """ : "";
        _world.Source.Add(
            "{\"resourceType\":\"StructureDefinition\",\"name\":\"Own\",\"status\":\"active\",\"kind\":\"complex-type\","
            + $"\"url\":\"{url}\",\"abstract\":false,\"type\":\"Extension\",{more}"
            + $"\"context\":[{{\"type\":\"{kind}\",\"expression\":\"{expression}\"}}],"
            + $"\"baseDefinition\":\"{ProfileSource.Base}Extension\",\"derivation\":\"constraint\",\"differential\":"
            + $"{{\"element\":[{{{modifier}\"id\":\"Extension\",\"path\":\"Extension\",\"max\":\"1\"}},"
            + $"{{\"id\":\"Extension.url\",\"path\":\"Extension.url\",\"fixedUri\":\"{url}\"}}]}}}}");
    }
}
