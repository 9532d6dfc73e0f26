namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>Blood pressure that a pregnancy raises.</summary>
enum HypertensionKind
{
    None,
    Gestational,
    Preeclampsia,
}
