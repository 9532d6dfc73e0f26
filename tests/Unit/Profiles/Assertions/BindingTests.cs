namespace FhirHub.Unit.Profiles.Assertions;

[TestClass]
public sealed class BindingTests
{
    const string Url = "http://example.org/profile";
    const string Marital = "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus";
    readonly Validating _world = new();

    [TestMethod]
    [DataRow("male", "")]
    [DataRow("unheard-of", "binding-required Patient.gender")]
    public async Task A_code_is_from_its_required_value_set(string code, string expected) =>
        Assert.AreEqual(expected, await _world.ErrorsAsync($$"""{"resourceType":"Patient","gender":"{{code}}"}"""));

    [TestMethod]
    [DataRow("required", "binding-required")]
    [DataRow("extensible", "binding-extensible")]
    [DataRow("preferred", "binding-preferred")]
    [DataRow("example", "")]
    public async Task A_code_outside_weighs_as_the_strength_says(string strength, string expected)
    {
        Bind(strength, "http://hl7.org/fhir/ValueSet/observation-status");
        Assert.AreEqual(expected, await IdsAsync(Concept(Marital, "M")));
    }

    [TestMethod]
    public async Task One_coding_of_a_concept_is_enough()
    {
        Bind("required", "http://hl7.org/fhir/ValueSet/marital-status");
        Assert.AreEqual("", await IdsAsync(
            $$"""{"coding":[{"system":"http://example.org/own","code":"x"},{"system":"{{Marital}}","code":"M"}]}"""));
    }

    [TestMethod]
    public async Task Text_alone_does_not_meet_a_required_binding()
    {
        Bind("required", "http://hl7.org/fhir/ValueSet/marital-status");
        Assert.AreEqual("binding-required", await IdsAsync("""{"text":"married"}"""));
    }

    [TestMethod]
    public async Task A_code_without_its_system_does_not_meet_a_binding()
    {
        Bind("required", "http://hl7.org/fhir/ValueSet/marital-status");
        Assert.AreEqual("binding-required", await IdsAsync("""{"coding":[{"code":"M"}]}"""));
    }

    [TestMethod]
    public async Task The_maximum_value_set_is_never_left()
    {
        _world.Source.Add(
            Url, "Patient", ProfileSource.Base + "Patient",
            """
            "path":"Patient.maritalStatus","binding":{"strength":"example","valueSet":"http://example.org/any","extension":[
            {"url":"http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet",
            "valueCanonical":"http://hl7.org/fhir/ValueSet/observation-status"}]}
            """);
        Assert.AreEqual("binding-max-value-set", await IdsAsync(Concept(Marital, "M")));
    }

    [TestMethod]
    public async Task What_cannot_be_known_is_said_and_no_error()
    {
        Bind("required", "http://example.org/ValueSet/absent");
        var issues = await _world.IssuesAsync(Patient(Concept(Marital, "M")), Url);
        Assert.AreEqual("binding-unchecked", issues.Single().MessageId);
        Assert.IsFalse(issues[0].IsError);
    }

    [TestMethod]
    public async Task A_code_its_system_does_not_have_is_a_warning()
    {
        var issue = (await _world.IssuesAsync(
            """
            {"resourceType":"Basic","code":{"coding":[
            {"system":"http://terminology.hl7.org/CodeSystem/v3-MaritalStatus","code":"unheard-of"}]}}
            """)).Single();
        Assert.AreEqual("code-unknown", issue.MessageId);
        Assert.AreEqual("Basic.code.coding[0].code", issue.Expression);
        Assert.DoesNotContain("unheard-of", issue.Text, "no value of the resource is repeated");
    }

    [TestMethod]
    public async Task A_quantity_is_bound_by_its_unit()
    {
        const string Profile = "http://hl7.org/fhir/StructureDefinition/bodyweight";
        string Weight(string unit) => $$"""
            {"resourceType":"Observation","status":"final","subject":{"reference":"Patient/1"},"effectiveDateTime":"2020-01-01",
            "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}],
            "code":{"coding":[{"system":"http://loinc.org","code":"29463-7"}]},
            "valueQuantity":{"value":80,"unit":"x","system":"http://unitsofmeasure.org","code":"{{unit}}"} }
            """;
        Assert.AreEqual("", await _world.ErrorsAsync(Weight("kg"), Profile));
        Assert.AreEqual("binding-required Observation.value.code", await _world.ErrorsAsync(Weight("cm"), Profile));
    }

    void Bind(string strength, string valueSet) => _world.Source.Add(
        Url, "Patient", ProfileSource.Base + "Patient",
        $$"""
        "path":"Patient.maritalStatus","binding":{"strength":"{{strength}}","valueSet":"{{valueSet}}"}
        """);

    async Task<string> IdsAsync(string concept) => string.Join(
        ' ', (await _world.IssuesAsync(Patient(concept), Url)).Select(issue => issue.MessageId));

    static string Concept(string system, string code) => $$"""{"coding":[{"system":"{{system}}","code":"{{code}}"}]}""";

    static string Patient(string concept) => $$"""{"resourceType":"Patient","maritalStatus":{{concept}}}""";
}
