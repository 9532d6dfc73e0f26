namespace FhirHub.Host.Http;

/// <summary>Which capabilities a client asks for: https://hl7.org/fhir/R4/http.html#capabilities</summary>
enum CapabilityMode
{
    Full,

    /// <summary>Only what is normative in R4, so without what is for trial use.</summary>
    Normative,
    Terminology,
}
