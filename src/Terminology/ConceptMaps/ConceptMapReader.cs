using FhirHub.Fhir.Documents;

namespace FhirHub.Terminology.ConceptMaps;

/// <summary>From a ConceptMap resource to its form for asking.</summary>
static class ConceptMapReader
{
    internal static ConceptMap Read(FhirDocument document)
    {
        var groups = new List<MapGroup>();
        foreach (var group in document.Root["group"])
        {
            groups.Add(new MapGroup(
                group.First("source").Text, group.First("target").Text, Mappings(group), UnmappedOf(group)));
        }

        return new ConceptMap { Url = document.Root.First("url").Text ?? "", Groups = groups };
    }

    static List<Mapping> Mappings(FhirNode group)
    {
        var mappings = new List<Mapping>();
        foreach (var element in group["element"])
        {
            if (element.First("code").Text is not { } source)
            {
                continue;
            }

            var before = mappings.Count;
            foreach (var target in element["target"])
            {
                mappings.Add(new Mapping(
                    source,
                    target.First("code").Text,
                    target.First("display").Text,
                    target.First("equivalence").Text ?? "relatedto",
                    Dependencies(target)));
            }

            if (mappings.Count == before)
            {
                mappings.Add(new Mapping(source, null, null, "unmatched", []));
            }
        }

        return mappings;
    }

    static List<Dependency> Dependencies(FhirNode target)
    {
        var dependencies = new List<Dependency>();
        foreach (var condition in target["dependsOn"])
        {
            dependencies.Add(new Dependency(
                condition.First("property").Text ?? "",
                condition.First("system").Text,
                condition.First("value").Text ?? ""));
        }

        return dependencies;
    }

    static Unmapped? UnmappedOf(FhirNode group)
    {
        var unmapped = group.First("unmapped");
        return unmapped.First("mode").Text switch
        {
            "provided" => new Unmapped(true, null, null, null),
            "fixed" => new Unmapped(false, unmapped.First("code").Text, unmapped.First("display").Text, null),
            "other-map" => new Unmapped(false, null, null, unmapped.First("url").Text),
            _ => null,
        };
    }
}
