namespace FhirHub.Fhir;

static class Placeholder;
