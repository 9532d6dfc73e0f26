using FhirHub.Fhir.Documents;

namespace FhirHub.Host.Http;

/// <summary>
/// What the server knows of terminologies, which is nothing yet: https://hl7.org/fhir/R4/terminologycapabilities.html
/// </summary>
static class TerminologyDescription
{
    internal static FhirDocument Make(string baseUrl, DateTimeOffset date) => FhirBuilder
        .Create("TerminologyCapabilities")
        .Set("status", "active")
        .Set("date", date)
        .Set("kind", "instance")
        .Set("software.name", "FhirHub")
        .Set("implementation.description", "FhirHub stores code systems and value sets and does not evaluate them yet.")
        .Set("implementation.url", baseUrl)
        .Build();
}
