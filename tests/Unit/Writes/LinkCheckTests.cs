using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Storage;
using FhirHub.Core.Writes;
using FhirHub.Fhir.Documents;

namespace FhirHub.Unit.Writes;

/// <summary>https://hl7.org/fhir/R4/references.html#literal</summary>
[TestClass]
public sealed class LinkCheckTests
{
    static readonly Caller Caller = new("t", "test") { BaseUrl = "http://here.example/fhir" };
    static readonly WriteRules Enforce = new(ReferentialIntegrity.Enforce);

    [TestMethod]
    [DataRow("Patient/1", "Patient/1")]
    [DataRow("Patient/1/_history/3", "Patient/1")]
    [DataRow("http://here.example/fhir/Patient/1", "Patient/1")]
    [DataRow("http://here.example/fhir/Patient/1/_history/3", "Patient/1")]
    [DataRow("http://elsewhere.example/fhir/Patient/1", "")]
    [DataRow("http://here.example/fhir/other/Patient/1", "")]
    [DataRow("https://here.example/fhir/Patient/1", "")]
    [DataRow("#p1", "")]
    [DataRow("#", "")]
    [DataRow("urn:uuid:c757873d-ec9a-4326-a141-556f43239520", "")]
    [DataRow("Patient?identifier=1", "")]
    public void Only_references_to_this_server_are_looked_at(string reference, string target)
    {
        var check = Check(Put("o1", Observation("o1", reference)));
        Assert.AreEqual(target, string.Join(' ', check.ForStore.Targets));
        check.ThrowIfBroken();
    }

    [TestMethod]
    [DataRow("Nobody/1")]
    [DataRow("Patient/")]
    [DataRow("fhir/Patient/1")]
    [DataRow("Patient/1_2")]
    [DataRow("1")]
    public void A_relative_reference_that_can_lead_nowhere_is_refused_at_once(string reference)
    {
        var check = Check(Put("o1", Observation("o1", reference)));
        Assert.IsEmpty(check.ForStore.Targets);
        var refused = Assert.ThrowsExactly<FhirException>(check.ThrowIfBroken).Problem;
        Assert.AreEqual(ProblemKind.Unprocessable, refused.Kind);
        Assert.AreEqual("Observation.subject.reference", refused.Expression);
    }

    [TestMethod]
    public void What_the_same_writes_make_is_there_and_what_they_delete_is_not()
    {
        var made = Check(Put("o1", Observation("o1", "Patient/1")), Put("1", """{"resourceType":"Patient","id":"1"}"""));
        Assert.IsEmpty(made.ForStore.Targets);
        made.ThrowIfBroken();
        var deleted = Check(Put("o1", Observation("o1", "Patient/1")), Delete("Patient", "1"));
        Assert.IsEmpty(deleted.ForStore.Targets);
        StringAssert.Contains(
            Assert.ThrowsExactly<FhirException>(deleted.ThrowIfBroken).Message, "deleted by the same request");
    }

    [TestMethod]
    public void Every_element_is_named_by_its_FHIRPath_wherever_it_stands()
    {
        var check = Check(Put("1", """
            {"resourceType":"Patient","id":"1","contained":[{"resourceType":"Organization","id":"o",
            "partOf":{"reference":"Organization/9"}}],
            "extension":[{"url":"http://x.example/a","valueCode":"a"},
            {"url":"http://x.example/b","valueReference":{"reference":"Organization/9"}}],
            "contact":[{"organization":{"reference":"Organization/9"}}],
            "managingOrganization":{"reference":"#o"}}
            """));
        var problem = check.Refusal(new BrokenLinks([new ResourceKey("t", "Organization", "9")], []));
        CollectionAssert.AreEqual(
            new[]
            {
                "Patient.contained[0].partOf.reference", "Patient.extension[1].value.reference",
                "Patient.contact[0].organization.reference",
            },
            new[] { problem }.Concat(problem.More).Select(p => p.Expression).ToList());
    }

    [TestMethod]
    public void In_a_bundle_the_element_is_named_in_its_entry()
    {
        var change = Put("o1", Observation("o1", "Patient/1")) with { Place = "Bundle.entry[4]" };
        var problem = Check(change).Refusal(new BrokenLinks([new ResourceKey("t", "Patient", "1")], []));
        Assert.AreEqual("Bundle.entry[4].resource.subject.reference", problem.Expression);
    }

    [TestMethod]
    public void References_in_the_entries_of_a_bundle_are_the_bundles_own()
    {
        var bundle = "{\"resourceType\":\"Bundle\",\"id\":\"b\",\"type\":\"collection\",\"entry\":[{\"resource\":"
            + Observation("o1", "Patient/1") + "}]}";
        Assert.IsEmpty(Check(Put("b", bundle)).ForStore.Targets);
    }

    [TestMethod]
    public void However_many_there_are_the_answer_stays_short()
    {
        var items = string.Join(',', Enumerable.Range(0, 100).Select(i => $$$"""{"item":{"reference":"Patient/{{{i}}}"}}"""));
        var list = $$"""{"resourceType":"List","id":"l","status":"current","mode":"working","entry":[{{items}}]}""";
        var check = Check(Put("l", list));
        var problem = check.Refusal(new BrokenLinks(check.ForStore.Targets, []));
        Assert.HasCount(20, problem.More);
        StringAssert.Contains(problem.More[^1].Text, "80 more");
    }

    [TestMethod]
    public void Without_rules_nothing_is_looked_at() =>
        Assert.IsNull(LinkCheck.Of([Put("o1", Observation("o1", "Patient/1"))], Caller, WriteRules.None));

    static LinkCheck Check(params WritePlan.Change[] changes) => LinkCheck.Of(changes, Caller, Enforce)
        ?? throw new AssertFailedException("The rules ask for a check.");

    static WritePlan.Change Put(string id, string json)
    {
        var document = FhirDocument.ParseJson(Encoding.UTF8.GetBytes(json), ParseOptions.Lenient).OrThrow();
        return new WritePlan.Change(new ResourceKey("t", document.Type.Name, id), document, WriteMethod.Put);
    }

    static WritePlan.Change Delete(string type, string id) =>
        new(new ResourceKey("t", type, id), null, WriteMethod.Delete);

    static string Observation(string id, string subject) => $$$"""
        {"resourceType":"Observation","id":"{{{id}}}","status":"final","code":{"text":"x"},
        "subject":{"reference":"{{{subject}}}"}}
        """;
}
