using FhirHub.Samples.Generator.Pregnancy;

namespace FhirHub.Samples.Generator.People;

/// <summary>People who live together: some are patients; one of them may be having a child.</summary>
sealed record Household(IReadOnlyList<Person> Patients, PregnancyCourse? Pregnancy)
{
    /// <summary>House and village, below the township.</summary>
    internal required string Address { get; init; }
}
