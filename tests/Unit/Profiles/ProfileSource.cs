using System.Text;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;
using FhirHub.Profiles.Snapshots;

namespace FhirHub.Unit.Profiles;

/// <summary>Profiles written as little JSON, found beside those of R4.</summary>
sealed class ProfileSource
{
    internal const string Base = "http://hl7.org/fhir/StructureDefinition/";
    readonly Dictionary<string, FhirDocument> _own = new(StringComparer.Ordinal);

    internal SnapshotLibrary Library => new(Find);

    internal FhirDocument? Own(string canonical) => _own.GetValueOrDefault(canonical);

    internal FhirDocument? Find(string canonical) => _own.TryGetValue(canonical, out var own) ? own
        : DefinitionArchive.R4.TryGet(canonical, out var found) ? found
        : null;

    /// <summary>Adds a profile by the elements of its differential, each without braces.</summary>
    internal FhirDocument Add(string url, string type, string baseUrl, params string[] elements)
    {
        var kind = FhirSchema.R4[type].IsResource ? "resource" : "complex-type";
        var differential = string.Join(",", elements.Select(e => "{" + e + "}"));
        return Add(
            "{\"resourceType\":\"StructureDefinition\",\"name\":\"Test\",\"status\":\"draft\","
            + $"\"url\":\"{url}\",\"kind\":\"{kind}\",\"abstract\":false,\"type\":\"{type}\","
            + $"\"baseDefinition\":\"{baseUrl}\",\"derivation\":\"constraint\","
            + $"\"differential\":{{\"element\":[{differential}]}}}}");
    }

    internal FhirDocument Add(string json)
    {
        var document = FhirDocument.ParseJson(Encoding.UTF8.GetBytes(json), ParseOptions.Lenient).OrThrow();
        _own[document.Root.First("url").Text ?? ""] = document;
        return document;
    }

    internal static FhirDocument Parse(string json) => FhirDocument.ParseJson(Encoding.UTF8.GetBytes(json));

    /// <summary>The elements of a tree by their ids, in the order of a snapshot.</summary>
    internal static Dictionary<string, ElementDefinition> ById(ElementNode root)
    {
        var found = new Dictionary<string, ElementDefinition>(StringComparer.Ordinal);
        Gather(root, root.Name);
        return found;

        void Gather(ElementNode node, string id)
        {
            if (node.Definition is { } definition)
            {
                found.Add(id, definition);
            }

            node.Children.ForEach(child => Gather(child, $"{id}.{child.Name}"));
            node.Slices.ForEach(s => Gather(s, node.Slice is null ? $"{id}:{s.Slice}" : $"{id}/{s.Slice}"));
        }
    }
}
