namespace FhirHub.Host.Http;

/// <summary>What a client wants back from a write: https://hl7.org/fhir/R4/http.html#return</summary>
enum ReturnPreference
{
    Representation,
    Minimal,
    OperationOutcome,
}
