namespace FhirHub.Unit.Profiles.Assertions;

[TestClass]
public sealed class ReferenceTests
{
    const string Url = "http://example.org/profile";
    const string Named = "http://example.org/named";
    readonly Validating _world = new();

    [TestMethod]
    [DataRow("""{"reference":"Patient/1"}""", "")]
    [DataRow("""{"reference":"http://example.org/fhir/Patient/1/_history/2"}""", "")]
    [DataRow("""{"reference":"Encounter/1"}""", "reference-type Observation.subject")]
    [DataRow("""{"reference":"http://example.org/fhir/Encounter/1"}""", "reference-type Observation.subject")]
    [DataRow("""{"reference":"urn:oid:1.2.3"}""", "")]
    [DataRow("""{"identifier":{"value":"1"},"type":"Encounter"}""", "reference-type Observation.subject")]
    [DataRow("""{"identifier":{"value":"1"},"type":"Patient"}""", "")]
    [DataRow("""{"reference":"Patient/1","type":"Group"}""", "reference-type-differs Observation.subject.type")]
    [DataRow("""{"display":"x","type":"Nonsense"}""", "reference-type-unknown Observation.subject.type")]
    [DataRow("""{"reference":"#absent"}""", "ref-1 Observation.subject")]
    public async Task A_reference_leads_to_a_type_that_is_permitted(string reference, string expected) =>
        Assert.AreEqual(expected, await _world.ErrorsAsync(Observation(reference)));

    [TestMethod]
    public async Task A_contained_resource_counts_by_its_own_type()
    {
        Assert.AreEqual("", await _world.ErrorsAsync(Observation(
            """{"reference":"#p"}""", "\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"p\"}],")));
        Assert.AreEqual("reference-type Observation.subject", await _world.ErrorsAsync(Observation(
            """{"reference":"#p"}""",
            """ "contained":[{"resourceType":"Basic","id":"p","code":{"text":"x"}}], """)));
    }

    [TestMethod]
    [DataRow("""{"resourceType":"Patient","name":[{"text":"x"}]}""", "")]
    [DataRow("""{"resourceType":"Patient"}""", "reference-profile Observation.subject")]
    public async Task What_a_reference_leads_to_meets_its_profile(string patient, string expected)
    {
        Target();
        _world.Store("Patient/1", patient);
        Assert.AreEqual(expected, await _world.ErrorsAsync(Observation("""{"reference":"Patient/1"}"""), Url));
    }

    [TestMethod]
    public async Task What_is_not_here_cannot_be_checked_and_that_is_said()
    {
        Target();
        var issue = (await _world.IssuesAsync(Observation("""{"reference":"Patient/9"}"""), Url)).Single();
        Assert.AreEqual("reference-unchecked", issue.MessageId);
        Assert.IsFalse(issue.IsError);
    }

    [TestMethod]
    public async Task Another_type_than_the_target_profiles_is_refused_without_looking()
    {
        Target();
        Assert.AreEqual(
            "reference-type Observation.subject", await _world.ErrorsAsync(Observation("""{"reference":"Group/1"}"""), Url));
    }

    [TestMethod]
    public async Task Extensions_of_what_a_reference_leads_to_are_judged_by_where_they_stand_there()
    {
        Target();
        string Patient(string where) => "{\"resourceType\":\"Patient\"," + where + "}";
        const string Extension = """
            "extension":[{"url":"http://hl7.org/fhir/StructureDefinition/patient-birthPlace","valueAddress":{"city":"x"}}]
            """;
        _world.Store("Patient/1", Patient("\"name\":[{\"text\":\"x\"}]," + Extension));
        _world.Store("Patient/2", Patient("\"name\":[{\"text\":\"x\"," + Extension + "}]"));
        Assert.AreEqual("", await _world.ErrorsAsync(Observation("""{"reference":"Patient/1"}"""), Url));
        Assert.AreEqual(
            "reference-profile Observation.subject",
            await _world.ErrorsAsync(Observation("""{"reference":"Patient/2"}"""), Url));
    }

    [TestMethod]
    public async Task Resources_that_refer_to_each_other_in_a_circle_come_to_an_end()
    {
        const string Linked = "http://example.org/linked";
        _world.Source.Add(
            Linked, "Patient", ProfileSource.Base + "Patient",
            $$"""
            "path":"Patient.link.other","type":[{"code":"Reference","targetProfile":["{{Linked}}"]}]
            """);
        string Patient(string other) => $$"""
            {"resourceType":"Patient","link":[{"type":"seealso","other":{"reference":"Patient/{{other}}"} }]}
            """;
        _world.Store("Patient/1", Patient("2"));
        _world.Store("Patient/2", Patient("1"));
        Assert.AreEqual("", await _world.ErrorsAsync(Patient("1"), Linked));
    }

    [TestMethod]
    [DataRow("contained", """{"reference":"Patient/1"}""", "reference-aggregation Observation.subject")]
    [DataRow("referenced", """{"reference":"Patient/1"}""", "")]
    [DataRow("referenced", """{"reference":"#p"}""", "reference-aggregation Observation.subject")]
    [DataRow("contained", """{"reference":"#p"}""", "")]
    public async Task Aggregation_says_where_the_resource_has_to_be(string mode, string reference, string expected)
    {
        _world.Source.Add(
            Url, "Observation", ProfileSource.Base + "Observation",
            $$"""
            "path":"Observation.subject","type":[{"code":"Reference",
            "targetProfile":["http://hl7.org/fhir/StructureDefinition/Patient"],"aggregation":["{{mode}}"]}]
            """);
        var contained = reference.Contains('#', StringComparison.Ordinal)
            ? "\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"p\"}],"
            : "";
        Assert.AreEqual(expected, await _world.ErrorsAsync(Observation(reference, contained), Url));
    }

    [TestMethod]
    [DataRow("specific", "Patient/1", "reference-versioning Observation.subject")]
    [DataRow("specific", "Patient/1/_history/1", "")]
    [DataRow("independent", "Patient/1/_history/1", "reference-versioning Observation.subject")]
    [DataRow("either", "Patient/1/_history/1", "")]
    public async Task Versioning_says_whether_a_version_is_named(string versioning, string reference, string expected)
    {
        _world.Source.Add(
            Url, "Observation", ProfileSource.Base + "Observation",
            $$"""
            "path":"Observation.subject","type":[{"code":"Reference",
            "targetProfile":["http://hl7.org/fhir/StructureDefinition/Patient"],"versioning":"{{versioning}}"}]
            """);
        Assert.AreEqual(expected, await _world.ErrorsAsync(Observation($$"""{"reference":"{{reference}}"}"""), Url));
    }

    void Target()
    {
        _world.Source.Add(Named, "Patient", ProfileSource.Base + "Patient", """ "path":"Patient.name","min":1 """);
        _world.Source.Add(
            Url, "Observation", ProfileSource.Base + "Observation",
            $$"""
            "path":"Observation.subject","type":[{"code":"Reference","targetProfile":["{{Named}}"]}]
            """);
    }

    static string Observation(string subject, string more = "") => $$"""
        {"resourceType":"Observation",{{more}}"status":"final","code":{"text":"x"},"subject":{{subject}}}
        """;
}
