using FhirHub.Samples.Generator.Institutions;

namespace FhirHub.Samples.Generator.People;

/// <summary>A patient of the region.</summary>
sealed record Person(int Number, PersonName Name, bool IsFemale, DateOnly BirthDate, Ethnicity Ethnicity)
{
    internal required Institution Village { get; init; }

    internal required string IdentityNumber { get; init; }

    internal string? Phone { get; init; }

    internal string Id => $"patient-{Number:0000}";

    internal string Reference => "Patient/" + Id;

    internal int AgeOn(DateOnly day) =>
        day.Year - BirthDate.Year - (day < BirthDate.AddYears(day.Year - BirthDate.Year) ? 1 : 0);
}
