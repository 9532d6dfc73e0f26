using FhirHub.Fhir.Documents;
using FhirHub.Terminology.Operations;
using FhirHub.Terminology.ValueSets;

namespace FhirHub.Unit.Terminology.Import;

/// <summary>A release in the form that LOINC has; terms and parts are invented.</summary>
[TestClass]
public sealed class LoincReleaseTests
{
    [TestMethod]
    [DataRow(null)]
    [DataRow("Loinc_2.78.zip")]
    public void Terms_parts_answers_and_chinese_names_come_together(string? zip)
    {
        using var release = Release();
        var result = release.Read(zip is null ? Package.Request with { Version = "2.78" } : Package.Request, zip);
        var system = Package.System(result);
        Assert.AreEqual(("http://loinc.org", "2.78", true), (system.Url, system.Version, system.IsComplete));
        var term = ConceptDetails.Of(system, system.Find("1-1"));
        Assert.AreEqual("Invented glucose in blood", term.Entry.Display);
        Assert.AreEqual("血糖", term.DisplayIn("zh-CN"));
        Assert.Contains("葡萄糖:质量浓度:时间点:血:定量", term.Designations.Select(one => one.Value).ToList());
        Assert.Contains(new PropertyValue("COMPONENT", "Coding", "http://loinc.org|LP1-1"), term.Properties);
        Assert.Contains(new PropertyValue("answer-list", "Coding", "http://loinc.org|LL1-1"), term.Properties);
        Assert.Contains(new PropertyValue("STATUS", "string", "ACTIVE"), term.Properties);
        Assert.IsTrue(ConceptDetails.Of(system, system.Find("2-2")).Entry.IsInactive);
        Assert.IsTrue(system.Hierarchy.Subsumes(system.Find("LP0-0"), system.Find("1-1")));
        Assert.AreEqual("Answer \"yes\"", system.Displays[system.Find("LA1-1")]);
        Assert.AreEqual(8, result.Report.Codes);
    }

    [TestMethod]
    public void Answer_lists_are_value_sets_in_their_order_with_their_scores()
    {
        using var release = Release();
        var result = release.Read(Package.Request, "loinc-2.78.zip");
        var list = FhirDocument.ParseJson(result.Resources.Single(one => one.Type == "ValueSet").Json);
        Assert.AreEqual("http://loinc.org/vs/LL1-1", list.Root.First("url").Text);
        var concepts = list.Root.At("compose.include")["concept"].ToList();
        Assert.AreEqual("LA2-2 LA1-1", string.Join(' ', concepts.Select(one => one.First("code").Text)));
        Assert.AreEqual("3", concepts[1].First("extension").First("value").Text);
        Assert.Contains("of another code system", result.Report.ToString());
        Assert.AreEqual(0, result.Report.ProblemCount);
        // The value set is about the code system that came with it.
        var world = new World();
        world.Add(Package.System(result));
        world.Add(ValueSetReader.Read(list.Root));
        Assert.AreEqual("LA2-2 LA1-1", string.Join(
            ' ', world.Expand("http://loinc.org/vs/LL1-1").Codes.Select(code => code.Code)));
    }

    [TestMethod]
    [DataRow("http://loinc.org/vs", 8)]
    [DataRow("http://loinc.org/vs/LP0-0", 3)]
    public void Value_sets_of_LOINC_need_no_definition(string url, int count)
    {
        using var release = Release();
        var world = new World();
        world.Add(Package.System(release.Read(Package.Request, "loinc-2.78.zip")));
        world.Add(ImplicitValueSet.Of(new Canonical(url, null))!);
        var codes = world.Expand(url).Codes;
        Assert.HasCount(count, codes);
        world.AssertAgreement(url, codes);
    }

    [TestMethod]
    public void Without_its_version_or_its_columns_a_release_is_refused()
    {
        using var release = Release();
        Assert.Contains("--version", release.Refusal(Package.Request));
        release.Add("LoincTable/Loinc.csv", "\"LOINC_NUM\",\"X\"", "\"1-1\",\"y\"");
        Assert.Contains("no column 'LONG_COMMON_NAME'", release.Refusal(Package.Request, "Loinc_2.78.zip"));
    }

    static Package Release() => new Package()
        .Add("LoincTable/Loinc.csv",
            "\"LOINC_NUM\",\"COMPONENT\",\"PROPERTY\",\"TIME_ASPCT\",\"SYSTEM\",\"SCALE_TYP\",\"METHOD_TYP\",\"CLASS\",\"STATUS\",\"SHORTNAME\",\"LONG_COMMON_NAME\",\"DefinitionDescription\"",
            "\"1-1\",\"Glucose\",\"MCnc\",\"Pt\",\"Bld\",\"Qn\",\"\",\"CHEM\",\"ACTIVE\",\"Gluc Bld\",\"Invented glucose in blood\",\"\"",
            "\"2-2\",\"Old\",\"MCnc\",\"Pt\",\"Bld\",\"Qn\",\"\",\"CHEM\",\"DEPRECATED\",\"Old\",\"Invented old\",\"\"")
        .Add("AccessoryFiles/PartFile/LoincPartLink_Primary.csv",
            "\"LoincNumber\",\"LongCommonName\",\"PartNumber\",\"PartName\",\"PartCodeSystem\",\"PartTypeName\",\"LinkTypeName\",\"Property\"",
            "\"1-1\",\"x\",\"LP1-1\",\"Glucose\",\"http://loinc.org\",\"COMPONENT\",\"Primary\",\"http://loinc.org/property/COMPONENT\"",
            "\"1-1\",\"x\",\"LP2-2\",\"Bld\",\"http://loinc.org\",\"SYSTEM\",\"Primary\",\"http://loinc.org/property/SYSTEM\"")
        .Add("AccessoryFiles/PartFile/Part.csv",
            "\"PartNumber\",\"PartTypeName\",\"PartName\",\"PartDisplayName\",\"Status\"",
            "\"LP1-1\",\"COMPONENT\",\"Glucose\",\"Glucose\",\"ACTIVE\"", "\"LP2-2\",\"SYSTEM\",\"Bld\",\"Blood\",\"ACTIVE\"",
            "\"LP3-3\",\"SYSTEM\",\"Gone\",\"\",\"DEPRECATED\"")
        .Add("AccessoryFiles/ComponentHierarchyBySystem/ComponentHierarchyBySystem.csv",
            "PATH_TO_ROOT,SEQUENCE,IMMEDIATE_PARENT,CODE,CODE_TEXT",
            ",1,,LP0-0,All there is", "LP0-0,1,LP0-0,LP1-1,Glucose", "LP0-0.LP1-1,1,LP1-1,1-1,Glucose")
        .Add("AccessoryFiles/LinguisticVariants/zhCN5LinguisticVariant.csv",
            "\"LOINC_NUM\",\"COMPONENT\",\"PROPERTY\",\"TIME_ASPCT\",\"SYSTEM\",\"SCALE_TYP\",\"METHOD_TYP\",\"CLASS\",\"SHORTNAME\",\"LONG_COMMON_NAME\",\"RELATEDNAMES2\",\"LinguisticVariantDisplayName\"",
            "\"1-1\",\"葡萄糖\",\"质量浓度\",\"时间点\",\"血\",\"定量\",\"\",\"\",\"\",\"\",\"糖\",\"血糖\"")
        .Add("AccessoryFiles/AnswerFile/AnswerList.csv",
            "\"AnswerListId\",\"AnswerListName\",\"AnswerListOID\",\"ExtDefinedYN\",\"AnswerStringId\",\"SequenceNumber\",\"DisplayText\",\"Score\"",
            "\"LL1-1\",\"Yes or no\",\"1.2.3\",\"N\",\"LA1-1\",\"2\",\"Answer \"\"yes\"\"\",\"3\"",
            "\"LL1-1\",\"Yes or no\",\"1.2.3\",\"N\",\"LA2-2\",\"1\",\"No\",\"\"", "\"LL2-2\",\"Elsewhere\",\"\",\"Y\",\"\",\"\",\"\",\"\"",
            "\"LL1-1\",\"Yes or no\",\"1.2.3\",\"N\",\"LA1-1\",\"3\",\"Answer \"\"yes\"\"\",\"3\"")
        .Add("AccessoryFiles/AnswerFile/LoincAnswerListLink.csv",
            "\"LoincNumber\",\"LongCommonName\",\"AnswerListId\",\"AnswerListName\",\"AnswerListLinkType\",\"ApplicableContext\"",
            "\"1-1\",\"x\",\"LL1-1\",\"Yes or no\",\"NORMATIVE\",\"\"");
}
