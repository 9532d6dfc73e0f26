using FhirHub.Terminology.CodeSystems;
using FhirHub.Terminology.Operations;
using FhirHub.Terminology.ValueSets;

namespace FhirHub.Unit.Terminology.Import;

/// <summary>What stands together in a concept, and values that are no concepts, up to expressions.</summary>
[TestClass]
public sealed class SnomedGroupTests
{
    const string Sct = "http://snomed.info/sct";

    // 10 disorder and those below it; 21 and 22 sites, by attribute 30; 51 and 52 changes, by 31; 32 strength, 33 name
    // and 34 mark are no concepts.
    static readonly string[] Concepts =
        ["1", "10", "11", "12", "13", "14", "15", "21", "22", "30", "31", "32", "33", "34", "51", "52", "116680003"];

    // Concept, value, group, attribute.
    static readonly string[] Relations =
    [
        "10 1 0 116680003", "11 10 0 116680003", "12 10 0 116680003", "13 10 0 116680003", "14 10 0 116680003",
        "15 10 0 116680003", "11 21 1 30", "11 51 1 31", "12 21 1 30", "12 52 1 31", "12 22 2 30", "12 51 2 31",
        "13 21 1 30", "13 51 1 31", "13 22 2 30", "13 51 2 31", "14 21 0 30", "14 51 0 31", "15 21 1 30", "15 51 1 31",
    ];

    static readonly string[] Values =
        ["14 #5 0 32", "15 #250 1 32", "15 #2.5 2 32", "15 \"Aspirin 75\" 0 33", "15 true 0 34", "77 #5 0 32"];

    [TestMethod]
    public void A_concept_tells_its_values_and_the_groups_of_its_attributes()
    {
        var system = System();
        var properties = ConceptDetails.Of(system, system.Find("13")).Properties.ToList();
        Assert.AreEqual("1 2 1,2", properties.Single(one => one.Code == "roleGroups").Text);
        Assert.HasCount(3, properties.Where(one => one.Code is "30" or "31"));
        Assert.DoesNotContain("roleGroups", ConceptDetails.Of(system, system.Find("14")).Properties.Select(one => one.Code));
        var medicine = ConceptDetails.Of(system, system.Find("15")).Properties.ToList();
        Assert.Contains(new PropertyValue("32", "decimal", "2.5"), medicine);
        Assert.Contains(new PropertyValue("33", "string", "Aspirin 75"), medicine);
        Assert.Contains(new PropertyValue("34", "boolean", "true"), medicine);
    }

    [TestMethod]
    [DataRow("* : 30 = 21, 31 = 51", "11 12 13 14 15")]
    [DataRow("* : { 30 = 21, 31 = 51 }", "11 13 15")]
    [DataRow("* : { 30 = 22 , 31 = 51 }", "12 13")]
    [DataRow("* : {30 = 21}, {31 = 51}", "11 12 13 14 15")]
    [DataRow("* : {30 = 21, 31 = 52} OR {30 = 22, 31 = 51}", "12 13")]
    [DataRow("* : {30 = 21, 31 != 51}", "12")]
    [DataRow("* : {30 = 21, 31 = (51 OR 52)}", "11 12 13 15")]
    [DataRow("* : {(30 = 21 OR 30 = 22), 31 = 52}", "12")]
    [DataRow("* : {(30 OR 31) = 52}", "12")]
    [DataRow("* : [2..*] {31 = 51}", "13")]
    [DataRow("* : [1..1] {31 = 51}", "11 12 14 15")]
    [DataRow("<<10 : [0..0] {30 = 21, 31 = 51}", "10 12 14")]
    [DataRow("* : {30 = *, [0..0] 31 = 51}", "12 14")]
    [DataRow("* : {31 = 51}, 30 = 22", "12 13")]
    [DataRow("* : {30 = (<<1 : R 31 = 12)}", "")]
    [DataRow("* : R 30 = (* : {30 = 22, 31 = 52})", "")]
    [DataRow("* : R 31 = (* : {30 = 22, 31 = 51})", "51 52")]
    [DataRow("(* : {30 = 21, 31 = 52}) . 30", "21 22")]
    [DataRow("* : 32 = #5", "14")]
    [DataRow("* : 32 = #5.0", "14")]
    [DataRow("* : 32 != #5", "15")]
    [DataRow("* : 32 <> #250", "14 15")]
    [DataRow("* : 32 > #2.5", "14 15")]
    [DataRow("* : 32 >= #250", "15")]
    [DataRow("* : 32 < #-1", "")]
    [DataRow("* : 32 <= #2.5", "15")]
    [DataRow("* : [2..2] 32 > #0", "15")]
    [DataRow("<<10 : [0..0] 32 > #0, 30 = 21", "11 12 13")]
    [DataRow("* : {30 = 21, 32 = #250}", "15")]
    [DataRow("* : {30 = 21, 32 = #2.5}", "")]
    [DataRow("* : 30 = #21", "")]
    [DataRow("* : 33 = \"Aspirin 75\"", "15")]
    [DataRow("* : 33 != \"Aspirin 75\"", "")]
    [DataRow("* : 33 != \"a \\\"b\\\"\"", "15")]
    [DataRow("* : 34 = TRUE", "15")]
    [DataRow("* : 34 != false", "15")]
    [DataRow("* : 34 = false", "")]
    public void Groups_and_values_mean_their_concepts(string ecl, string expected)
    {
        var world = new World();
        world.Add(System());
        var url = $"{Sct}?fhir_vs=ecl/{Uri.EscapeDataString(ecl)}";
        world.Add(ImplicitValueSet.Of(new Canonical(url, null))!);
        Assert.AreEqual(expected, string.Join(' ', world.Expand(url).Codes.Select(code => code.Code)));
        var inside = expected.Split(' ');
        foreach (var code in Concepts)
        {
            Assert.AreEqual(inside.Contains(code), world.Contains(url, Sct, code), code);
        }
    }

    [TestMethod]
    [DataRow("* : { R 30 = 12 }", "reverse stand in no group")]
    [DataRow("* : { { 30 = 21 } }", "no groups in it")]
    [DataRow("* : { 30 = 21", "should be '}'")]
    [DataRow("* : {{ term = \"x\" }}", "double braces")]
    [DataRow("* : 30 > 21", "compares numbers")]
    [DataRow("* : 32 = #", "number after '#'")]
    [DataRow("* : R 32 = #5", "concepts for values")]
    [DataRow("* : 33 = \"Aspirin", "does not end with a quote")]
    [DataRow("* : 33 = match:\"x\"", "searches of texts")]
    [DataRow("* : 33 = (\"x\" \"y\")", "sets and searches of texts")]
    [DataRow("* : 30", "should be '='")]
    [DataRow("!!> 10", "tops and bottoms")]
    [DataRow("10#20", "other schemes")]
    public void What_is_not_done_is_refused_with_its_place(string ecl, string told)
    {
        var world = new World();
        world.Add(System());
        var text = global::System.Text.Json.JsonSerializer.Serialize(ecl);
        var refusal = world.Refusal(
            $$"""{"include":[{"system":"{{Sct}}","filter":[{"property":"constraint","op":"=","value":{{text}}}]}]}""");
        Assert.Contains(told, refusal.Text);
        Assert.Contains("ECL, character ", refusal.Text);
    }

    [TestMethod]
    public void An_attribute_has_values_of_one_kind()
    {
        using var release = Release([.. Values, "15 #1 0 30"]);
        var result = release.Read(Package.Request);
        Assert.Contains("1 x the attribute has concepts as values elsewhere", result.Report.ToString());
        Assert.AreEqual(0, result.Report.ProblemCount);
    }

    static CodeSystem System()
    {
        using var release = Release(Values);
        return Package.System(release.Read(Package.Request));
    }

    static Package Release(string[] values)
    {
        const string Columns = "relationshipGroup\ttypeId\tcharacteristicTypeId\tmodifierId";
        return new Package()
            .Add("sct2_Concept_Snapshot_INT_20260101.txt",
                ["id\tactive\tmoduleId\tdefinitionStatusId", .. Concepts.Select(id => $"{id}\t1\t900000000000207008\t1")])
            .Add("sct2_Relationship_Snapshot_INT_20260101.txt",
                [$"active\tsourceId\tdestinationId\t{Columns}", .. Relations.Select(Row)])
            .Add("sct2_RelationshipConcreteValues_Snapshot_INT_20260101.txt",
                [$"active\tsourceId\tvalue\t{Columns}", .. values.Select(Row)]);

        // A text may have blanks in it, so the parts are found from both ends.
        static string Row(string row)
        {
            var parts = row.Split(' ');
            return $"1\t{parts[0]}\t{string.Join(' ', parts[1..^2])}\t{parts[^2]}\t{parts[^1]}\t900000000000011006\t1";
        }
    }
}
