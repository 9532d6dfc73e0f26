namespace FhirHub.Fhir.FhirPath;

/// <summary>The three sorts of temporal value FHIRPath has.</summary>
public enum TemporalKind : byte
{
    Date,
    DateTime,
    Time,
}
