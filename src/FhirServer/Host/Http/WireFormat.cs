namespace FhirHub.Host.Http;

/// <summary>The two wire formats of FHIR.</summary>
enum WireFormat
{
    Json,
    Xml,
}
