namespace FhirHub.Profiles.Running;

/// <summary>
/// Extensions of R4 that R4 itself uses where their definitions do not allow them, with the places it uses them.
/// </summary>
static class ExtensionErrata
{
    static readonly Dictionary<string, string[]> Places = new(StringComparer.Ordinal)
    {
        // Said to belong on ElementDefinition.type.code; every snapshot has them one level further out.
        ["http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type"] = ["ElementDefinition.type"],
        ["http://hl7.org/fhir/StructureDefinition/regex"] = ["ElementDefinition.type"],
        // Said to belong on StructureDefinition; on every definition, and on elements that are not yet normative.
        ["http://hl7.org/fhir/StructureDefinition/structuredefinition-normative-version"] =
            ["DomainResource", "ElementDefinition"],
        // Said to belong to value sets; HL7's code systems have it as well.
        ["http://hl7.org/fhir/StructureDefinition/valueset-concept-comments"] = ["CodeSystem.concept"],
    };

    internal static IReadOnlyList<string> PlacesOf(string url) => Places.GetValueOrDefault(url) ?? [];
}
