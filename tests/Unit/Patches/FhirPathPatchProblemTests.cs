using FhirHub.Core.Model;
using FhirHub.Core.Patches;

namespace FhirHub.Unit.Patches;

[TestClass]
public sealed class FhirPathPatchProblemTests
{
    [TestMethod]
    [DataRow("add path=Patient.contact name=gender", "\"valueCode\":\"male\"", "the path finds nothing")]
    [DataRow("add path=Patient.name[0].period name=end", "\"valueDateTime\":\"2020\"", "the path finds nothing")]
    [DataRow("replace path=Patient.photo", "\"valueAttachment\":{\"title\":\"t\"}", "the path finds nothing")]
    [DataRow("replace path=Patient.name[5]", "\"valueHumanName\":{\"text\":\"t\"}", "the path finds nothing")]
    [DataRow("add path=Patient.name name=family", "\"valueString\":\"x\"", "finds 2 elements")]
    [DataRow("delete path=Patient.name", null, "finds 2 elements")]
    [DataRow("delete path=Patient", null, "use DELETE")]
    [DataRow("replace path=Patient", "\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p1\"}", "use PUT")]
    [DataRow("add path=Patient name=gender", "\"valueCode\":\"male\"", "use replace")]
    [DataRow("add path=Patient name=nothing", "\"valueCode\":\"male\"", "no element 'nothing'")]
    [DataRow("add path=Patient name=maritalStatus", "\"valueString\":\"m\"", "Patient.maritalStatus takes a CodeableConcept, not the string given")]
    [DataRow("add path=Patient name=deceased", "\"valueInteger\":1", "takes one of boolean, dateTime, not the integer given")]
    [DataRow("add path=Patient name=deceasedBoolean", "\"valueDateTime\":\"2020\"", "not the dateTime given")]
    [DataRow("replace path=Patient.birthDate", "\"valueDateTime\":\"2020\"", "takes a date, not the dateTime given")]
    [DataRow("add path=Patient name=contact", null, "part value is missing")]
    [DataRow("add path=Patient name=contact", "\"part\":[{\"name\":\"nonsense\",\"valueString\":\"x\"}]", "Patient.contact has no element 'nonsense'")]
    [DataRow("add path=Patient name=contact", "\"part\":[{\"name\":\"gender\",\"valueCode\":\"male\"},{\"name\":\"gender\",\"valueCode\":\"male\"}]", "does not repeat")]
    [DataRow("add path=Patient name=language", "\"part\":[{\"name\":\"x\",\"valueCode\":\"zh\"}]", "its value is given as valueCode")]
    [DataRow("add path=Patient name=contained", "\"part\":[{\"name\":\"id\",\"valueId\":\"zh\"}]", "its value is given as resource")]
    [DataRow("add path=Patient name=deceased", "\"part\":[{\"name\":\"x\",\"valueCode\":\"zh\"}]", "name it, like deceasedBoolean")]
    [DataRow("insert path=Patient.name index=3", "\"valueHumanName\":{\"text\":\"t\"}", "so the index is 0 to 2")]
    [DataRow("insert path=Patient.gender index=0", "\"valueCode\":\"male\"", "does not repeat")]
    [DataRow("insert path=Patient.contact.telecom index=0", "\"valueContactPoint\":{\"value\":\"1\"}", "the path finds nothing")]
    [DataRow("move path=Patient.name source=0 destination=2", null, "below 2")]
    [DataRow("move path=Patient.name source=2 destination=0", null, "below 2")]
    [DataRow("move path=Patient.photo source=0 destination=0", null, "below 0")]
    [DataRow("delete path=Patient.name.count()", null, "a computed value")]
    [DataRow("delete path=Patient.name.single()", null, "cannot be evaluated")]
    [DataRow("replace path=Patient.gender", "\"valueString\":\"a  b\"", "not valid")]
    public void What_cannot_be_applied_is_unprocessable(string operation, string? value, string text)
    {
        var problem = Refused(operation, value);
        Assert.AreEqual(text.Contains("missing") ? ProblemKind.Invalid : ProblemKind.Unprocessable, problem.Kind, problem.Text);
        StringAssert.Contains(problem.Text, text);
    }

    [TestMethod]
    [DataRow("spam path=Patient.name", null, "the type 'spam' does not exist; it is add, insert, delete, replace or move")]
    [DataRow("delete", null, "the part path is missing")]
    [DataRow("delete path=1", null, "the part path has a valueString")]
    [DataRow("delete path=Patient.gender name=x", null, "there is no part 'name'; it takes type, path")]
    [DataRow("delete path=Patient.gender path=Patient.name", null, "stands there twice")]
    [DataRow("add path=Patient", "\"valueCode\":\"x\"", "the part name is missing")]
    [DataRow("replace path=Patient.gender", null, "the part value is missing")]
    [DataRow("insert path=Patient.name", "\"valueString\":\"x\"", "the part index is missing")]
    [DataRow("insert path=Patient.name index=x", "\"valueString\":\"x\"", "the part index has a valueInteger")]
    [DataRow("insert path=Patient.name index=-1", "\"valueString\":\"x\"", "counts from 0")]
    [DataRow("move path=Patient.name source=0", null, "the part destination is missing")]
    [DataRow("move path=Patient.name.where(true) source=0 destination=0", null, "ends with the name of an element")]
    [DataRow("insert path=Patient.nothing index=0", "\"valueString\":\"x\"", "no element 'nothing'")]
    [DataRow("delete path=Patient.birthdate", null, "the path is wrong")]
    [DataRow("delete path=Patient.name[", null, "the path is wrong")]
    public void A_malformed_operation_is_invalid_and_told_by_its_place(string operation, string? value, string text)
    {
        var problem = Refused(operation, value);
        Assert.AreEqual(ProblemKind.Invalid, problem.Kind, problem.Text);
        StringAssert.Contains(problem.Text, text);
        StringAssert.StartsWith(problem.Text, "Parameters.parameter[0]");
        Assert.AreEqual("Parameters.parameter[0]", problem.Expression);
    }

    [TestMethod]
    [DataRow("""{"resourceType":"Patient"}""", "not a Patient")]
    [DataRow("""{"resourceType":"Parameters","parameter":[{"name":"x"}]}""", "named operation")]
    [DataRow("""{"resourceType":"Parameters","parameter":[{"nome":"operation"}]}""", "Did you mean 'name'")]
    [DataRow("[]", "not a valid Parameters resource")]
    public void A_body_that_is_no_patch_is_invalid(string body, string text)
    {
        var problem = Patching.Refused(Patching.Patient, PatchFormat.FhirPathInJson, body);
        Assert.AreEqual(ProblemKind.Invalid, problem.Kind, problem.Text);
        StringAssert.Contains(problem.Text, text);
    }

    [TestMethod]
    public void A_state_in_between_that_is_wrong_stops_the_patch_where_it_is_seen()
    {
        var problem = Patching.Refused(Patching.Patient, PatchFormat.FhirPathInJson, FhirPathPatchTests.Parameters(
            FhirPathPatchTests.Operation("replace path=Patient.gender", "\"valueString\":\"a  b\""),
            FhirPathPatchTests.Operation("delete path=Patient.name.where(text='B')", null)));
        Assert.AreEqual("Parameters.parameter[1]", problem.Expression);
        StringAssert.Contains(problem.Text, "the operations before it");
    }

    static Problem Refused(string operation, string? value) => Patching.Refused(
        Patching.Patient,
        PatchFormat.FhirPathInJson,
        FhirPathPatchTests.Parameters(FhirPathPatchTests.Operation(operation, value)));
}
