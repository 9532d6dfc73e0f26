using FhirHub.Core.Model;
using FhirHub.Core.Terminology;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Terminology.CodeSystems;
using FhirHub.Terminology.ValueSets;

namespace FhirHub.Unit.Terminology;

/// <summary>Every value set of R4 and HL7 terminology, expanded.</summary>
[TestClass]
public sealed class PublishedValueSetTests
{
    static readonly string[] BelowCriterion =
    [
        .. new[] { "EVN.CRT", "GOL.CRT", "INT.CRT", "PRMS.CRT", "RQO.CRT", "RSK.CRT" }
            .Select(code => $"http://terminology.hl7.org/CodeSystem/v3-ActMood|{code}"),
    ];

    static readonly Lazy<(World World, List<(FhirDocument Document, ValueSet ValueSet)> ValueSets)> Published = new(() =>
    {
        var world = new World();
        // What is read last prevails, as in the archive.
        foreach (var document in DefinitionArchive.R4.ReadAll("CodeSystem").Reverse())
        {
            world.Add(CodeSystemReader.Read(document.Root));
        }

        var valueSets = DefinitionArchive.R4.ReadAll("ValueSet").Reverse()
            .Select(document => (document, ValueSetReader.Read(document.Root))).ToList();
        foreach (var (_, valueSet) in valueSets)
        {
            world.Add(valueSet);
        }

        return (world, valueSets);
    });

    [TestMethod]
    public void Each_expands_or_says_which_code_system_is_missing()
    {
        var (world, valueSets) = Published.Value;
        var refused = new List<string>();
        var expanded = 0;
        foreach (var url in valueSets.Select(one => one.ValueSet.Url).Distinct())
        {
            try
            {
                world.Expand(url);
                expanded++;
            }
            catch (FhirException problem)
            {
                refused.Add($"{problem.Problem.IssueCode}: {url}: {problem.Message}");
            }
        }

        Assert.IsEmpty(
            refused.Where(reason => !reason.StartsWith("not-found", StringComparison.Ordinal)
                && !reason.StartsWith("incomplete", StringComparison.Ordinal)),
            string.Join('\n', refused));
        Assert.IsGreaterThan(2_500, expanded, string.Join('\n', refused));
    }

    [TestMethod]
    public void Membership_agrees_with_each_expansion()
    {
        var (world, valueSets) = Published.Value;
        foreach (var (_, valueSet) in valueSets.Where((_, i) => i % 20 == 0))
        {
            List<CodeEntry> codes;
            try
            {
                codes = world.Expand(valueSet.Url).Codes;
            }
            catch (FhirException)
            {
                continue; // the other test says why
            }

            world.AssertAgreement(valueSet.Url, codes);
        }
    }

    [TestMethod]
    public void The_expansions_that_R4_ships_are_ours()
    {
        var (world, valueSets) = Published.Value;
        var compared = 0;
        foreach (var (document, valueSet) in valueSets.Where(one => one.Document.Root.First("expansion").Exists))
        {
            // HL7 terminology, which came after R4, made the value set v2-0136 draw on another code system.
            var shipped = new SortedSet<string>(
                Contained(document.Root.First("expansion")).Select(code => code.Replace("v2-0136", "v2-0532")),
                StringComparer.Ordinal);
            // R4's own code system has codes below CRT which the expansion, made by hand in 2017, does not list.
            shipped.UnionWith(valueSet.Url.EndsWith("/inactive", StringComparison.Ordinal) ? BelowCriterion : []);
            var ours = new SortedSet<string>(
                world.Expand(valueSet.Url).Codes.Select(code => $"{code.System}|{code.Code}"), StringComparer.Ordinal);
            CollectionAssert.AreEqual(shipped.ToArray(), ours.ToArray(), $"{valueSet.Url}: {string.Join(' ', ours)}");
            compared++;
        }

        Assert.AreEqual(2, compared);
    }

    static IEnumerable<string> Contained(FhirNode level)
    {
        foreach (var entry in level["contains"])
        {
            yield return $"{entry.First("system").Text}|{entry.First("code").Text}";
            foreach (var below in Contained(entry))
            {
                yield return below;
            }
        }
    }
}
