using System.Text;
using FhirHub.Fhir.Documents;
using FhirHub.Terminology;
using FhirHub.Terminology.CodeSystems;
using FhirHub.Unit.Tidy;

namespace FhirHub.Unit.Terminology;

/// <summary>The Chinese code systems that ship: each is FHIR and says where it is from.</summary>
[TestClass]
public sealed class ChinaTests
{
    const string Source = "urn:fhirhub:extension:source";
    const string Confidence = "urn:fhirhub:extension:confidence";

    static readonly IReadOnlyList<FhirDocument> All = [.. Resources()];

    static readonly Dictionary<string, CodeSystem> Systems = All.Where(one => one.Type.Name == "CodeSystem")
        .Select(one => CodeSystemReader.Read(one.Root))
        .ToDictionary(system => system.Url);

    [TestMethod]
    public void Every_resource_and_row_says_how_sure_it_is()
    {
        foreach (var resource in All.Where(one => one.Type.Name != "ValueSet"))
        {
            var extensions = resource.Root["extension"].ToDictionary(
                one => one.First("url").Text ?? "", one => one.First("value").Text);
            Assert.IsTrue(extensions[Source]?.Length > 0, $"{resource}");
            Assert.Contains(extensions[Confidence], ["sure", "likely", "unverified"]);
        }

        foreach (var system in Systems.Values)
        {
            Assert.IsEmpty(system.Notes, system.Url);
            Assert.IsTrue(system.TryGetProperty("confidence", out var confidence), system.Url);
            for (var concept = 0; concept < system.Count; concept++)
            {
                Assert.Contains(confidence.Of(concept).ToArray().Single(), ["sure", "likely", "unverified"]);
                Assert.IsTrue(
                    !system.IsComplete || system.Displays[concept] is not null,
                    $"{system.Url}|{system.Codes[concept]} has no name, so the table is a fragment");
            }
        }
    }

    [TestMethod]
    public void Every_code_system_has_a_value_set_and_names()
    {
        var included = All.Where(one => one.Type.Name == "ValueSet")
            .Select(one => one.Root.At("compose.include.system").Text ?? "");
        CollectionAssert.AreEquivalent(Systems.Keys, included.ToArray());
        var names = All.Where(one => one.Type.Name == "NamingSystem").ToList();
        var ids = names.SelectMany(one => one.Root["uniqueId"].Select(id => id.First("value").Text ?? "")).ToList();
        Assert.HasCount(ids.Count, ids.Distinct().ToList());
        foreach (var url in Systems.Keys)
        {
            Assert.Contains(url, ids);
        }
    }

    [TestMethod]
    [DataRow("2.3.3.4", "2", "女性")]
    [DataRow("2.3.3.5", "20", "已婚")]
    [DataRow("2.3.3.3", "02", "蒙古")]
    [DataRow("2.3.3.8", "52", "母")]
    [DataRow("2.3.3.2", "150721", "阿荣旗")]
    [DataRow("2.3.1.1", "01", "居民身份证")]
    [DataRow("2.3.1.10", "3", "剖宫产")]
    [DataRow("2.4", "C0015", "阴道分娩记录")]
    [DataRow("2.4", "HSDB02.02", "产前随访服务")]
    [DataRow("2.2.1", "DE04.10.183.00", "胎心率")]
    [DataRow("2.3.3.11", "O80", "单胎顺产")]
    [DataRow("2.3.3.11", "P59", "其他和未特指原因所致的新生儿黄疸")]
    [DataRow("2.3.3.12", "74.1", "低位子宫下段剖宫产")]
    [DataRow("2.3.3.1", "156", "中国")]
    [DataRow("2.3.3.6", "31", "大学专科毕业")]
    [DataRow("2.3.3.7", "20508", "护理人员")]
    [DataRow("2.3.3.10", "253", "主管护师")]
    [DataRow("2.3.1.158", "403", "肌肉注射")]
    [DataRow("2.3.1.159", "22", "硬脊膜外腔阻滞麻醉")]
    [DataRow("2.3.1.210", "12", "麻腮风")]
    [DataRow("2.3.1.251", "32", "机采血小板")]
    [DataRow("2.3.1.268", "01", "药品类医嘱")]
    public void Known_codes_have_their_names(string oid, string code, string display)
    {
        var system = Systems[$"urn:oid:2.16.156.10011.{oid}"];
        Assert.AreEqual(display, system.Displays[system.Find(code)]);
    }

    [TestMethod]
    public void ICD_10_says_the_same_of_a_code_in_both_its_systems()
    {
        var (world, china) = (Systems["http://hl7.org/fhir/sid/icd-10"], Systems["urn:oid:2.16.156.10011.2.3.3.11"]);
        Assert.IsFalse(world.IsComplete || china.IsComplete, "a code that is not here is not wrong");
        for (var concept = 0; concept < china.Count; concept++)
        {
            var other = world.Find(china.Codes[concept]);
            Assert.Contains(china.Displays[concept] ?? "", world.NamesOf(other).ToList(), china.Codes[concept]);
            Assert.Contains(world.Displays[other] ?? "", china.NamesOf(concept).ToList(), china.Codes[concept]);
            Assert.MatchesRegex(@"^[A-Z][0-9]{2}(\.[0-9])?$", china.Codes[concept]);
        }
    }

    [TestMethod]
    public void A_procedure_is_below_the_one_its_code_begins_with()
    {
        var procedures = Systems["urn:oid:2.16.156.10011.2.3.3.12"];
        Assert.IsTrue(procedures.Hierarchy.Subsumes(procedures.Find("72.2"), procedures.Find("72.21")));
        for (var concept = 0; concept < procedures.Count; concept++)
        {
            Assert.IsTrue(
                procedures.Codes[concept].Length == 4 || !procedures.Hierarchy.Parents(concept).IsEmpty,
                procedures.Codes[concept]);
        }
    }

    [TestMethod]
    public void A_division_is_below_the_one_its_code_begins_with()
    {
        var divisions = Systems["urn:oid:2.16.156.10011.2.3.3.2"];
        Assert.IsGreaterThan(3_000, divisions.Count);
        for (var concept = 0; concept < divisions.Count; concept++)
        {
            foreach (var parent in divisions.Hierarchy.Parents(concept))
            {
                Assert.StartsWith(divisions.Codes[parent].TrimEnd('0'), divisions.Codes[concept]);
            }
        }
    }

    [TestMethod]
    [DataRow("2.3.3.6", 1)]
    [DataRow("2.3.3.7", 3)]
    [DataRow("2.3.3.10", 2)]
    [DataRow("2.3.1.159", 1)]
    [DataRow("2.3.1.251", 1)]
    public void A_code_is_below_the_one_that_it_begins_with(string oid, int length)
    {
        var system = Systems[$"urn:oid:2.16.156.10011.{oid}"];
        var below = 0;
        for (var concept = 0; concept < system.Count; concept++)
        {
            foreach (var parent in system.Hierarchy.Parents(concept))
            {
                var start = system.Codes[parent].TrimEnd('0') is { Length: > 0 } text ? text : system.Codes[parent];
                Assert.StartsWith(start, system.Codes[concept]);
                Assert.IsLessThanOrEqualTo(length, start.Length);
                below++;
            }
        }

        Assert.IsGreaterThan(system.Count / 2, below);
    }

    [TestMethod]
    public void A_country_has_three_codes_that_name_one_another()
    {
        var (world, china) = (Systems["urn:iso:std:iso:3166"], Systems["urn:oid:2.16.156.10011.2.3.3.1"]);
        CollectionAssert.AreEquivalent(world.Codes, china.Codes);
        string[] forms = ["alpha-2", "alpha-3", "numeric"];
        var own = forms.ToDictionary(form => form, _ => 0);
        for (var concept = 0; concept < world.Count; concept++)
        {
            var others = forms.Where(form => Other(world, concept, form) is not null).ToArray();
            var ownForm = forms.Except(others).Single();
            own[ownForm]++;
            foreach (var other in others.Select(form => world.Find(Other(world, concept, form) ?? "")))
            {
                Assert.AreEqual(world.Codes[concept], Other(world, other, ownForm));
                Assert.AreEqual(world.Displays[concept], world.Displays[other]);
            }
        }

        Assert.IsTrue(own.Values.All(count => count == 249), string.Join(' ', own));
        Assert.AreEqual(world.Find("CHN"), world.Find("chn"), "R4 wants codes of countries compared in any case");
    }

    [TestMethod]
    public void The_vaccines_of_the_guide_are_mapped_to_codes_that_are_there()
    {
        var map = All.Single(one => one.Type.Name == "ConceptMap").Root;
        var vaccines = Systems["urn:fhirhub:CodeSystem:immunization-vaccine"];
        var groups = Systems["urn:oid:2.16.156.10011.2.3.1.210"];
        foreach (var group in map["group"])
        {
            var target = Systems[group.First("target").Text ?? ""];
            foreach (var code in group["element"].SelectMany(element => element["target"]))
            {
                var concept = target.Find(code.First("code").Text ?? "");
                Assert.AreEqual(target.Displays[concept], code.First("display").Text);
            }
        }

        // What is mapped to four digits is mapped to the group of them.
        var (coarse, fine) = (map["group"].First(), map["group"].Last());
        foreach (var (large, small) in coarse["element"].Zip(fine["element"]))
        {
            Assert.AreEqual(large.First("code").Text, small.First("code").Text);
            var group = large.At("target.code").Text ?? "";
            Assert.IsGreaterThanOrEqualTo(0, groups.Find(group));
            foreach (var code in small["target"].Select(target => target.First("code").Text ?? ""))
            {
                Assert.AreEqual(group, Other(vaccines, vaccines.Find(code), "group"));
            }
        }
    }

    [TestMethod]
    public void The_divisions_are_those_that_addresses_are_searched_by()
    {
        var divisions = Systems["urn:oid:2.16.156.10011.2.3.3.2"];
        var table = Path.Combine(SourceTree.Root, "src", "FhirServer", "Core", "Search", "Texts", "divisions.tsv");
        var rows = File.ReadLines(table).Where(line => !line.StartsWith('#')).Select(line => line.Split('\t')).ToList();
        Assert.HasCount(divisions.Count, rows);
        foreach (var row in rows)
        {
            Assert.AreEqual(row[1], divisions.Displays[divisions.Find(row[0])], row[0]);
        }
    }

    [TestMethod]
    public void The_template_of_a_hospital_document_is_its_number_and_twenty()
    {
        var documents = Systems["urn:oid:2.16.156.10011.2.4"];
        Assert.IsTrue(documents.TryGetProperty("template", out var template));
        for (var number = 1; number <= 53; number++)
        {
            var concept = documents.Find($"C{number:0000}");
            Assert.AreEqual($"2.16.156.10011.2.1.1.{number + 20}", template.Of(concept).ToArray().Single());
        }
    }

    [TestMethod]
    public void The_sample_region_uses_codes_that_are_there()
    {
        var unknown = new SortedSet<string>();
        foreach (var line in Directory.EnumerateFiles(RegionFolder(), "*.ndjson").SelectMany(File.ReadLines))
        {
            foreach (var coding in Codings(FhirDocument.ParseJson(Encoding.UTF8.GetBytes(line)).Root))
            {
                if (Systems.TryGetValue(coding.First("system").Text ?? "", out var system)
                    && system.Find(coding.First("code").Text ?? "") < 0)
                {
                    unknown.Add($"{system.Url}|{coding.First("code").Text}");
                }
            }
        }

        // Towns are below what the table has.
        Assert.AreEqual("", string.Join(' ', unknown.Where(code => code.Split('|')[1].Length == 6
            || !code.StartsWith("urn:oid:2.16.156.10011.2.3.3.2", StringComparison.Ordinal))));
    }

    static string? Other(CodeSystem system, int concept, string property) =>
        system.TryGetProperty(property, out var column) ? column.Of(concept).ToArray().SingleOrDefault() : null;

    static IEnumerable<FhirNode> Codings(FhirNode node) => node.IsPrimitive ? []
        : node.Type.Name == "Coding" ? [node]
        : node.Children.SelectMany(Codings);

    static string RegionFolder()
    {
        var folder = AppContext.BaseDirectory;
        while (!Directory.Exists(Path.Combine(folder, "samples", "region")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new AssertFailedException("No samples above the tests.");
        }

        return Path.Combine(folder, "samples", "region");
    }

    static IEnumerable<FhirDocument> Resources()
    {
        var assembly = typeof(HubTerminology).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("terminology/China/")))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var text = reader.ReadToEnd();
            foreach (var json in name.EndsWith(".ndjson", StringComparison.Ordinal)
                ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                : [text])
            {
                yield return FhirDocument.ParseJson(Encoding.UTF8.GetBytes(json));
            }
        }
    }
}
