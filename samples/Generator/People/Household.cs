using FhirHub.Samples.Generator.Pregnancy;

namespace FhirHub.Samples.Generator.People;

/// <summary>People who live together; some are patients, and one of them may be having children.</summary>
sealed record Household(IReadOnlyList<Person> Patients)
{
    /// <summary>The woman whose pregnancies these are; null where nobody has any.</summary>
    internal Person? Mother { get; init; }

    internal Person? Father { get; init; }

    internal required string FatherName { get; init; }

    internal IReadOnlyList<PregnancyCourse> Pregnancies { get; init; } = [];

    /// <summary>
    /// When the parents had themselves examined before they married, if they did within living memory.
    /// </summary>
    internal DateOnly? ExaminedOn { get; init; }

    /// <summary>House and village, below the township.</summary>
    internal required string Address { get; init; }

    internal IEnumerable<Baby> Babies => Pregnancies.SelectMany(course => course.Babies);
}
