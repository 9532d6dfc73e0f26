namespace FhirHub.Fhir.Documents;

/// <summary>How bad an issue is: https://hl7.org/fhir/R4/valueset-issue-severity.html</summary>
public enum IssueSeverity : byte
{
    Fatal,
    Error,
    Warning,
    Information,
}
