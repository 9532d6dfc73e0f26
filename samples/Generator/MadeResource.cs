using FhirHub.Fhir.Documents;
using FhirHub.Samples.Generator.Faults;

namespace FhirHub.Samples.Generator;

/// <summary>A resource as it is written, and what is wrong with it on purpose, if anything is.</summary>
public sealed record MadeResource(FhirDocument Document, Fault? Fault);
