using FhirHub.Samples.Generator.Institutions;

namespace FhirHub.Samples.Generator.People;

/// <summary>A patient of the region.</summary>
sealed record Person(int Number, PersonName Name, bool IsFemale, DateOnly BirthDate, Ethnicity Ethnicity)
{
    internal required Institution Village { get; init; }

    internal required string IdentityNumber { get; init; }

    /// <summary>Which of the village's health records is this person's.</summary>
    internal required int Record { get; init; }

    internal string? Phone { get; init; }

    /// <summary>Years of school and after, in the codes of GB/T 4658; null for a child.</summary>
    internal string? Education { get; init; }

    /// <summary>What somebody lives on, in words; null for a child.</summary>
    internal string? Occupation { get; init; }

    internal DateOnly? DiedOn { get; init; }

    internal string Id => $"patient-{Number:0000}";

    internal string Reference => "Patient/" + Id;

    /// <summary>Registered in the county they live in.</summary>
    internal bool IsLocal => IdentityNumber.StartsWith(Village.Division.County, StringComparison.Ordinal);

    internal bool LivesOn(DateOnly day) => DiedOn is not { } end || day < end;

    internal int AgeOn(DateOnly day) =>
        day.Year - BirthDate.Year - (day < BirthDate.AddYears(day.Year - BirthDate.Year) ? 1 : 0);
}
