using FhirHub.Fhir.Documents;

namespace FhirHub.Samples.Generator;

/// <summary>The resources made so far, by type and in the order they were made.</summary>
sealed class ResourceSet
{
    readonly SortedDictionary<string, List<FhirDocument>> _byType = new(StringComparer.Ordinal);

    /// <summary>Builds and checks a resource, and returns the reference to it.</summary>
    internal string Add(string type, string id, Action<FhirBuilder> build)
    {
        var builder = FhirBuilder.Create(type).Set("id", id);
        build(builder);
        if (!_byType.TryGetValue(type, out var documents))
        {
            _byType[type] = documents = [];
        }

        documents.Add(builder.Build());
        return $"{type}/{id}";
    }

    internal IReadOnlyDictionary<string, IReadOnlyList<FhirDocument>> ByType() =>
        new SortedDictionary<string, IReadOnlyList<FhirDocument>>(
            _byType.ToDictionary(pair => pair.Key, IReadOnlyList<FhirDocument> (pair) => pair.Value),
            StringComparer.Ordinal);
}
