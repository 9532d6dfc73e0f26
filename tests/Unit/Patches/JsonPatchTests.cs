using FhirHub.Core.Model;
using FhirHub.Core.Patches;

namespace FhirHub.Unit.Patches;

[TestClass]
public sealed class JsonPatchTests
{
    [TestMethod]
    [DataRow("""[{"op":"add","path":"/maritalStatus","value":{"text":"m"}}]""", ""","maritalStatus":{"text":"m"}}""")]
    [DataRow("""[{"op":"add","path":"/name/0/given/1","value":"x"}]""", "\"given\":[\"丽\",\"x\",\"Li\"]")]
    [DataRow("""[{"op":"add","path":"/name/0/given/2","value":"x"}]""", "\"given\":[\"丽\",\"Li\",\"x\"]")]
    [DataRow("""[{"op":"add","path":"/name/0/given/-","value":"x"}]""", "\"given\":[\"丽\",\"Li\",\"x\"]")]
    [DataRow("""[{"op":"add","path":"/gender","value":"male"}]""", "\"gender\":\"male\"")]
    [DataRow("""[{"op":"remove","path":"/name/0"}]""", "\"name\":[{\"text\":\"B\"}]")]
    [DataRow("""[{"op":"remove","path":"/name/0/given/0"}]""", "\"given\":[\"Li\"]")]
    [DataRow("""[{"op":"replace","path":"/birthDate","value":"1950-01"}]""", "\"birthDate\":\"1950-01\"")]
    [DataRow("""[{"op":"replace","path":"/name/1","value":{"text":"C"}}]""", "{\"text\":\"C\"}]")]
    [DataRow("""[{"op":"move","from":"/name/1","path":"/name/0"}]""", "\"name\":[{\"text\":\"B\"},{\"family\"")]
    [DataRow("""[{"op":"move","from":"/name/0/given/0","path":"/name/0/given/1"}]""", "\"given\":[\"Li\",\"丽\"]")]
    [DataRow("""[{"op":"move","from":"/name/0","path":"/name/0"}]""", "\"name\":[{\"family\"")]
    [DataRow("""[{"op":"move","from":"/name/0/family","path":"/name/1/family"}]""", "{\"text\":\"B\",\"family\":\"张\"}")]
    [DataRow("""[{"op":"copy","from":"/name/1","path":"/name/-"}]""", "[{\"family\":\"张\",\"given\":[\"丽\",\"Li\"]},{\"text\":\"B\"},{\"text\":\"B\"}]")]
    [DataRow("""[{"op":"add","path":"/name/0/given/0","value":"\u00e9","comment":"ignored"}]""", "\"given\":[\"\\u00e9\",\"丽\"")]
    [DataRow(" [ ] ", "\"active\":true")]
    public void Each_operation_does_what_RFC_6902_says(string patch, string expected) =>
        StringAssert.Contains(Patching.Apply(Patching.Patient, PatchFormat.JsonPatch, patch), expected);

    [TestMethod]
    public void A_copy_is_not_changed_with_its_original()
    {
        var patch = """
            [{"op":"copy","from":"/name/1","path":"/name/-"},{"op":"replace","path":"/name/1/text","value":"C"},
             {"op":"copy","from":"/name/1","path":"/name/-"},{"op":"replace","path":"/name/3/text","value":"D"}]
            """;
        StringAssert.Contains(
            Patching.Apply(Patching.Patient, PatchFormat.JsonPatch, patch), """{"text":"C"},{"text":"B"},{"text":"D"}]""");
    }

    [TestMethod]
    [DataRow("/active", "true")]
    [DataRow("", """{"gender":"female","birthDate":"1949-12-31","id":"p1","resourceType":"Patient","active":true,"name":[{"given":["\u4e3d","Li"],"family":"张"},{"text":"B"}]}""")]
    [DataRow("/name/0/given", """[ "丽" , "\u004ci" ]""")]
    public void A_test_that_holds_changes_nothing(string path, string value) => Assert.AreEqual(
        Patching.Patient.Length,
        Patching.Apply(Patching.Patient, PatchFormat.JsonPatch, $$"""[{"op":"test","path":"{{path}}","value":{{value}}}]""").Length);

    [TestMethod]
    [DataRow("1.50", "1.5", true)]
    [DataRow("1.50", "15e-1", true)]
    [DataRow("1.50", "1.51", false)]
    [DataRow("0.0", "-0", true)]
    [DataRow("100000000000000000000", "1E20", true)]
    [DataRow("1", "\"1\"", false)]
    public void A_test_compares_numbers_by_value(string stored, string tested, bool isEqual)
    {
        var patch = $$"""[{"op":"test","path":"/valueQuantity/value","value":{{tested}}}]""";
        var observation =
            $$$"""{"resourceType":"Observation","status":"final","code":{"text":"c"},"valueQuantity":{"value":{{{stored}}}}}""";
        if (isEqual)
        {
            StringAssert.Contains(Patching.Apply(observation, PatchFormat.JsonPatch, patch), $"\"value\":{stored}}}");
        }
        else
        {
            var problem = Patching.Refused(observation, PatchFormat.JsonPatch, patch);
            Assert.AreEqual((ProblemKind.Unprocessable, "conflict"), (problem.Kind, problem.IssueCode));
        }
    }

    [TestMethod]
    public void Untouched_parts_keep_their_bytes_and_numbers_their_text()
    {
        var before = """
            {"resourceType":"Observation", "status":"final","code":{ "text" : "\u4e3d丽" },
             "valueQuantity":{"value":1.50},"component":[{"code":{"text":"a"},"valueQuantity":{"value":1E2}}],
             "_status":{"extension":[ {"url":"http://e.org/x","valueDecimal":1.0} ]}}
            """;
        var after = Patching.Apply(before, PatchFormat.JsonPatch, """
            [{"op":"add","path":"/component/-","value":{"code":{"text":"b"},"valueQuantity":{"value":2.00}}},
             {"op":"copy","from":"/component/0/valueQuantity/value","path":"/valueQuantity/value"}]
            """);
        StringAssert.Contains(after, """{ "text" : "\u4e3d丽" }""");
        StringAssert.Contains(after, """[ {"url":"http://e.org/x","valueDecimal":1.0} ]""");
        StringAssert.Contains(after, "\"valueQuantity\":{\"value\":1E2},\"component\"");
        StringAssert.Contains(after, "{\"value\":2.00}");
    }

    [TestMethod]
    public void Tilde_escapes_name_members_with_slashes_and_tildes()
    {
        // No FHIR name has either, so the answer that nothing is there shows what was looked for.
        foreach (var path in new[] { "/a~1b", "/m~0n", "/~01" })
        {
            var problem = Patching.Refused(
                Patching.Patient, PatchFormat.JsonPatch, $$"""[{"op":"remove","path":"{{path}}"}]""");
            StringAssert.Contains(problem.Text, $"the document has no '{path}'");
        }
    }

    [TestMethod]
    [DataRow("{", "not JSON")]
    [DataRow("", "not JSON")]
    [DataRow("[] []", "not JSON")]
    [DataRow("""{"op":"remove","path":"/active"}""", "not an array")]
    [DataRow("[1]", "patch[0]: an operation is an object")]
    [DataRow("""[{"path":"/active"}]""", "patch[0]: the member op is missing")]
    [DataRow("""[{"op":1,"path":"/active"}]""", "patch[0]: op must be a string")]
    [DataRow("""[{"op":"test","path":"/active","value":true},{"op":"spam","path":"/active"}]""", "patch[1]: the op 'spam' does not exist")]
    [DataRow("""[{"op":"Remove","path":"/active"}]""", "the op 'Remove' does not exist")]
    [DataRow("""[{"op":"remove"}]""", "patch[0] remove: the member path is missing")]
    [DataRow("""[{"op":"remove","path":null}]""", "path must be a string")]
    [DataRow("""[{"op":"remove","path":"active"}]""", "begins with '/'")]
    [DataRow("""[{"op":"remove","path":"/a~2"}]""", "~0")]
    [DataRow("""[{"op":"remove","path":"/a~"}]""", "~0")]
    [DataRow("""[{"op":"add","path":"/active"}]""", "patch[0] add '/active': the member value is missing")]
    [DataRow("""[{"op":"replace","path":"/active"}]""", "the member value is missing")]
    [DataRow("""[{"op":"test","path":"/active"}]""", "the member value is missing")]
    [DataRow("""[{"op":"move","path":"/active"}]""", "the member from is missing")]
    [DataRow("""[{"op":"copy","from":"x","path":"/active"}]""", "'x' is no good from")]
    [DataRow("""[{"op":"add","op":"remove","path":"/active","value":true}]""", "the member 'op' stands twice")]
    [DataRow("""[{"op":"add","path":"/language","value":"\ud800"}]""", "not JSON")]
    public void A_malformed_patch_is_invalid_and_told_by_operation(string patch, string text)
    {
        var problem = Patching.Refused(Patching.Patient, PatchFormat.JsonPatch, patch);
        Assert.AreEqual(ProblemKind.Invalid, problem.Kind, problem.Text);
        StringAssert.Contains(problem.Text, text);
    }

    [TestMethod]
    [DataRow("""[{"op":"remove","path":"/language"}]""", "patch[0] remove '/language': the document has no '/language'.")]
    [DataRow("""[{"op":"replace","path":"/language","value":"zh"}]""", "no '/language'")]
    [DataRow("""[{"op":"test","path":"/language","value":null}]""", "no '/language'")]
    [DataRow("""[{"op":"copy","from":"/language","path":"/gender"}]""", "no '/language'")]
    [DataRow("""[{"op":"add","path":"/telecom/0","value":{}}]""", "to begin the list, add '/telecom' with an array")]
    [DataRow("""[{"op":"add","path":"/telecom/-","value":{}}]""", "to begin the list, add '/telecom' with an array")]
    [DataRow("""[{"op":"add","path":"/maritalStatus/text","value":"m"}]""", "no '/maritalStatus'; add it first")]
    [DataRow("""[{"op":"add","path":"/name/3","value":{"text":"C"}}]""", "2 items, so one can be added at 0 to 2")]
    [DataRow("""[{"op":"add","path":"/name/01","value":{"text":"C"}}]""", "without leading zeros")]
    [DataRow("""[{"op":"add","path":"/name/-1","value":{"text":"C"}}]""", "an index")]
    [DataRow("""[{"op":"add","path":"/name/1e0","value":{"text":"C"}}]""", "an index")]
    [DataRow("""[{"op":"add","path":"/name/","value":{"text":"C"}}]""", "an index")]
    [DataRow("""[{"op":"add","path":"/name/99999999999","value":{"text":"C"}}]""", "an index")]
    [DataRow("""[{"op":"add","path":"/gender/x","value":1}]""", "neither an object nor an array")]
    [DataRow("""[{"op":"remove","path":"/name/2"}]""", "no '/name/2'")]
    [DataRow("""[{"op":"remove","path":"/name/-"}]""", "no '/name/-'")]
    [DataRow("""[{"op":"replace","path":"/name/-","value":{"text":"C"}}]""", "no '/name/-'")]
    [DataRow("""[{"op":"move","from":"/name","path":"/name/0"}]""", "into a part of itself")]
    [DataRow("""[{"op":"move","from":"","path":"/name"}]""", "into a part of itself")]
    [DataRow("""[{"op":"remove","path":""}]""", "use DELETE")]
    [DataRow("""[{"op":"test","path":"/name","value":[{"text":"B"}]}]""", "another value")]
    public void What_cannot_be_applied_is_unprocessable_and_says_how_to_mend_it(string patch, string text)
    {
        var problem = Patching.Refused(Patching.Patient, PatchFormat.JsonPatch, patch);
        Assert.AreEqual(ProblemKind.Unprocessable, problem.Kind, problem.Text);
        StringAssert.Contains(problem.Text, text);
    }

    [TestMethod]
    public void Nothing_is_applied_when_the_last_operation_fails()
    {
        var document = Patching.Parse(Patching.Patient);
        var before = document.Json.ToArray();
        Assert.ThrowsExactly<FhirException>(() => Patch.Apply(document, PatchFormat.JsonPatch, """
            [{"op":"remove","path":"/name"},{"op":"test","path":"/active","value":false}]
            """u8.ToArray()));
        CollectionAssert.AreEqual(before, document.Json.ToArray());
    }

    [TestMethod]
    public void The_root_may_be_replaced_by_the_same_resource_in_another_state()
    {
        var patch = """[{"op":"replace","path":"","value":{"resourceType":"Patient","id":"p1","gender":"male"}}]""";
        Assert.AreEqual(
            """{"resourceType":"Patient","id":"p1","gender":"male"}""",
            Patching.Apply(Patching.Patient, PatchFormat.JsonPatch, patch));
    }
}
