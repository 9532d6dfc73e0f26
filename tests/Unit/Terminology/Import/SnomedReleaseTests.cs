using FhirHub.Core.Terminology;
using FhirHub.Terminology.CodeSystems;
using FhirHub.Terminology.Operations;
using FhirHub.Terminology.ValueSets;

namespace FhirHub.Unit.Terminology.Import;

/// <summary>A snapshot in release format 2; but for the metadata the concepts are invented.</summary>
[TestClass]
public sealed class SnomedReleaseTests
{
    const string Sct = "http://snomed.info/sct";
    const string Version = Sct + "/900000000000207008/version/20260101";

    // 1 top; 10 disease, 11 lung disease, 12 heart disease, 13 both; 20 organ, 21 lung, 22 heart; 30 finding site, an
    // attribute; 40 a reference set with 11 and 12; 99 no longer active.
    static readonly string[] Concepts = ["1", "10", "11", "12", "13", "20", "21", "22", "30", "40", "99", "116680003"];

    [TestMethod]
    [DataRow(null)]
    [DataRow("snomed.zip")]
    public void A_snapshot_becomes_a_code_system(string? zip)
    {
        using var release = Release();
        var result = release.Read(Package.Request, zip);
        var system = Package.System(result);
        Assert.AreEqual((Sct, Version, 12), (system.Url, system.Version, system.Count));
        var lung = ConceptDetails.Of(system, system.Find("11"));
        Assert.AreEqual("Disease of \"lung\"", lung.Entry.Display);
        Assert.AreEqual("肺病", lung.DisplayIn("zh"));
        Assert.Contains(
            new Designation("en", new Coding(Sct, "900000000000003001"), "Lung disease (disorder)"), lung.Designations.ToList());
        Assert.DoesNotContain("Nobody says so", lung.Designations.Select(one => one.Value).ToList());
        Assert.Contains(new PropertyValue("30", "code", "21"), lung.Properties.ToList());
        Assert.Contains(new PropertyValue("refset", "code", "40"), lung.Properties.ToList());
        Assert.Contains(new PropertyValue("sufficientlyDefined", "boolean", "true"), lung.Properties.ToList());
        Assert.IsTrue(ConceptDetails.Of(system, system.Find("99")).Entry.IsInactive);
        Assert.IsTrue(system.Hierarchy.Subsumes(system.Find("12"), system.Find("13")));
        Assert.IsFalse(system.Hierarchy.Subsumes(system.Find("20"), system.Find("13")));
    }

    [TestMethod]
    [DataRow("< 10", "11 12 13")]
    [DataRow("<<10 |Disease|", "10 11 12 13")]
    [DataRow("<! 10", "11 12")]
    [DataRow("<<!10", "10 11 12")]
    [DataRow("> 13", "1 10 11 12")]
    [DataRow(">>13", "1 10 11 12 13")]
    [DataRow(">! 13", "11 12")]
    [DataRow("^ 40", "11 12")]
    [DataRow("^*", "11 12")]
    [DataRow("<< ^40", "11 12 13")]
    [DataRow("13", "13")]
    [DataRow("<10 AND <11", "13")]
    [DataRow("<10, <11", "13")]
    [DataRow("11 or 12 OR 21", "11 12 21")]
    [DataRow("<10 MINUS <<12", "11")]
    [DataRow("<10 MINUS (11 OR 12)", "13")]
    [DataRow("<<10 : 30 = 21", "11 13")]
    [DataRow("<<10 : 30 = <20", "11 12 13")]
    [DataRow("<<10 : 30 = 21, 30 = 22", "13")]
    [DataRow("<<10 : (30 = 21 OR 30 = 22)", "11 12 13")]
    [DataRow("<<10 : 30 != 21", "12 13")]
    [DataRow("<<10 : [0..0] 30 = *", "10")]
    [DataRow("<<10 : [2..*] 30 = <20", "13")]
    [DataRow("<<10 : [1..1] 30 = *", "11 12")]
    [DataRow("<<10 : * = 21", "11 13")]
    [DataRow("* : R 30 = 12", "22")]
    [DataRow("* : 116680003 = 11", "13")]
    [DataRow("13 . 30", "21 22")]
    [DataRow("(<<10 : 30 = 21) /* those of the lung */ MINUS 11", "13")]
    public void Expressions_mean_their_concepts(string ecl, string expected)
    {
        var (world, _) = Loaded();
        var url = $"{Sct}?fhir_vs=ecl/{Uri.EscapeDataString(ecl)}";
        world.Add(ImplicitValueSet.Of(new Canonical(url, null))!);
        var codes = world.Expand(url).Codes;
        Assert.AreEqual(expected, string.Join(' ', codes.Select(code => code.Code)));
        AssertAgreement(world, url, codes);
        // The same as a filter of a value set.
        Assert.AreEqual(expected, world.Codes($$"""
            {"include":[{"system":"{{Sct}}","filter":[{"property":"constraint","op":"=","value":"{{ecl}}"}]}]}
            """));
    }

    [TestMethod]
    [DataRow("", "character 2")]
    [DataRow("< ", "identifier of a concept")]
    [DataRow("<10 AND 11 OR 12", "brackets")]
    [DataRow("<10 MINUS 11 MINUS 12", "brackets")]
    [DataRow("<<10 {{ term = \"x\" }}", "double braces")]
    [DataRow("<<10 |Disease", "does not end")]
    [DataRow("<<10 /* and", "comment does not end")]
    [DataRow("<<10 11", "should end here")]
    [DataRow("(<<10", "should be ')'")]
    [DataRow("777", "no concept 777")]
    [DataRow("<<10 : [2..1] 30 = *", "not above")]
    public void What_is_wrong_with_an_expression_is_told_with_its_place(string ecl, string told)
    {
        var (world, _) = Loaded();
        Assert.Contains(told, world.Refusal($$"""
            {"include":[{"system":"{{Sct}}","filter":[{"property":"constraint","op":"=","value":{{System.Text.Json.JsonSerializer.Serialize(ecl.Length == 0 ? " " : ecl)}} }]}]}
            """).Text);
    }

    [TestMethod]
    public void Brackets_without_end_are_refused_and_do_not_end_the_process()
    {
        var (world, _) = Loaded();
        foreach (var deep in (string[])[new string('(', 9_000), "<<10:" + new string('(', 9_000), new string('1', 11_000)])
        {
            Assert.AreEqual("invalid", world.Refusal($$"""
                {"include":[{"system":"{{Sct}}","filter":[{"property":"constraint","op":"=","value":"{{deep}}"}]}]}
                """).IssueCode);
        }
    }

    [TestMethod]
    [DataRow("?fhir_vs", 12)]
    [DataRow("?fhir_vs=isa/11", 2)]
    [DataRow("?fhir_vs=refset", 1)]
    [DataRow("?fhir_vs=refset/40", 2)]
    [DataRow("/900000000000207008?fhir_vs=isa/10", 4)]
    [DataRow("/900000000000207008/version/20260101?fhir_vs=isa/10", 4)]
    public void Implicit_value_sets_need_no_definition(string rest, int count)
    {
        var (world, _) = Loaded();
        world.Add(ImplicitValueSet.Of(new Canonical(Sct + rest, null))!);
        var codes = world.Expand(Sct + rest).Codes;
        Assert.HasCount(count, codes);
        AssertAgreement(world, Sct + rest, codes);
    }

    [TestMethod]
    public void Membership_in_a_reference_set_is_a_filter_on_the_concept()
    {
        var (world, _) = Loaded();
        Assert.AreEqual("11 12", world.Codes(
            $$"""{"include":[{"system":"{{Sct}}","filter":[{"property":"concept","op":"in","value":"40"}]}]}"""));
    }

    [TestMethod]
    public void Editions_of_others_say_their_version()
    {
        using var release = Release("CN1000001");
        Assert.Contains("--version", release.Refusal(Package.Request));
        Assert.AreEqual("mine", Package.System(release.Read(Package.Request with { Version = "mine" })).Version);
        release.Add("sct2_Concept_Snapshot_CN1000001_20260101.txt", "id\teffectiveTime\tactive\tmoduleId\tdefinitionStatusId", "x\t1\t1\t1\t1");
        Assert.Contains("Line 2: 'id'", release.Refusal(Package.Request with { Version = "mine" }));
    }

    static (World World, CodeSystem System) Loaded()
    {
        using var release = Release();
        var system = Package.System(release.Read(Package.Request));
        var world = new World();
        world.Add(system);
        return (world, system);
    }

    static void AssertAgreement(World world, string url, List<CodeEntry> codes)
    {
        var inside = codes.Select(code => code.Code).ToHashSet();
        foreach (var code in Concepts)
        {
            Assert.AreEqual(inside.Contains(code), world.Contains(url, Sct, code), code);
        }
    }

    static Package Release(string edition = "INT")
    {
        const string Module = "900000000000207008";
        string[] relations = ["10 1", "11 10", "12 10", "13 11", "13 12", "20 1", "21 20", "22 20", "30 1", "40 1"];
        string[] sites = ["11 21", "12 22", "13 21", "13 22"];
        return new Package()
            .Add($"Snapshot/Terminology/sct2_Concept_Snapshot_{edition}_20260101.txt",
                ["id\teffectiveTime\tactive\tmoduleId\tdefinitionStatusId", .. Concepts.Reverse().Select(id =>
                    $"{id}\t20260101\t{(id == "99" ? 0 : 1)}\t{Module}\t{(id == "11" ? "900000000000073002" : "900000000000074008")}")])
            .Add($"Snapshot/Terminology/sct2_Relationship_Snapshot_{edition}_20260101.txt",
                ["id\teffectiveTime\tactive\tmoduleId\tsourceId\tdestinationId\trelationshipGroup\ttypeId\tcharacteristicTypeId\tmodifierId",
                 .. relations.Select(pair => Relation(pair, "116680003")), .. sites.Select(pair => Relation(pair, "30")),
                 Relation("21 10", "116680003").Replace("\t1\t9", "\t0\t9", StringComparison.Ordinal),
                 Relation("22 10", "116680003").Replace("900000000000011006", "900000000000010007", StringComparison.Ordinal)])
            .Add($"Snapshot/Terminology/sct2_Description_Snapshot-en_{edition}_20260101.txt",
                "id\teffectiveTime\tactive\tmoduleId\tconceptId\tlanguageCode\ttypeId\tterm\tcaseSignificanceId",
                Term(1, "11", "en", "900000000000003001", "Lung disease (disorder)"), Term(2, "11", "en", "900000000000013009", "Pneumopathy"),
                Term(3, "11", "en", "900000000000013009", "Disease of \"lung\""), Term(4, "11", "en", "900000000000013009", "Nobody says so"))
            .Add($"Snapshot/Terminology/sct2_Description_Snapshot-zh_{edition}_20260101.txt",
                "id\teffectiveTime\tactive\tmoduleId\tconceptId\tlanguageCode\ttypeId\tterm\tcaseSignificanceId",
                Term(5, "11", "zh", "900000000000013009", "肺病"))
            .Add($"Snapshot/Refset/Language/der2_cRefset_LanguageSnapshot-en_{edition}_20260101.txt",
                "id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId\tacceptabilityId",
                Accepted(2, "900000000000549004"), Accepted(3, "900000000000548007"), Accepted(5, "900000000000548007", "722128001"))
            .Add($"Snapshot/Refset/Content/der2_Refset_SimpleSnapshot_{edition}_20260101.txt",
                "id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId",
                $"a\t20260101\t1\t{Module}\t40\t11", $"b\t20260101\t1\t{Module}\t40\t12", $"c\t20260101\t0\t{Module}\t40\t13",
                $"d\t20260101\t1\t{Module}\t40\t2"); // a description, which is in no set of concepts

        string Relation(string pair, string type) =>
            $"1\t20260101\t1\t{Module}\t{pair.Replace(' ', '\t')}\t0\t{type}\t900000000000011006\t900000000000451002";

        string Term(int id, string concept, string language, string type, string term) =>
            $"{id}\t20260101\t1\t{Module}\t{concept}\t{language}\t{type}\t{term}\t900000000000448009";

        string Accepted(int id, string how, string refset = "900000000000509007") =>
            $"x\t20260101\t1\t{Module}\t{refset}\t{id}\t{how}";
    }
}
