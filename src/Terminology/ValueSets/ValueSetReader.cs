using FhirHub.Core.Terminology;
using FhirHub.Fhir.Documents;
using FhirHub.Terminology.Operations;

namespace FhirHub.Terminology.ValueSets;

/// <summary>From a ValueSet resource to its definition; what it says is judged when it is used.</summary>
static class ValueSetReader
{
    const string Extensions = "http://hl7.org/fhir/StructureDefinition/";
    static readonly string[] SupplementExtensions =
        [Extensions + "valueset-supplement", Extensions + "valueset-expand-rules-supplement"];
    static readonly string[] UnclosedExtensions = [Extensions + "valueset-unclosed", Extensions + "valueset-toocostly"];

    internal static ValueSet Read(FhirNode root)
    {
        var compose = root.First("compose");
        return new ValueSet
        {
            Url = root.First("url").Text ?? "",
            Version = root.First("version").Text,
            Inactive = compose.First("inactive").Text switch { "true" => true, "false" => false, _ => null },
            Include = Inclusions(compose, "include"),
            Exclude = Inclusions(compose, "exclude"),
            Expansion = compose.Exists ? null : Expansion(root.First("expansion")),
            Contained = Contained(root),
            Supplements = [.. Values(root, SupplementExtensions)],
            Head = new ValueSetHead(
                root.First("name").Text,
                root.First("title").Text,
                root.First("status").Text,
                root.First("experimental").Text == "true"),
        };
    }

    static List<Inclusion> Inclusions(FhirNode compose, string name)
    {
        var parts = new List<Inclusion>();
        foreach (var part in compose[name])
        {
            var path = $"ValueSet.compose.{name}[{parts.Count}]";
            parts.Add(new Inclusion(Concepts(part))
            {
                Path = path,
                System = part.First("system").Text,
                // A star stands for all versions, of which the one in force is the best that can be had.
                Version = part.First("version").Text is { } version and not "*" ? version : null,
                Filters = Filters(part, path),
                ValueSets = [.. Texts(part["valueSet"])],
            });
        }

        return parts;
    }

    static List<ListedConcept> Concepts(FhirNode part)
    {
        var concepts = new List<ListedConcept>();
        foreach (var concept in part["concept"])
        {
            if (concept.First("code").Text is { } code)
            {
                concepts.Add(new ListedConcept(code, concept.First("display").Text)
                {
                    Designations = Designation.All(concept),
                });
            }
        }

        return concepts;
    }

    static List<ConceptFilter> Filters(FhirNode part, string path)
    {
        var filters = new List<ConceptFilter>();
        foreach (var filter in part["filter"])
        {
            filters.Add(new ConceptFilter(
                $"{path}.filter[{filters.Count}]",
                filter.First("property").Text ?? "",
                filter.First("op").Text ?? "",
                filter.First("value").Text ?? ""));
        }

        return filters;
    }

    static StoredExpansion? Expansion(FhirNode expansion)
    {
        if (!expansion.Exists)
        {
            return null;
        }

        var codes = new List<CodeEntry>();
        var places = Contains(expansion, codes);
        var total = int.TryParse(expansion.First("total").Text, out var said) ? said : places;
        return new StoredExpansion(codes, isWhole: total <= places && !Values(expansion, UnclosedExtensions).Any());
    }

    /// <summary>Adds the codes at and below a level; gives how many entries stand there, headings among them.</summary>
    static int Contains(FhirNode level, List<CodeEntry> codes)
    {
        var places = 0;
        foreach (var entry in level["contains"])
        {
            if (entry.First("system").Text is { } system && entry.First("code").Text is { } code)
            {
                codes.Add(new CodeEntry(
                    system,
                    entry.First("version").Text,
                    code,
                    entry.First("display").Text,
                    entry.First("inactive").Text == "true",
                    entry.First("abstract").Text == "true"));
            }

            places += 1 + Contains(entry, codes);
        }

        return places;
    }

    static Dictionary<string, ValueSet> Contained(FhirNode root)
    {
        var inside = new Dictionary<string, ValueSet>(StringComparer.Ordinal);
        foreach (var resource in root["contained"])
        {
            if (resource.Type.Name == "ValueSet" && resource.First("id").Text is { } id)
            {
                inside.TryAdd(id, Read(resource));
            }
        }

        return inside;
    }

    static IEnumerable<string> Values(FhirNode node, string[] extensions)
    {
        foreach (var extension in node["extension"])
        {
            if (extensions.Contains(extension.First("url").Text))
            {
                yield return extension.First("value").Text ?? "";
            }
        }
    }

    static IEnumerable<string> Texts(FhirNodes nodes)
    {
        foreach (var node in nodes)
        {
            if (node.Text is { } text)
            {
                yield return text;
            }
        }
    }
}
