using System.Globalization;
using FhirHub.Fhir.Documents;

namespace FhirHub.Profiles.Plans;

/// <summary>The names the guide for maternal and child health (src/Profiles/guide) gives to what plans need.</summary>
static class Guide
{
    const string Canonical = "urn:fhirhub:mch/";

    internal const string RiskTopic = "pregnancy-risk";
    internal const string RiskColours = "urn:fhirhub:CodeSystem:pregnancy-risk-colour";
    internal const string Divisions = "urn:oid:2.16.156.10011.2.3.3.2";

    internal static string Profile(string id) => $"{Canonical}StructureDefinition/{id}";

    internal static string CodeSystem(string id) => $"{Canonical}CodeSystem/{id}";

    /// <summary>The value of an extension of the guide, or a missing node.</summary>
    internal static FhirNode Extension(FhirDocument? resource, string id) =>
        resource is null ? default : Extension(resource.Root, id);

    internal static FhirNode Extension(FhirNode element, string id)
    {
        var url = Profile(id);
        return element["extension"].FirstOrDefault(extension => extension.First("url").Text == url).First("value");
    }

    internal static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
