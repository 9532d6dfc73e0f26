using FhirHub.Core.Model;
using FhirHub.Core.Validation;

namespace FhirHub.Unit.Profiles.Assertions;

[TestClass]
public sealed class InvariantTests
{
    const string Url = "http://example.org/profile";
    readonly Validating _world = new();

    [TestMethod]
    [DataRow(
        """{"resourceType":"Patient","contact":[{"gender":"male"}]}""", "pat-1 Patient.contact[0]")]
    [DataRow(
        """{"resourceType":"Patient","contact":[{"period":{"start":"2021","end":"2020"},"name":{"text":"x"}}]}""",
        "per-1 Patient.contact[0].period")]
    [DataRow(
        """
        {"resourceType":"Observation","status":"final","code":{"text":"x"},"valueString":"y","dataAbsentReason":{"text":"z"}}
        """,
        "obs-6 Observation")]
    [DataRow(
        """{"resourceType":"Patient","telecom":[{"value":"1"}]}""", "cpt-2 Patient.telecom[0]")]
    [DataRow(
        """
        {"resourceType":"Questionnaire","status":"draft","item":[{"linkId":"1","type":"group","item":[
        {"linkId":"2","type":"group","item":[{"linkId":"3","type":"display","required":true}]}]}]}
        """,
        "que-6 Questionnaire.item[0].item[0].item[0]")]
    [DataRow(
        """
        {"resourceType":"RequestGroup","status":"draft","intent":"plan","action":[{"action":[{"title":"x"}]}]}
        """,
        "rqg-1 RequestGroup.action[0].action[0]")]
    [DataRow(
        """
        {"resourceType":"Observation","status":"final","code":{"text":"x"},
        "component":[{"code":{"text":"x"},"valueString":"y","referenceRange":[{"type":{"text":"z"}}]}]}
        """,
        "obs-3 Observation.component[0].referenceRange[0]")]
    [DataRow(
        """
        {"resourceType":"Patient","contained":[{"resourceType":"Patient","id":"a"}]}
        """,
        "dom-3 Patient")]
    public async Task The_rules_of_R4_hold(string json, string expected)
    {
        var issue = (await _world.IssuesAsync(json)).Single(i => i.IsError);
        Assert.AreEqual("invariant", issue.MessageId);
        Assert.AreEqual(expected, $"{issue.Text.Split(':')[0]} {issue.Expression}");
    }

    [TestMethod]
    [DataRow("error", true)]
    [DataRow("warning", false)]
    public async Task A_rule_of_a_profile_weighs_as_it_says(string severity, bool isError)
    {
        Constrain(severity, "family = 'x'");
        var issue = (await _world.IssuesAsync(Named("y"), Url)).Single();
        Assert.AreEqual("own-1: no x", issue.Text);
        Assert.AreEqual(isError, issue.IsError);
        Assert.AreEqual("Patient.name[0]", issue.Expression);
        Assert.IsEmpty(await _world.IssuesAsync(Named("x"), Url));
    }

    [TestMethod]
    public async Task Rules_may_ask_about_the_resource_and_about_value_sets()
    {
        Constrain("error", "%resource.gender.memberOf('http://hl7.org/fhir/ValueSet/administrative-gender')");
        Assert.AreEqual("", await _world.ErrorsAsync(Named("x"), Url));
        Constrain("error", "%resource.gender.memberOf('http://hl7.org/fhir/ValueSet/observation-status')");
        _world.Changes.Note();
        Assert.AreEqual("invariant Patient.name[0]", await _world.ErrorsAsync(Named("x"), Url));
    }

    [TestMethod]
    public async Task A_rule_that_is_no_FHIRPath_or_fails_is_said_and_no_error()
    {
        Constrain("error", "family ===");
        Assert.AreEqual("invariant-broken", (await _world.IssuesAsync(Named("x"), Url)).Single().MessageId);
        Constrain("error", "given.single() = 'a'");
        _world.Changes.Note();
        var failed = (await _world.IssuesAsync(Named("x\",\"given\":[\"a\",\"b\"],\"text\":\"t"), Url)).Single();
        Assert.AreEqual("invariant-failed", failed.MessageId);
        Assert.IsFalse(failed.IsError);
    }

    [TestMethod]
    public async Task A_rule_may_ask_about_profiles_even_its_own()
    {
        const string Other = "http://example.org/other";
        _world.Source.Add(
            Other, "Patient", ProfileSource.Base + "Patient", """ "path":"Patient.birthDate","min":1 """);
        _world.Source.Add(
            Url, "Patient", ProfileSource.Base + "Patient",
            $$"""
            "path":"Patient","constraint":[{"key":"own-1","severity":"error","human":"x",
            "expression":"conformsTo('{{Url}}') and conformsTo('{{Other}}')"}]
            """);
        Assert.AreEqual("invariant Patient", await _world.ErrorsAsync(Named("x"), Url));
        Assert.AreEqual("", await _world.ErrorsAsync(
            Named("x").Replace("\"gender\"", "\"birthDate\":\"2000\",\"gender\"", StringComparison.Ordinal), Url));
    }

    [TestMethod]
    public async Task Best_practice_is_a_warning_that_can_be_switched_off()
    {
        var patient = ProfileSource.Parse("""{"resourceType":"Patient"}""");
        var request = new ValidationRequest(patient.Root, Caller.Open);
        var on = await _world.Validator.ValidateAsync(request, CancellationToken.None);
        Assert.StartsWith("dom-6", on.Issues.Single().Text);
        Assert.IsTrue(on.IsValid);
        var off = await _world.Validator.ValidateAsync(
            request with { ChecksBestPractice = false }, CancellationToken.None);
        Assert.IsEmpty(off.Issues);
    }

    void Constrain(string severity, string expression) => _world.Source.Add(
        Url, "Patient", ProfileSource.Base + "Patient",
        $$"""
        "path":"Patient.name","constraint":[{"key":"own-1","severity":"{{severity}}","human":"no x","expression":"{{expression}}"}]
        """);

    static string Named(string family) =>
        $$"""{"resourceType":"Patient","gender":"male","name":[{"family":"{{family}}"}]}""";
}
