using FhirHub.Samples.Generator.Institutions;

namespace FhirHub.Samples.Generator;

/// <summary>What every subject needs to write its resources: chance, institutions, and the set being filled.</summary>
sealed class RegionPlan
{
    readonly int _seed;

    internal RegionPlan(int seed)
    {
        _seed = seed;
        Institutions = InstitutionTable.Read();
        Staff = StaffTable.Make(ChanceFor("staff"), Institutions);
    }

    internal ResourceSet Resources { get; } = new();

    internal InstitutionTable Institutions { get; }

    internal StaffTable Staff { get; }

    /// <summary>
    /// A source of chance of its own for each subject, so that growing one of them does not move all the others.
    /// </summary>
    internal Chance ChanceFor(string subject) => new(_seed, subject);
}
