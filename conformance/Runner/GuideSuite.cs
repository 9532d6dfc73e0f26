using System.Text.Json.Nodes;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Packages;

namespace FhirHub.Conformance;

/// <summary>
/// A real guide, the International Patient Summary: it installs, every snapshot made anew from its differential says
/// what the published one does, and its examples conform.
/// </summary>
static class GuideSuite
{
    const string Listed = "ips-differences.tsv";
    const string Name = "hl7.fhir.uv.ips";
    const string Version = "2.0.0";

    /// <summary>What decides whether a resource conforms.</summary>
    static readonly string[] Compared =
        ["min", "max", "type", "slicing", "maxLength", "isModifier", "mustSupport", "binding", "constraint", "base"];

    internal static async Task<int> RunAsync(string tarball)
    {
        var failures = new List<string>();
        var expected = ExpectedFindings.Read(Listed);
        var folder = Directory.CreateTempSubdirectory("fhirhub-ips-");
        var passed = 0;
        using (var published = new PackageFolder(Path.Combine(folder.FullName, "published")))
        using (var made = new PackageFolder(Path.Combine(folder.FullName, "made")))
        {
            // 1. As it is published, and once more without snapshots, which are made at installation then.
            var bytes = await File.ReadAllBytesAsync(tarball);
            await published.InstallAsync(new MemoryStream(bytes), CancellationToken.None);
            var report = await made.InstallAsync(WithoutSnapshots.Of(bytes), CancellationToken.None);
            failures.AddRange(
                report.Problems.Where(problem => !problem.Contains("text.div", StringComparison.Ordinal)));
            foreach (var profile in published.Definitions(Name, Version, "StructureDefinition"))
            {
                if (profile.Root.First("derivation").Text != "constraint")
                {
                    continue; // a logical model, which constrains nothing
                }

                var url = profile.Root.First("url").Text ?? "";
                var before = failures.Count;
                Compare(profile, made.Find("StructureDefinition", url), expected, failures);
                passed += failures.Count == before ? 1 : 0;
            }

            // 2. The examples.
            var validator = ValidationSuite.Validator(made.Find);
            foreach (var example in published.Examples(Name, Version))
            {
                var name = $"{example.Type.Name}/{example.Root.First("id").Text}";
                var errors = (await ValidationSuite.ValidateAsync(validator, example)).Where(issue => issue.IsError)
                    .Where(issue => !expected.Has(name, issue.MessageId, ExpectedFindings.Plain(issue.Expression)))
                    .Select(issue => $"{name}: {issue.MessageId} {issue.Expression}: {issue.Text}").ToList();
                failures.AddRange(errors);
                passed += errors.Count == 0 ? 1 : 0;
            }
        }

        folder.Delete(recursive: true);
        failures.AddRange(expected.Unseen.Select(key => $"{key}: listed in {Listed}, but not found"));
        failures.ForEach(Console.WriteLine);
        Console.WriteLine($"{passed} passed, {failures.Count} failed, 0 skipped");
        return failures.Count == 0 ? 0 : 1;
    }

    static void Compare(
        FhirDocument published, FhirDocument? made, ExpectedFindings expected, List<string> failures)
    {
        var profile = published.Root.First("id").Text ?? "";
        var ours = made is null ? [] : Elements(made);
        var theirs = Elements(published);
        foreach (var id in theirs.Keys.Union(ours.Keys))
        {
            var (was, now) = (theirs.GetValueOrDefault(id), ours.GetValueOrDefault(id));
            foreach (var part in Compared)
            {
                var (a, b) = (Normal(was, part), Normal(now, part));
                if (a != b && !expected.Has(profile, part, id))
                {
                    failures.Add($"{profile} {id} {part}: published {a}, made {b}");
                }
            }
        }
    }

    static Dictionary<string, JsonNode> Elements(FhirDocument profile) =>
        (JsonNode.Parse(profile.Json.Span)?["snapshot"]?["element"] as JsonArray ?? []).OfType<JsonNode>()
            .ToDictionary(element => element["id"]?.ToString() ?? "");

    /// <summary>
    /// What an element says, without the versions that a publisher pins and the words that explain it.
    /// </summary>
    static string Normal(JsonNode? element, string part)
    {
        var value = element?[part];
        var text = part switch
        {
            "binding" => $"{value?["strength"]} {value?["valueSet"]}",
            "constraint" => string.Join(
                ' ', (value as JsonArray ?? []).Select(c => c?["key"]?.ToString()).Order(StringComparer.Ordinal)),
            "type" => string.Join(' ', (value as JsonArray ?? []).Select(Type)),
            "slicing" => $"{value?["rules"]} {value?["ordered"]?.ToString() == "true"} "
                + string.Join(
                    ' ', (value?["discriminator"] as JsonArray ?? []).Select(d => $"{d?["type"]} {d?["path"]}")),
            "base" => $"{value?["path"]} {value?["min"]} {value?["max"]}",
            "isModifier" or "mustSupport" => (value?.ToString() == "true").ToString(),
            _ => value?.ToString() ?? "",
        };
        return System.Text.RegularExpressions.Regex.Replace(text, @"\|[0-9][0-9A-Za-z.\-]*", "");
    }

    static string Type(JsonNode? type) => $"{type?["code"]}"
        + $"({string.Join(',', Texts(type, "profile"))};{string.Join(',', Texts(type, "targetProfile"))})";

    static IEnumerable<string> Texts(JsonNode? type, string part) =>
        (type?[part] as JsonArray ?? []).Select(text => text?.ToString() ?? "");
}
