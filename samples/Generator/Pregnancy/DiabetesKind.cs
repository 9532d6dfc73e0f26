namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>Diabetes of pregnancy, by what it takes to hold it.</summary>
enum DiabetesKind
{
    None,
    Diet,
    Insulin,
}
