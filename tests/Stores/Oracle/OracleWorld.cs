using System.Text;
using FhirHub.Fhir.Definitions;

namespace FhirHub.Stores.Oracle;

/// <summary>Everything there is to find: the current resources, and the moment the search is made.</summary>
sealed class OracleWorld
{
    readonly Dictionary<string, OracleResource> _byKey = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<OracleResource>> _byType = new(StringComparer.Ordinal);

    internal OracleWorld(IEnumerable<OracleResource> resources, DateTimeOffset now)
    {
        Now = now;
        foreach (var resource in resources)
        {
            _byKey.Add(resource.Key, resource);
            if (!_byType.TryGetValue(resource.Type, out var list))
            {
                _byType.Add(resource.Type, list = []);
            }

            list.Add(resource);
            foreach (var contained in Element.Items(resource.Json, "contained"))
            {
                var inner = new OracleResource(Encoding.UTF8.GetBytes(contained.GetRawText())) { IsContained = true };
                resource.Contained[inner.Id] = inner;
            }
        }
    }

    internal DateTimeOffset Now { get; }

    internal IEnumerable<string> Types => _byType.Keys;

    internal IEnumerable<OracleResource> All => _byKey.Values;

    internal IReadOnlyList<OracleResource> Of(string type) => _byType.GetValueOrDefault(type, []);

    internal OracleResource? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>What a parameter gives for a resource.</summary>
    internal static IReadOnlyList<Element> Elements(OracleResource resource, SearchParameterSchema parameter)
    {
        if (!resource.Elements.TryGetValue(parameter.Url, out var found))
        {
            resource.Elements.Add(parameter.Url, found = ElementFinder.Find(resource, parameter));
        }

        return found;
    }
}
