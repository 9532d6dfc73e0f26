using FhirHub.Samples.Generator.Institutions;

namespace FhirHub.Samples.Generator;

/// <summary>What every subject needs to write its resources: chance, institutions, and the set being filled.</summary>
sealed class RegionPlan
{
    internal RegionPlan(RegionRequest request)
    {
        Request = request;
        Institutions = InstitutionTable.Read(request.Lives);
        Staff = StaffTable.Make(ChanceFor("staff"), Institutions);
    }

    RegionPlan(RegionPlan plan, ResourceSet resources)
    {
        (Request, Institutions, Staff) = (plan.Request, plan.Institutions, plan.Staff);
        Resources = resources;
    }

    internal RegionRequest Request { get; }

    internal DateOnly Today => Request.Today;

    internal ResourceSet Resources { get; } = new();

    internal InstitutionTable Institutions { get; }

    internal StaffTable Staff { get; }

    /// <summary>The same plan with a set of its own to fill: households are written side by side.</summary>
    internal RegionPlan Filling(ResourceSet resources) => new(this, resources);

    /// <summary>
    /// A source of chance of its own for each subject, so that growing one of them does not move all the others.
    /// </summary>
    internal Chance ChanceFor(string subject) => new(Request.Seed, subject);
}
