using FhirHub.Core.Model;
using FhirHub.Fhir.Definitions;
using FhirHub.Fhir.Documents;

namespace FhirHub.Host.Operations;

/// <summary>
/// The resources of this server that a document refers to: https://hl7.org/fhir/R4/references.html#literal
/// </summary>
static class References
{
    internal static IEnumerable<ResourceKey> Of(FhirDocument document, string tenant, string baseUrl) =>
        Of(document.Root, tenant, baseUrl);

    internal static IEnumerable<ResourceKey> Of(FhirNode node, string tenant, string baseUrl)
    {
        foreach (var child in node.Children)
        {
            if (child.Type.Name == "Reference" && Key(child.First("reference").Text, tenant, baseUrl) is { } key)
            {
                yield return key;
            }

            foreach (var inner in Of(child, tenant, baseUrl))
            {
                yield return inner;
            }
        }
    }

    /// <summary>
    /// The key a reference names; null for one to another server, into the document or by identifier.
    /// </summary>
    static ResourceKey? Key(string? reference, string tenant, string baseUrl)
    {
        var isOurs = reference?.StartsWith(baseUrl, StringComparison.Ordinal) == true;
        var local = isOurs ? reference?[baseUrl.Length..] : reference;
        return local?.Split('/') is [var type, var id, ..] and ({ Length: 2 } or [_, _, "_history", _])
            && FhirSchema.R4.TryGetType(type, out var schema) && schema.IsResource && ResourceId.IsValid(id)
                ? new ResourceKey(tenant, type, id)
                : null;
    }
}
