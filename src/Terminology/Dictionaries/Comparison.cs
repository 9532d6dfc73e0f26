using FhirHub.Fhir.Documents;

namespace FhirHub.Terminology.Dictionaries;

/// <summary>What is different between two versions of a code system, value set or concept map.</summary>
/// <param name="Changes">What was added, removed or changed, in the order of the later version.</param>
public sealed record Comparison(IReadOnlyList<DefinitionChange> Changes)
{
    /// <summary>Compares what each says of its codes.</summary>
    public static Comparison Of(FhirNode before, FhirNode after)
    {
        var old = Facts(before);
        var now = Facts(after);
        var changes = new List<DefinitionChange>();
        foreach (var (code, facts) in now)
        {
            if (!old.TryGetValue(code, out var was))
            {
                changes.Add(new DefinitionChange(DefinitionChangeKind.Added, code, [], facts.ToList()));
            }
            else if (!was.SetEquals(facts))
            {
                changes.Add(new DefinitionChange(
                    DefinitionChangeKind.Changed,
                    code,
                    [.. was.Except(facts)],
                    [.. facts.Except(was)]));
            }
        }

        changes.AddRange(old.Where(one => !now.ContainsKey(one.Key))
            .Select(one => new DefinitionChange(DefinitionChangeKind.Removed, one.Key, one.Value.ToList(), [])));
        return new Comparison(changes);
    }

    /// <summary>All that a definition says, by the code it says it of.</summary>
    static Dictionary<string, SortedSet<string>> Facts(FhirNode root)
    {
        var facts = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        switch (root.Type.Name)
        {
            case "CodeSystem":
                AddConcepts(facts, root["concept"], null);
                break;
            case "ConceptMap":
                AddMappings(facts, root);
                break;
            default:
                AddParts(facts, root.First("compose"), "include");
                AddParts(facts, root.First("compose"), "exclude");
                break;
        }

        return facts;
    }

    static void AddConcepts(Dictionary<string, SortedSet<string>> facts, FhirNodes concepts, string? parent)
    {
        foreach (var concept in concepts)
        {
            if (concept.First("code").Text is not { } code)
            {
                continue;
            }

            var own = Of(facts, code);
            Add(own, "display", concept.First("display").Text);
            Add(own, "definition", concept.First("definition").Text);
            Add(own, "parent", parent);
            foreach (var designation in concept["designation"])
            {
                var language = designation.First("language").Text;
                Add(own, $"designation {language}".TrimEnd(), designation.First("value").Text);
            }

            foreach (var property in concept["property"])
            {
                var value = property.First("value");
                Add(own, property.First("code").Text ?? "", value.IsPrimitive ? value.Text : Word(value));
            }

            AddConcepts(facts, concept["concept"], code);
        }
    }

    static void AddMappings(Dictionary<string, SortedSet<string>> facts, FhirNode map)
    {
        foreach (var group in map["group"])
        {
            foreach (var element in group["element"])
            {
                if (MapWork.HasRefusals(element) && !element["target"].Any())
                {
                    continue; // still to be mapped, and nobody translates with it
                }

                var own = Of(facts, $"{group.First("source").Text}|{element.First("code").Text}");
                foreach (var target in element["target"])
                {
                    var code = target.First("code").Text;
                    Add(own, target.First("equivalence").Text ?? "relatedto",
                        code is null ? "-" : $"{group.First("target").Text}|{code}");
                }
            }
        }
    }

    static void AddParts(Dictionary<string, SortedSet<string>> facts, FhirNode compose, string name)
    {
        foreach (var part in compose[name])
        {
            var system = part.First("system").Text;
            foreach (var concept in part["concept"])
            {
                Add(Of(facts, $"{system}|{concept.First("code").Text}"), name, concept.First("display").Text ?? "");
            }

            foreach (var filter in part["filter"])
            {
                Add(Of(facts, system ?? ""), name,
                    $"{filter.First("property").Text} {filter.First("op").Text} {filter.First("value").Text}");
            }

            foreach (var imported in part["valueSet"])
            {
                Add(Of(facts, system ?? imported.Text ?? ""), name, imported.Text);
            }

            if (system is not null && !part["concept"].Any() && !part["filter"].Any() && !part["valueSet"].Any())
            {
                Add(Of(facts, system), name, "*");
            }
        }
    }

    static SortedSet<string> Of(Dictionary<string, SortedSet<string>> facts, string code)
    {
        if (!facts.TryGetValue(code, out var own))
        {
            facts.Add(code, own = new SortedSet<string>(StringComparer.Ordinal));
        }

        return own;
    }

    static void Add(SortedSet<string> own, string name, string? value)
    {
        if (value is not null)
        {
            own.Add($"{name}: {value}");
        }
    }

    static string Word(FhirNode coding) => $"{coding.First("system").Text}|{coding.First("code").Text}";
}

/// <summary>What happened to what a definition says of a code.</summary>
/// <param name="Kind">Whether the code is new, gone, or there with something else said of it.</param>
/// <param name="Code">The code; of a concept map and a value set with its system.</param>
/// <param name="Before">What was said and is no longer, such as <c>display: 剖腹产</c>.</param>
/// <param name="After">What is said now and was not before.</param>
public sealed record DefinitionChange(
    DefinitionChangeKind Kind, string Code, IReadOnlyList<string> Before, IReadOnlyList<string> After);

/// <summary>How a code changed from one version to another.</summary>
public enum DefinitionChangeKind
{
    Added,
    Removed,
    Changed,
}
