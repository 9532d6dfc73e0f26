namespace FhirHub.Unit.FhirPath;

/// <summary>What FHIR adds to FHIRPath.</summary>
[TestClass]
public sealed class FhirFunctionTests
{
    [TestMethod]
    [DataRow("extension('http://example.org/e').value", "x")]
    [DataRow("extension('http://example.org/none')", "")]
    [DataRow("birthDate.extension('http://example.org/t').value is dateTime", "true")]
    [DataRow("extension({})", "")]
    [DataRow("1.extension('x')", "")]
    public void Extensions_are_found_by_url(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("birthDate.hasValue()", "true")]
    [DataRow("deceased.hasValue()", "false")]
    [DataRow("deceased.getValue()", "")]
    [DataRow("birthDate.getValue() is Date", "true")]
    [DataRow("name.hasValue()", "false")]
    [DataRow("photo.hasValue()", "false")]
    [DataRow("gender.getValue() is String", "true")]
    public void Values_are_told_from_their_extensions(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("managingOrganization.resolve().name", "One")]
    [DataRow("managingOrganization.reference.resolve().name", "One")]
    [DataRow("generalPractitioner.resolve().name.family", "Doc")]
    [DataRow("contained[1].where(id = 'd1').select('#o1').resolve()", "")]
    [DataRow("name.resolve()", "")]
    [DataRow("'x'.resolve()", "")]
    public void References_within_the_document_resolve(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("%ucum", "http://unitsofmeasure.org")]
    [DataRow("%sct", "http://snomed.info/sct")]
    [DataRow("%loinc", "http://loinc.org")]
    [DataRow("%`vs-administrative-gender`", "http://hl7.org/fhir/ValueSet/administrative-gender")]
    [DataRow("%`ext-patient-birthTime`", "http://hl7.org/fhir/StructureDefinition/patient-birthTime")]
    [DataRow("%'vs-x'", "http://hl7.org/fhir/ValueSet/x")]
    [DataRow("%context.id", "p1")]
    [DataRow("%resource.id", "p1")]
    [DataRow("%rootResource.id", "p1")]
    [DataRow("name.given.select(%resource.id).distinct()", "p1")]
    public void Names_of_the_environment_are_known(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("conformsTo('http://hl7.org/fhir/StructureDefinition/Patient')", "true")]
    [DataRow("conformsTo('http://hl7.org/fhir/StructureDefinition/DomainResource')", "true")]
    [DataRow("conformsTo('http://hl7.org/fhir/StructureDefinition/Person')", "false")]
    [DataRow("conformsTo('http://example.org/unknown')", "error")]
    public void Profiles_of_the_definitions_are_types(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("gender.memberOf('http://x')", "error")]
    [DataRow("gender.subsumes(gender)", "error")]
    [DataRow("elementDefinition()", "error")]
    [DataRow("slice('a', 'b')", "error")]
    [DataRow("photo.memberOf('http://x')", "")]
    public void What_needs_a_terminology_or_a_profile_says_so(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("'<div xmlns=\"http://www.w3.org/1999/xhtml\">a</div>'.htmlChecks()", "true")]
    [DataRow("'<div xmlns=\"http://www.w3.org/1999/xhtml\"><script>a</script></div>'.htmlChecks()", "false")]
    [DataRow("{}.htmlChecks()", "")]
    public void Narrative_is_checked(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("checkModifiers('x').id", "p1")]
    [DataRow("trace('t').id", "p1")]
    [DataRow("name.trace('t', given).use", "official, usual")]
    public void Modifiers_must_be_known(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));
}
