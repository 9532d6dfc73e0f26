namespace FhirHub.Samples.Generator.Institutions;

/// <summary>The levels care is given at.</summary>
enum InstitutionKind
{
    MaternalChild,
    Alliance,
    County,
    Township,
    Village,
}
