namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>What the programme against transmission from mother to child looks for.</summary>
enum Infection
{
    None,
    HepatitisB,
    Syphilis,
    Hiv,
}
