namespace FhirHub.Samples.Generator.People;

/// <summary>The peoples of the sample, with their numbers in GB/T 3304.</summary>
enum Ethnicity
{
    Han = 1,
    Mongol = 2,
    Uyghur = 5,
    Manchu = 11,
    Daur = 31,
    Ewenki = 45,
}
