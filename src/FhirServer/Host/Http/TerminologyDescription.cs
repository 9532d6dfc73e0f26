using FhirHub.Fhir.Documents;
using FhirHub.Host.Operations;
using FhirHub.Terminology.Content;

namespace FhirHub.Host.Http;

/// <summary>
/// What the server knows of terminologies: https://hl7.org/fhir/R4/terminologycapabilities.html. A code system of which
/// only the name is here is not listed, for nothing can be asked about it.
/// </summary>
static class TerminologyDescription
{
    internal static FhirDocument Make(
        string baseUrl, DateTimeOffset date, IReadOnlyList<CodeSystemSummary> codeSystems)
    {
        var statement = FhirBuilder.Create("TerminologyCapabilities")
            .Set("status", "active")
            .Set("date", date)
            .Set("kind", "instance")
            .Set("software.name", "FhirHub")
            .Set("implementation.description", "The code systems, value sets and concept maps of a FhirHub.")
            .Set("implementation.url", baseUrl)
            .Set("lockedDate", true);
        var byUrl = codeSystems.Where(one => one.HasContent).GroupBy(one => one.Url);
        foreach (var system in byUrl.OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            statement.Add("codeSystem", entry => AddSystem(entry, [.. system]));
        }

        return statement
            .Set("expansion", AddExpansion)
            .Set("codeSearch", "all")
            .Set("validateCode.translations", true)
            .Set("translation.needsMap", false)
            .Set("closure.translation", false)
            .Build();
    }

    static void AddSystem(FhirBuilder entry, IReadOnlyList<CodeSystemSummary> versions)
    {
        entry.Set("uri", versions[0].Url);
        foreach (var version in versions.Where(one => one.Version is not null))
        {
            entry.Add("version", v => v.Set("code", version.Version ?? "").Set("compositional", false));
        }

        entry.Set("subsumption", true);
    }

    static void AddExpansion(FhirBuilder expansion)
    {
        expansion.Set("hierarchical", true).Set("paging", true).Set("incomplete", true);
        foreach (var name in Expand.Known)
        {
            expansion.Add("parameter", p => p.Set("name", name));
        }

        expansion.Set("textFilter", "Every word begins the code or a word of a name; Chinese anywhere; pinyin.");
    }
}
