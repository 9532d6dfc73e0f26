using FhirHub.Fhir.Documents;

namespace FhirHub.Samples.Generator;

/// <summary>The resources of one household or of the institutions, in the order they were made.</summary>
sealed class ResourceSet
{
    readonly List<FhirDocument> _documents = [];

    internal IReadOnlyList<FhirDocument> Documents => _documents;

    /// <summary>
    /// Builds and checks a resource, and returns the reference to it; the profile is one of the guide, or null where
    /// the guide has none.
    /// </summary>
    internal string Add(string type, string id, string? profile, Action<FhirBuilder> build)
    {
        var builder = FhirBuilder.Create(type).Set("id", id);
        if (profile is not null)
        {
            builder.Add("meta.profile", Guide.Profile(profile));
        }

        build(builder);
        _documents.Add(builder.Build());
        return $"{type}/{id}";
    }
}
