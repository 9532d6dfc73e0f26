using FhirHub.Samples.Generator.People;

namespace FhirHub.Samples.Generator.Institutions;

/// <summary>Somebody who works at an institution.</summary>
sealed record StaffMember(int Number, PersonName Name, bool IsFemale, Institution Place, string Specialty)
{
    internal string Id => $"practitioner-{Number:000}";

    internal string Reference => "Practitioner/" + Id;
}
