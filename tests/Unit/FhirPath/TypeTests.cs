namespace FhirHub.Unit.FhirPath;

/// <summary>Types: reflection, tests and casts.</summary>
[TestClass]
public sealed class TypeTests
{
    [TestMethod]
    [DataRow("1.type().name", "Integer")]
    [DataRow("1.type().namespace", "System")]
    [DataRow("'a'.type()", "System.String")]
    [DataRow("active.type()", "FHIR.boolean")]
    [DataRow("type().name", "Patient")]
    [DataRow("name.type().name", "HumanName, HumanName")]
    [DataRow("4 days.type().name", "Quantity")]
    [DataRow("{}.type()", "")]
    [DataRow("contained.type().name", "Organization, Practitioner")]
    public void Reflection_names_the_type(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("1 is Integer", "true")]
    [DataRow("1 is System.Integer", "true")]
    [DataRow("1 is integer", "false")]
    [DataRow("active is boolean", "true")]
    [DataRow("active is Boolean", "false")]
    [DataRow("active is FHIR.boolean", "true")]
    [DataRow("gender is code", "true")]
    [DataRow("gender is string", "true")]
    [DataRow("gender is id", "false")]
    [DataRow("$this is Patient", "true")]
    [DataRow("$this is DomainResource", "true")]
    [DataRow("$this is Resource", "true")]
    [DataRow("$this is System.Patient", "false")]
    [DataRow("$this is Bundle", "false")]
    [DataRow("{} is Patient", "")]
    [DataRow("name is HumanName", "error")]
    [DataRow("1 is Nonsense", "error")]
    [DataRow("@2015 is Date", "true")]
    [DataRow("@2015T is DateTime", "true")]
    [DataRow("@T10 is Time", "true")]
    [DataRow("4 'mg' is Quantity", "true")]
    [DataRow("is(Patient)", "true")]
    [DataRow("Patient.is(FHIR.`Patient`)", "true")]
    public void Tests_see_specialised_types(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));

    [TestMethod]
    [DataRow("gender as code", "male")]
    [DataRow("gender as string", "")]
    [DataRow("gender.as(id)", "")]
    [DataRow("gender.ofType(code)", "male")]
    [DataRow("contained.ofType(Practitioner).id", "d1")]
    [DataRow("contained.ofType(DomainResource).id", "o1, d1")]
    [DataRow("contained.as(Practitioner).id", "d1")]
    [DataRow("multipleBirth as integer", "2")]
    [DataRow("multipleBirth.as(boolean)", "")]
    [DataRow("(1|'a'|true).ofType(String)", "a")]
    [DataRow("(1|2.0).ofType(Integer)", "1")]
    [DataRow("gender.as(Nonsense)", "error")]
    [DataRow("gender.ofType(1)", "error")]
    public void Casts_keep_what_is_of_the_type(string expression, string expected) =>
        Assert.AreEqual(expected, Sample.Evaluate(expression));
}
