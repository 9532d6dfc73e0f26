namespace FhirHub.Fhir.FhirPath;

/// <summary>
/// How far down a temporal value is known; a fraction of a second does not count as a precision of its own.
/// </summary>
public enum TemporalPrecision : byte
{
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
}
