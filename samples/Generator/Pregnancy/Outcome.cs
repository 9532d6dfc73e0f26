namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>How a pregnancy ends: with children, or before or at birth without one.</summary>
enum Outcome
{
    LiveBirth,
    Stillbirth,
    Miscarriage,
    Termination,
}
