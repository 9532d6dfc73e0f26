using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FhirHub.Stores.Profiles;

/// <summary>The guide of src/Profiles/guide, installed into an empty hub and held against its own examples.</summary>
[TestClass]
public sealed class GuideTests
{
    /// <summary>What would mean that a profile was not checked as it is written.</summary>
    static readonly HashSet<string> Unchecked = new(StringComparer.Ordinal)
    {
        "invariant-failed", "invariant-broken", "profile-unknown", "profile-broken", "definition-broken",
        "response-questionnaire-unknown",
    };

    static GuideHub _hub = null!; // set before the first test

    [ClassInitialize]
    public static async Task Open(TestContext _) => _hub = await GuideHub.OpenAsync();

    [ClassCleanup]
    public static void Close() => _hub.Dispose();

    [TestMethod]
    public void The_package_installs_without_a_problem()
    {
        Assert.AreEqual("fhirhub.cn.mch", _hub.Report.Manifest.Name);
        Assert.AreEqual("", string.Join('\n', _hub.Report.Problems.Concat(_hub.Report.Missing)));
        Assert.HasCount(_hub.Report.Definitions, GuidePackage.Built.Definitions.ToArray());
        Assert.HasCount(_hub.Report.Examples, GuidePackage.Built.Examples.ToArray());
    }

    [TestMethod]
    public async Task Every_good_example_passes()
    {
        var wrong = new StringBuilder();
        foreach (var example in GuidePackage.Built.Examples)
        {
            var found = await _hub.ErrorsAsync(example) + await _hub.HintsAsync(example);
            wrong.Append(found.Length == 0 ? "" : $"{Id(example)}: {found}\n");
        }

        Assert.AreEqual("", wrong.ToString());
    }

    [TestMethod]
    public async Task Every_fault_is_found_and_nothing_else()
    {
        var wrong = new StringBuilder();
        foreach (var fault in GuidePackage.Built.Faults)
        {
            var errors = await _hub.ErrorsAsync(fault.Json);
            var found = fault.IsError ? errors : errors + await _hub.HintsAsync(fault.Json);
            wrong.Append(found == fault.Expected ? "" : $"{fault.Id}: not [{fault.Expected}] but [{found}]\n");
        }

        Assert.AreEqual("", wrong.ToString());
    }

    [TestMethod]
    public async Task Every_profile_is_checked_as_it_is_written()
    {
        var wrong = new StringBuilder();
        foreach (var json in GuidePackage.Built.Examples.Concat(GuidePackage.Built.Faults.Select(fault => fault.Json)))
        {
            foreach (var issue in (await _hub.IssuesAsync(json)).Where(i => Unchecked.Contains(i.MessageId)))
            {
                wrong.Append(CultureInfo.InvariantCulture, $"{Id(json)}: {GuideHub.Line(issue)} {issue.Text}\n");
            }
        }

        Assert.AreEqual("", wrong.ToString());
    }

    [TestMethod]
    public async Task Every_definition_is_valid_itself()
    {
        var wrong = new StringBuilder();
        foreach (var definition in GuidePackage.Built.Definitions)
        {
            var errors = await _hub.ErrorsAsync(definition);
            wrong.Append(errors.Length == 0 ? "" : $"{Id(definition)}: {errors}\n");
        }

        Assert.AreEqual("", wrong.ToString());
    }

    [TestMethod]
    public void Every_rule_is_broken_by_a_fault()
    {
        var broken = GuidePackage.Built.Faults.Select(fault => fault.Rule).ToHashSet();
        var rules =
            from definition in GuidePackage.Built.Definitions
            let root = Root(definition)
            where root.GetProperty("resourceType").GetString() == "StructureDefinition"
            from element in root.GetProperty("differential").GetProperty("element").EnumerateArray()
            where element.TryGetProperty("constraint", out _)
            from constraint in element.GetProperty("constraint").EnumerateArray()
            select constraint.GetProperty("key").GetString();
        Assert.AreEqual("", string.Join(' ', rules.Distinct().Where(rule => !broken.Contains(rule))));
    }

    [TestMethod]
    public void Every_profile_has_two_good_examples_and_two_that_must_fail()
    {
        var good = GuidePackage.Built.Examples.CountBy(Profile).ToDictionary();
        var bad = GuidePackage.Built.Faults.Where(fault => fault.IsError).CountBy(fault => Profile(fault.Json)).ToDictionary();
        var profiles = Profiles().ToArray();
        Assert.IsGreaterThanOrEqualTo(36, profiles.Length);
        foreach (var profile in profiles)
        {
            Assert.IsGreaterThanOrEqualTo(2, good.GetValueOrDefault(profile), $"good examples of {profile}");
            Assert.IsGreaterThanOrEqualTo(2, bad.GetValueOrDefault(profile), $"faults of {profile}");
        }
    }

    static IEnumerable<string> Profiles() =>
        from json in GuidePackage.Built.Definitions
        let root = JsonDocument.Parse(json).RootElement
        where root.GetProperty("resourceType").GetString() == "StructureDefinition"
            && root.GetProperty("type").GetString() != "Extension"
        select root.GetProperty("url").GetString();

    static string Profile(string json) => Root(json).GetProperty("meta").GetProperty("profile")[0].GetString() ?? "";

    static string Id(string json) => Root(json).GetProperty("id").GetString() ?? "";

    static JsonElement Root(string json) => JsonDocument.Parse(json).RootElement;
}
