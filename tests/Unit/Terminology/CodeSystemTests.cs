using FhirHub.Core.Terminology;
using FhirHub.Terminology.CodeSystems;
using FhirHub.Terminology.Operations;

namespace FhirHub.Unit.Terminology;

/// <summary>https://hl7.org/fhir/R4/codesystem.html</summary>
[TestClass]
public sealed class CodeSystemTests
{
    [TestMethod]
    public void Nesting_and_properties_make_one_hierarchy()
    {
        var system = World.Read(World.AnimalsJson);
        Assert.AreEqual("animal", Codes(system, system.Hierarchy.Parents(system.Find("fish"))));
        Assert.AreEqual("fish pet", Codes(system, system.Hierarchy.Parents(system.Find("goldfish"))));
        Assert.IsEmpty(system.Notes);
    }

    [TestMethod]
    [DataRow("""[{"code":"up","uri":"http://hl7.org/fhir/concept-properties#parent","type":"code"}]""", "up", "b", "a")]
    [DataRow("[]", "parent", "b", "a")]
    [DataRow("[]", "subsumedBy", "b", "a")]
    [DataRow("[]", "child", "a", "b")]
    public void Parents_and_children_are_named_by_meaning_or_by_name(
        string declared, string property, string concept, string names)
    {
        var declaration = declared == "[]" ? "" : $"\"property\":{declared},";
        var system = World.Read($$"""
            {"resourceType":"CodeSystem","url":"http://example.org/x","status":"active","content":"complete",{{declaration}}
             "concept":[{"code":"{{concept}}","property":[{"code":"{{property}}","valueCode":"{{names}}"}]},{"code":"{{names}}"}]}
            """);
        Assert.IsTrue(system.Hierarchy.Subsumes(system.Find("a"), system.Find("b")));
        Assert.IsFalse(system.Hierarchy.Subsumes(system.Find("b"), system.Find("a")));
    }

    [TestMethod]
    [DataRow("true", "Ab", "ab", false)]
    [DataRow("true", "Ab", "Ab", true)]
    [DataRow("false", "Ab", "aB", true)]
    [DataRow(null, "Ab", "AB", true)]
    public void Case_counts_only_where_the_system_says_so(string? isCaseSensitive, string code, string asked, bool found)
    {
        var says = isCaseSensitive is null ? "" : $"\"caseSensitive\":{isCaseSensitive},";
        var system = World.Read($$"""
            {"resourceType":"CodeSystem","url":"http://example.org/x","status":"active",{{says}}"content":"complete",
             "concept":[{"code":"{{code}}"}]}
            """);
        Assert.AreEqual(found, system.Find(asked) >= 0);
    }

    [TestMethod]
    public void A_spelling_that_is_there_goes_before_one_in_another_case()
    {
        var system = World.Read("""
            {"resourceType":"CodeSystem","url":"http://example.org/x","status":"active","content":"complete",
             "concept":[{"code":"a","display":"small"},{"code":"A","display":"large"}]}
            """);
        Assert.AreEqual("small", system.Displays[system.Find("a")]);
        Assert.AreEqual("large", system.Displays[system.Find("A")]);
    }

    [TestMethod]
    [DataRow("inactive", "\"valueBoolean\":true", true)]
    [DataRow("inactive", "\"valueBoolean\":false", false)]
    [DataRow("inactive", "\"valueCode\":\"true\"", true)]
    [DataRow("status", "\"valueCode\":\"retired\"", true)]
    [DataRow("status", "\"valueCode\":\"inactive\"", true)]
    [DataRow("status", "\"valueCode\":\"deprecated\"", false)]
    [DataRow("status", "\"valueCode\":\"active\"", false)]
    [DataRow("colour", "\"valueCode\":\"retired\"", false)]
    public void Inactive_is_said_by_property_or_status(string property, string value, bool inactive)
    {
        var system = World.Read($$"""
            {"resourceType":"CodeSystem","url":"http://example.org/x","status":"active","content":"complete",
             "concept":[{"code":"a","property":[{"code":"{{property}}",{{value}}}]}]}
            """);
        Assert.AreEqual(inactive, (system.Flags[0] & ConceptFlags.Inactive) != 0);
    }

    [TestMethod]
    public void Slips_of_a_resource_are_passed_over_and_noted()
    {
        var system = World.Read("""
            {"resourceType":"CodeSystem","url":"http://example.org/x","status":"active","content":"complete",
             "concept":[{"code":"a","concept":[{"code":"b","concept":[{"code":"a"}]}]},
              {"code":"c","property":[{"code":"parent","valueCode":"nobody"}]}]}
            """);
        Assert.AreEqual(3, system.Count);
        var notes = string.Join(' ', system.Notes);
        StringAssert.Contains(notes, "a is defined more than once");
        StringAssert.Contains(notes, "nobody");
        StringAssert.Contains(notes, "above themselves");
    }

    static string Codes(CodeSystem system, ReadOnlySpan<int> concepts) =>
        string.Join(' ', concepts.ToArray().Select(concept => system.Codes[concept]));

    [TestMethod]
    public void Texts_of_any_length_and_in_any_language_come_back()
    {
        var uses = Enumerable.Range(0, 300).Select(number => $$$"""
            {"language":"x-{{{number}}}","use":{"system":"urn:uses","code":"{{{number % 7}}}"},"value":"名{{{new string('称', number)}}}"}
            """);
        var system = World.Read($$$"""
            {"resourceType":"CodeSystem","url":"urn:texts","status":"active","content":"complete","concept":[
             {"code":"none"},
             {"code":"all","definition":"{{{new string('定', 20_000)}}}","designation":[{{{string.Join(',', uses)}}}]},
             {"code":"plain","designation":[{"value":"only"}]}]}
            """);
        Assert.IsNull(system.Texts.DefinitionOf(0));
        Assert.IsEmpty(system.DesignationsOf(0));
        Assert.AreEqual(new string('定', 20_000), system.Texts.DefinitionOf(1));
        var names = system.DesignationsOf(1);
        Assert.HasCount(300, names);
        Assert.AreEqual(
            new Designation("x-299", new Coding("urn:uses", "5"), "名" + new string('称', 299)), names[^1]);
        Assert.AreEqual(new Designation(null, null, "only"), system.DesignationsOf(2).Single());
        Assert.IsNull(system.Texts.DefinitionOf(2));
    }
}
