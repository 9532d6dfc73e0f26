using FhirHub.Core.Patches;

namespace FhirHub.Unit.Patches;

[TestClass]
public sealed class FhirPathPatchTests
{
    const string Lists = """{"resourceType":"Patient","identifier":[{"value":"1"},{"value":"2"},{"value":"3"},{"value":"4"}]}""";

    // The operations of https://hl7.org/fhir/R4/fhirpatch.html on primitives, datatypes, anonymous types and lists.
    [TestMethod]
    [DataRow("add path=Patient name=language", "\"valueCode\":\"zh\"", "\"language\":\"zh\",")]
    [DataRow("add path=Patient name=maritalStatus", "\"valueCodeableConcept\":{\"text\":\"m\"}", ",\"maritalStatus\":{\"text\":\"m\"}}")]
    [DataRow("add path=Patient name=name", "\"valueHumanName\":{\"text\":\"C\"}", "{\"text\":\"B\"},{\"text\":\"C\"}]")]
    [DataRow("add path=Patient.name[1] name=family", "\"valueString\":\"李\"", "{\"text\":\"B\",\"family\":\"李\"}")]
    [DataRow("add path=Patient.name.where(text='B') name=given", "\"valueString\":\"x\"", "{\"text\":\"B\",\"given\":[\"x\"]}")]
    [DataRow("add path=Patient name=deceased", "\"valueBoolean\":false", ",\"deceasedBoolean\":false}")]
    [DataRow("add path=Patient name=deceased[x]", "\"valueDateTime\":\"2020-01\"", ",\"deceasedDateTime\":\"2020-01\"}")]
    [DataRow("add path=Patient name=multipleBirthInteger", "\"valueInteger\":2", ",\"multipleBirthInteger\":2}")]
    [DataRow("add path=Patient.birthDate name=id", "\"valueString\":\"b\"", "\"_birthDate\":{\"id\":\"b\"}")]
    [DataRow("add path=Patient.birthDate name=extension", "\"part\":[{\"name\":\"url\",\"valueUri\":\"http://e.org\"},{\"name\":\"value\",\"valueDecimal\":1.50}]", "\"_birthDate\":{\"extension\":[{\"url\":\"http://e.org\",\"valueDecimal\":1.50}]}")]
    [DataRow("add path=Patient name=contact", "\"part\":[{\"name\":\"name\",\"valueHumanName\":{\"text\":\"c\"}},{\"name\":\"telecom\",\"valueContactPoint\":{\"value\":\"1\"}},{\"name\":\"telecom\",\"valueContactPoint\":{\"value\":\"2\"}}]", ",\"contact\":[{\"name\":{\"text\":\"c\"},\"telecom\":[{\"value\":\"1\"},{\"value\":\"2\"}]}]}")]
    [DataRow("add path=Patient name=contained", "\"resource\":{\"resourceType\":\"Organization\",\"id\":\"o\",\"name\":\"O\"}", "\"contained\":[{\"resourceType\":\"Organization\",\"id\":\"o\",\"name\":\"O\"}]")]
    [DataRow("add path=Patient name=text", "\"part\":[{\"name\":\"status\",\"valueCode\":\"generated\"},{\"name\":\"div\",\"valueString\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">x</div>\"}]", "\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns")]
    [DataRow("insert path=Patient.name index=1", "\"valueHumanName\":{\"text\":\"C\"}", "{\"text\":\"C\"},{\"text\":\"B\"}]")]
    [DataRow("insert path=Patient.name[0].given index=0", "\"valueString\":\"x\"", "\"given\":[\"x\",\"丽\",\"Li\"]")]
    [DataRow("insert path=Patient.name[0].given index=2", "\"valueString\":\"x\"", "\"given\":[\"丽\",\"Li\",\"x\"]")]
    [DataRow("insert path=Patient.photo index=0", "\"valueAttachment\":{\"title\":\"t\"}", "\"photo\":[{\"title\":\"t\"}]")]
    [DataRow("insert path=name.where(text='B').given index=0", "\"valueString\":\"x\"", "{\"text\":\"B\",\"given\":[\"x\"]}")]
    [DataRow("delete path=Patient.gender", null, "{\"text\":\"B\"}],\"birthDate\"")]
    [DataRow("delete path=Patient.name[0].given[1]", null, "\"given\":[\"丽\"]")]
    [DataRow("delete path=Patient.name[1].text", null, "\"given\":[\"丽\",\"Li\"]}],\"gender\"")]
    [DataRow("delete path=Patient.photo", null, "\"active\":true")]
    [DataRow("delete path=Patient.name.where(text='none')", null, "\"text\":\"B\"")]
    [DataRow("replace path=Patient.birthDate", "\"valueDate\":\"1950\"", "\"birthDate\":\"1950\"}")]
    [DataRow("replace path=Patient.name[1]", "\"valueHumanName\":{\"id\":\"n\",\"text\":\"C\"}", "{\"id\":\"n\",\"text\":\"C\"}]")]
    [DataRow("replace path=Patient.name.given.where($this='Li')", "\"valueString\":\"莉\"", "\"given\":[\"丽\",\"莉\"]")]
    [DataRow("replace path=Patient.gender", "\"valueString\":\"male\",\"_valueString\":{\"extension\":[{\"url\":\"http://e.org\",\"valueInteger\":1}]}", "\"gender\":\"male\",\"_gender\":{\"extension\":[{\"url\":\"http://e.org\",\"valueInteger\":1}]}")]
    public void Each_operation_does_what_the_specification_says(string operation, string? value, string expected)
    {
        var after = Patching.Apply(Patching.Patient, PatchFormat.FhirPathInJson, Parameters(Operation(operation, value)));
        StringAssert.Contains(after, expected);
    }

    [TestMethod]
    [DataRow("3>0", "4123")]
    [DataRow("3>2", "1243")]
    [DataRow("0>3", "2341")]
    [DataRow("1>0 2>1", "2314")]
    [DataRow("3>0 3>1 3>2", "4321")]
    [DataRow("2>2", "1234")]
    public void A_move_ends_where_its_destination_says(string moves, string expected)
    {
        var operations = moves.Split(' ').Select(move => Operation(
            $"move path=Patient.identifier source={move[0]} destination={move[2]}", null));
        var after = Patching.Apply(Lists, PatchFormat.FhirPathInJson, Parameters([.. operations]));
        Assert.AreEqual(expected, string.Concat(after.Where(char.IsAsciiDigit)));
    }

    [TestMethod]
    public void A_choice_changes_its_type_when_replaced()
    {
        var before =
            """{"resourceType":"Observation","status":"final","code":{"text":"c"},"valueQuantity":{"value":1.50},"component":[{"code":{"text":"a"},"valueQuantity":{"value":1E2}}]}""";
        var after = Patching.Apply(before, PatchFormat.FhirPathInJson, Parameters(
            Operation("replace path=Observation.value", "\"valueString\":\"s\""),
            Operation("replace path=Observation.component[0].value.value", "\"valueDecimal\":2.00")));
        Assert.AreEqual(
            """{"resourceType":"Observation","status":"final","code":{"text":"c"},"valueString":"s","component":[{"code":{"text":"a"},"valueQuantity":{"value":2.00}}]}""",
            after);
    }

    [TestMethod]
    public void Contained_resources_and_extensions_of_primitives_are_reached()
    {
        var before = """
            {"resourceType":"Patient","contained":[{"resourceType":"Organization","id":"o1","name":"One"},{"resourceType":"Practitioner","id":"d1"}],
            "name":[{"given":["a",null],"_given":[null,{"extension":[{"url":"http://e.org/g","valueCode":"x"}]}]}],
            "birthDate":"2020","_birthDate":{"id":"b","extension":[{"url":"http://e.org/1","valueString":"1"},{"url":"http://e.org/2","valueString":"2"}]},
            "managingOrganization":{"reference":"#o1"}}
            """;
        var after = Patching.Apply(before, PatchFormat.FhirPathInJson, Parameters(
            Operation("replace path=Patient.managingOrganization.resolve().name", "\"valueString\":\"Two\""),
            Operation("delete path=Patient.birthDate.extension.where(url='http://e.org/1')", null),
            Operation("replace path=Patient.name[0].given[1].extension[0].value", "\"valueInteger\":7"),
            Operation("add path=Patient.contained[1] name=active", "\"valueBoolean\":true"),
            Operation("delete path=Patient.contained.where(id='d1').id", null),
            Operation("add path=Patient.contained[1] name=id", "\"valueString\":\"d2\"")));
        Assert.AreEqual(
            """{"resourceType":"Patient","contained":[{"resourceType":"Organization","id":"o1","name":"Two"},{"resourceType":"Practitioner","id":"d2","active":true}]"""
            + ""","name":[{"given":["a",null],"_given":[null,{"extension":[{"url":"http://e.org/g","valueInteger":7}]}]}]"""
            + ""","birthDate":"2020","_birthDate":{"id":"b","extension":[{"url":"http://e.org/2","valueString":"2"}]},"managingOrganization":{"reference":"#o1"}}""",
            after);
    }

    [TestMethod]
    public void Later_operations_see_what_earlier_ones_did_even_while_something_required_is_missing()
    {
        var before = """{"resourceType":"Observation","status":"final","code":{"text":"c"}}""";
        var after = Patching.Apply(before, PatchFormat.FhirPathInJson, Parameters(
            Operation("delete path=Observation.status", null),
            Operation("add path=Observation name=category", "\"valueCodeableConcept\":{\"text\":\"k\"}"),
            Operation("add path=Observation.category.where(text='k') name=id", "\"valueString\":\"i\""),
            Operation("add path=Observation.where(true) name=status", "\"valueCode\":\"amended\"")));
        Assert.AreEqual(
            """{"resourceType":"Observation","status":"amended","category":[{"id":"i","text":"k"}],"code":{"text":"c"}}""",
            after);
    }

    [TestMethod]
    public void The_patch_may_come_as_XML()
    {
        var after = Patching.Apply(Patching.Patient, PatchFormat.FhirPathInXml, """
            <Parameters xmlns="http://hl7.org/fhir"><parameter><name value="operation"/>
              <part><name value="type"/><valueCode value="replace"/></part>
              <part><name value="path"/><valueString value="Patient.birthDate"/></part>
              <part><name value="value"/><valueDate value="1930-01-01"/></part>
            </parameter></Parameters>
            """);
        StringAssert.Contains(after, "\"birthDate\":\"1930-01-01\"");
    }

    [TestMethod]
    public void No_operation_is_no_change() => Assert.AreEqual(
        Patching.Patient,
        Patching.Apply(Patching.Patient, PatchFormat.FhirPathInJson, """{"resourceType":"Parameters"}"""));

    internal static string Parameters(params string[] operations) =>
        $$"""{"resourceType":"Parameters","parameter":[{{string.Join(',', operations)}}]}""";

    /// <summary>
    /// An operation from its type and its parts (<c>insert path=Patient.name index=1</c>) and a value.
    /// </summary>
    internal static string Operation(string text, string? value)
    {
        var words = text.Split(' ');
        var parts = new List<string> { $$"""{"name":"type","valueCode":"{{words[0]}}"}""" };
        foreach (var word in words.Skip(1))
        {
            var (name, content) = (word[..word.IndexOf('=')], word[(word.IndexOf('=') + 1)..]);
            parts.Add(int.TryParse(content, out var number)
                ? $$"""{"name":"{{name}}","valueInteger":{{number}}}"""
                : $$"""{"name":"{{name}}","valueString":"{{content}}"}""");
        }

        if (value is not null)
        {
            parts.Add($$"""{"name":"value",{{value}}}""");
        }

        return $$"""{"name":"operation","part":[{{string.Join(',', parts)}}]}""";
    }
}
