using FhirHub.Core.Model;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Core.Search;

/// <summary>
/// The URLs that resources say are their own, which canonical references name:
/// https://hl7.org/fhir/R4/references.html#canonical
/// </summary>
public static class CanonicalUrls
{
    /// <summary>The parameters that find a type's resources by URL and version; null for types without URLs.</summary>
    public static (string Url, string? Version)? ParametersOf(string type) =>
        Find(type, "url", SearchParameterType.Uri) is { } url
            ? (url, Find(type, "version", SearchParameterType.Token))
            : null;

    /// <summary>What a resource says of itself.</summary>
    public static (string? Url, string? Version) Of(StoredResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var root = FhirDocument.ParseJson(resource.Json, ParseOptions.Lenient).OrThrow().Root;
        return (Text("url"), Text("version"));

        string? Text(string element) =>
            root.Type.TryGetProperty(element, out _) ? root.First(element).Text : null;
    }

    static string? Find(string type, string code, SearchParameterType kind) =>
        ParameterCatalog.R4.TryGet(type, code, out var parameter) && parameter.Type == kind ? parameter.Url : null;
}
