using FhirHub.Core.Terminology;

namespace FhirHub.Terminology.Operations;

/// <summary>Another name of a concept: https://hl7.org/fhir/R4/codesystem.html#designations</summary>
public sealed record Designation(string? Language, Coding? Use, string Value);
