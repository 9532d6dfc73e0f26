using System.Text;
using FhirHub.Core.Model;
using FhirHub.Core.Patches;
using FhirHub.Fhir.Documents;

namespace FhirHub.Unit.Patches;

[TestClass]
public sealed class PatchTests
{
    const int Entries = 5_000;

    [TestMethod]
    [DataRow(PatchFormat.JsonPatch, """[{"op":"replace","path":"/id","value":"p2"}]""")]
    [DataRow(PatchFormat.JsonPatch, """[{"op":"remove","path":"/id"}]""")]
    [DataRow(PatchFormat.XmlPatch, """<diff><replace sel="Patient/id/@value">p2</replace></diff>""")]
    [DataRow(PatchFormat.FhirPathInJson, """{"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"type","valueCode":"delete"},{"name":"path","valueString":"Patient.id"}]}]}""")]
    public void The_id_stays_what_it_is(PatchFormat format, string body)
    {
        var problem = Patching.Refused(Patching.Patient, format, body);
        Assert.AreEqual((ProblemKind.Unprocessable, "Patient.id"), (problem.Kind, problem.Expression));
        StringAssert.Contains(problem.Text, "cannot change, add or remove the resource's id");
    }

    [TestMethod]
    [DataRow(PatchFormat.JsonPatch, """[{"op":"replace","path":"","value":{"resourceType":"Basic","id":"p1","code":{"text":"c"}}}]""")]
    [DataRow(PatchFormat.XmlPatch, """<diff><replace sel="Patient"><Basic><id value="p1"/><code><text value="c"/></code></Basic></replace></diff>""")]
    public void The_type_stays_what_it_is(PatchFormat format, string body)
    {
        var problem = Patching.Refused(Patching.Patient, format, body);
        Assert.AreEqual(ProblemKind.Unprocessable, problem.Kind);
        StringAssert.Contains(problem.Text, "cannot turn a Patient into a Basic");
    }

    [TestMethod]
    public void A_result_that_is_not_valid_is_told_by_its_element()
    {
        var problem = Patching.Refused(
            Patching.Patient, PatchFormat.JsonPatch, """[{"op":"replace","path":"/birthDate","value":"yesterday"}]""");
        Assert.AreEqual((ProblemKind.Unprocessable, "Patient.birthDate"), (problem.Kind, problem.Expression));
        StringAssert.Contains(problem.Text, "not valid");
        Assert.DoesNotContain("yesterday", problem.Text);
    }

    [TestMethod]
    public void Too_many_operations_are_refused()
    {
        const int Many = Patch.OperationsMax + 1;
        var json = string.Join(',', Enumerable.Repeat("""{"op":"test","path":"/active","value":true}""", Many));
        AssertTooLarge(PatchFormat.JsonPatch, $"[{json}]");
        var xml = string.Concat(Enumerable.Repeat("<remove sel='x'/>", Many));
        AssertTooLarge(PatchFormat.XmlPatch, $"<diff>{xml}</diff>");
        var delete = FhirPathPatchTests.Operation("delete path=Patient.photo.where(true)", null);
        AssertTooLarge(
            PatchFormat.FhirPathInJson, FhirPathPatchTests.Parameters([.. Enumerable.Repeat(delete, Many)]));
    }

    [TestMethod]
    public void A_body_too_long_or_too_deep_is_refused()
    {
        AssertTooLarge(PatchFormat.JsonPatch, new string(' ', Patch.BodyBytesMax + 1));
        const int Deep = 100_000;
        var arrays = new string('[', Deep);
        Assert.AreEqual(
            ProblemKind.Invalid, Patching.Refused(Patching.Patient, PatchFormat.JsonPatch, arrays).Kind);
        var elements = string.Concat(Enumerable.Repeat("<a>", Deep)) + string.Concat(Enumerable.Repeat("</a>", Deep));
        Assert.AreEqual(
            ProblemKind.Invalid,
            Patching.Refused(Patching.Patient, PatchFormat.XmlPatch, $"<diff><add sel='Patient'>{elements}</add></diff>").Kind);
    }

    [TestMethod]
    public void Copies_that_double_and_double_are_stopped()
    {
        var copies = string.Join(',', Enumerable.Range(0, 40).Select(i =>
            $$$"""{"op":"add","path":"/a{{{i + 1}}}","value":{}},{"op":"copy","from":"/a{{{i}}}","path":"/a{{{i + 1}}}/x"},{"op":"copy","from":"/a{{{i}}}","path":"/a{{{i + 1}}}/y"}"""));
        AssertTooLarge(PatchFormat.JsonPatch, $$"""[{"op":"add","path":"/a0","value":"12345678901234567890"},{{copies}}]""");
    }

    [TestMethod]
    public void Moves_that_nest_deeper_and_deeper_are_stopped_and_not_a_crash()
    {
        var chain = string.Concat(Enumerable.Repeat("{\"x\":", 100)) + "1" + new string('}', 100);
        var bottom = string.Concat(Enumerable.Repeat("/x", 99));
        var moves = string.Join(',', Enumerable.Range(0, 2_000).Select(_ =>
            $$$"""{"op":"add","path":"/b","value":{{{chain}}}},{"op":"move","from":"/a","path":"/b{{{bottom}}}/x"},{"op":"move","from":"/b","path":"/a"}"""));
        var problem = Patching.Refused(
            Patching.Patient, PatchFormat.JsonPatch, $$$"""[{"op":"add","path":"/a","value":{{{chain}}}},{{{moves}}}]""");
        Assert.AreEqual((ProblemKind.Unprocessable, "too-long"), (problem.Kind, problem.IssueCode));
    }

    // A parse per operation would take many minutes; this only has to tell that apart, on a slow machine too.
    [TestMethod]
    [Timeout(180_000)]
    public void Thousands_of_operations_on_a_large_bundle_stay_fast()
    {
        var bundle = Patching.Parse(Patching.Bundle(Entries));
        var numbers = Enumerable.Range(0, Entries).ToList();
        AssertPatched(bundle, PatchFormat.JsonPatch, "[" + string.Join(',', numbers.Select(i =>
            $$"""{"op":"replace","path":"/entry/{{i}}/resource/birthDate","value":"2020"}""")) + "]");
        AssertPatched(bundle, PatchFormat.XmlPatch, "<diff>" + string.Concat(numbers.Select(i =>
            $"<replace sel='Bundle/entry[{i + 1}]/resource/Patient/birthDate/@value'>2020</replace>")) + "</diff>");
        AssertPatched(bundle, PatchFormat.FhirPathInJson, FhirPathPatchTests.Parameters([.. numbers.Select(i =>
            FhirPathPatchTests.Operation($"replace path=Bundle.entry[{i}].resource.birthDate", "\"valueDate\":\"2020\""))]));
    }

    [TestMethod]
    public void Conditions_find_their_entry_in_a_large_bundle()
    {
        var bundle = Patching.Parse(Patching.Bundle(Entries));
        var patched = Patch.Apply(bundle, PatchFormat.FhirPathInJson, Encoding.UTF8.GetBytes(
            FhirPathPatchTests.Parameters(
                FhirPathPatchTests.Operation("delete path=Bundle.entry.where(resource.id='p4998')", null),
                FhirPathPatchTests.Operation(
                    "replace path=Bundle.entry.resource.where(id='p4999').birthDate", "\"valueDate\":\"2021\""))));
        Assert.AreEqual("2021", patched.Root["entry"].Last().At("resource").First("birthDate").Text);
        Assert.AreEqual(Entries - 1, patched.Root["entry"].Count());
    }

    static void AssertPatched(FhirDocument document, PatchFormat format, string patch)
    {
        var patched = Patch.Apply(document, format, Encoding.UTF8.GetBytes(patch));
        Assert.IsTrue(patched.Root["entry"].All(entry => entry.At("resource").First("birthDate").Text == "2020"));
    }

    static void AssertTooLarge(PatchFormat format, string body) =>
        Assert.AreEqual(ProblemKind.TooLarge, Patching.Refused(Patching.Patient, format, body).Kind);
}
