namespace FhirHub.Terminology.CodeSystems;

/// <summary>
/// How much of a code system its resource holds: https://hl7.org/fhir/R4/valueset-codesystem-content-mode.html
/// </summary>
enum ContentMode
{
    NotPresent,
    Example,
    Fragment,
    Complete,
    Supplement,
}
