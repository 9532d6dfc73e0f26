namespace FhirHub.Fhir.FhirPath;

/// <summary>The units of calendar arithmetic, from the coarsest to the finest.</summary>
enum CalendarUnit : byte
{
    Year,
    Month,
    Week,
    Day,
    Hour,
    Minute,
    Second,
    Millisecond,
}
