using System.Text;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Snapshots;

namespace FhirHub.Unit.Profiles.Snapshots;

/// <summary>Snapshots made from the differentials that R4 publishes, against the snapshots it publishes.</summary>
[TestClass]
public sealed class PublishedSnapshotTests
{
    const int ProfilesOfTheSpecification = 439;

    /// <summary>What decides whether a resource conforms; texts and mappings do not.</summary>
    static readonly string[] Compared =
    [
        "fixed", "pattern", "binding", "minValue", "maxValue", "maxLength", "isModifier", "mustSupport",
        "contentReference", "type",
    ];

    static readonly SnapshotLibrary Library = new(
        canonical => DefinitionArchive.R4.TryGet(canonical, out var found) ? found : null);

    [TestMethod]
    public void Every_published_profile_gets_the_snapshot_it_is_published_with_but_for_those_argued()
    {
        var argued = Argued();
        var used = new HashSet<(string, string)>();
        var unexpected = new List<string>();
        var compared = 0;
        foreach (var definition in DefinitionArchive.R4.ReadAll("StructureDefinition"))
        {
            if (definition.Root.First("derivation").Text != "constraint"
                || ElementTree.Read(definition.Root.First("snapshot")) is not { } published)
            {
                continue;
            }

            compared++;
            var name = (definition.Root.First("url").Text ?? "").Split('/')[^1];
            foreach (var (element, what) in Differences(published, Library.Of(definition.Root, anew: true)))
            {
                var reason = argued.FirstOrDefault(
                    a => a.Profile == name && element.StartsWith(a.Element, StringComparison.Ordinal));
                if (reason == default)
                {
                    unexpected.Add($"{name} {element}: {what}");
                }

                used.Add(reason);
            }
        }

        Assert.IsGreaterThanOrEqualTo(ProfilesOfTheSpecification, compared);
        Assert.IsEmpty(unexpected, string.Join('\n', unexpected));
        var unused = argued.Where(a => !used.Contains(a)).ToList();
        Assert.IsEmpty(unused, "argued, and yet no difference: " + string.Join(' ', unused));
    }

    internal static List<(string Element, string What)> Differences(ElementNode published, Snapshot made)
    {
        List<(string, string)> found = [.. made.Problems.Select(p => (p.Element, p.ToString()))];
        if (made.Root is { } root)
        {
            Compare(published, root, root.Name, found);
        }

        return found;
    }

    static void Compare(ElementNode expected, ElementNode made, string id, List<(string, string)> found)
    {
        if (expected.Definition is { } was && made.Definition is { } now)
        {
            Say("min", was.Min, now.Min);
            Say("max", was.Max, now.Max);
            Say("base", was.Base, now.Base);
            Say("slicing", Slicing(was), Slicing(now));
            Say("constraints", Keys(was), Keys(now));
            foreach (var element in Compared)
            {
                Say(element, Json(was[element]), Json(now[element]));
            }
        }

        Compare(expected.Children, made.Children, id, ".", found);
        Compare(expected.Slices, made.Slices, id, ":", found);

        void Say(string what, object? before, object? after)
        {
            if (!Equals(before, after))
            {
                found.Add((id, $"{what} is {before}, made as {after}"));
            }
        }
    }

    static void Compare(
        List<ElementNode> expected, List<ElementNode> made, string id, string mark, List<(string, string)> found)
    {
        string IdOf(ElementNode node) => id + mark + (mark == "." ? node.Name : node.Slice);
        foreach (var node in expected)
        {
            if (made.Find(m => IdOf(m) == IdOf(node)) is { } other)
            {
                Compare(node, other, IdOf(node), found);
            }
            else
            {
                found.Add((IdOf(node), "is missing"));
            }
        }

        found.AddRange(made.Where(m => !expected.Exists(e => IdOf(e) == IdOf(m))).Select(m => (IdOf(m), "is extra")));
    }

    static (string Profile, string Element)[] Argued()
    {
        using var stream = typeof(PublishedSnapshotTests).Assembly
            .GetManifestResourceStream("published-differences.tsv");
        using var reader = new StreamReader(stream!); // embedded by the project
        return
        [
            .. reader.ReadToEnd().Split('\n')
                .Where(line => line.Length > 0 && line[0] != '#')
                .Select(line => line.Split('\t'))
                .Select(fields => (fields[0], fields[1])),
        ];
    }

    static string Slicing(ElementDefinition definition) => definition.Slicing is { Exists: true } slicing
        ? $"{slicing.First("rules").Text} {slicing.First("ordered").Text is "true"} "
            + Json([.. slicing["discriminator"]])
        : "";

    static string Keys(ElementDefinition definition) =>
        string.Join(' ', definition["constraint"].Select(c => c.First("key").Text).Order(StringComparer.Ordinal));

    static string Json(IReadOnlyList<FhirNode> nodes) =>
        string.Join(' ', nodes.Select(node => Encoding.UTF8.GetString(node.Json)));
}
