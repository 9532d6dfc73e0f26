namespace FhirHub.Terminology.CodeSystems;

/// <summary>
/// What the standard properties say of a concept: https://hl7.org/fhir/R4/codesystem-concept-properties.html
/// </summary>
[Flags]
enum ConceptFlags : byte
{
    None = 0,
    Inactive = 1,
    Abstract = 2,
}
