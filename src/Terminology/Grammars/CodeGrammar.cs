using FhirHub.Fhir.Documents;
using FhirHub.Fhir.Ucum;
using FhirHub.Terminology.CodeSystems;

namespace FhirHub.Terminology.Grammars;

/// <summary>
/// A code system whose codes are written by a grammar and cannot be listed: a code is one when it can be read.
/// https://hl7.org/fhir/R4/codesystem.html#grammar
/// </summary>
/// <param name="Url">The code system.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Has">Whether a text is one of its codes.</param>
sealed record CodeGrammar(string Url, string Title, Func<string, bool> Has)
{
    static readonly CodeGrammar[] All =
    [
        new("http://unitsofmeasure.org", "Unified Code for Units of Measure", static code =>
            UcumUnit.TryParse(code, out _, out _)),
        new("urn:ietf:bcp:47", "Tags for Identifying Languages", LanguageTag.Is),
        new("urn:ietf:bcp:13", "Media Types", MediaType.Is),
    ];

    /// <summary>The grammar of a code system; null where it has none.</summary>
    internal static CodeGrammar? Of(string? url) => Array.Find(All, one => one.Url == url);

    /// <summary>
    /// The code system as far as somebody asks: those of the codes that are its own. What it lacks is no code of it.
    /// </summary>
    internal CodeSystem With(IEnumerable<string> codes)
    {
        var system = FhirBuilder.Create("CodeSystem")
            .Set("url", Url)
            .Set("title", Title)
            .Set("status", "active")
            .Set("caseSensitive", true)
            .Set("content", "complete");
        foreach (var code in codes.Where(Has).Distinct(StringComparer.Ordinal))
        {
            system.Add("concept", concept => concept.Set("code", code));
        }

        return CodeSystemReader.Read(system.Build().Root);
    }
}
