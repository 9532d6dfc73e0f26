using FhirHub.Fhir.Documents;
using FhirHub.Terminology.Dictionaries;

namespace FhirHub.Terminology.ConceptMaps;

/// <summary>From a ConceptMap resource to its form for asking.</summary>
static class ConceptMapReader
{
    internal static ConceptMap Read(FhirNode root)
    {
        var groups = new List<MapGroup>();
        foreach (var group in root["group"])
        {
            groups.Add(new MapGroup(
                group.First("source").Text, group.First("target").Text, Mappings(group), UnmappedOf(group))
            {
                SourceVersion = group.First("sourceVersion").Text,
                TargetVersion = group.First("targetVersion").Text,
            });
        }

        return new ConceptMap
        {
            Url = root.First("url").Text ?? "",
            IsUnpublished = Review.Of(root) is not null && root.First("status").Text != "active",
            SourceSet = root.First("source").Text,
            TargetSet = root.First("target").Text,
            Groups = groups,
        };
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
                    Dependencies(target))
                {
                    Products = Products(target),
                });
            }

            // What has only targets that were refused is still to be mapped.
            if (mappings.Count == before && !MapWork.HasRefusals(element))
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

    static List<Product> Products(FhirNode target)
    {
        var products = new List<Product>();
        foreach (var product in target["product"])
        {
            products.Add(new Product(
                product.First("property").Text ?? "",
                product.First("system").Text,
                product.First("value").Text ?? "",
                product.First("display").Text));
        }

        return products;
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
