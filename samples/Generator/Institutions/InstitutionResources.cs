namespace FhirHub.Samples.Generator.Institutions;

/// <summary>Organizations, the alliance's memberships, and the places they work at.</summary>
static class InstitutionResources
{
    static readonly string[] Wards = ["产科病区", "儿科病区", "内科病区"];

    internal static void Write(RegionPlan plan)
    {
        foreach (var (index, institution) in plan.Institutions.All.Index())
        {
            WriteOrganization(plan, institution, index + 1);
            if (institution.Kind != InstitutionKind.Alliance)
            {
                WriteLocations(plan, institution);
            }

            if (institution.Kind is InstitutionKind.County or InstitutionKind.Township)
            {
                WriteMembership(plan, institution);
            }
        }
    }

    static void WriteOrganization(RegionPlan plan, Institution institution, int serial) =>
        plan.Resources.Add("Organization", institution.Id, o =>
        {
            o.Identify("5", CreditCode.Make(institution.Division.County, serial))
                .Set("active", true)
                .AddCode("type", new Code(institution.Class))
                .Set("name", institution.Name)
                .Add("address", a => Places.Fill(a, institution.Division, null));
            if (institution.Above is { } above)
            {
                o.Refer("partOf", "Organization/" + above);
            }
        });

    static void WriteLocations(RegionPlan plan, Institution institution)
    {
        var site = plan.Resources.Add("Location", institution.Id, l => l
            .Set("status", "active")
            .Set("name", institution.Name)
            .Set("mode", "instance")
            .Set("physicalType.text", "院区")
            .Set("address", a => Places.Fill(a, institution.Division, null))
            .Refer("managingOrganization", institution.Reference));
        if (institution.Kind is not (InstitutionKind.MaternalChild or InstitutionKind.County))
        {
            return;
        }

        foreach (var (index, ward) in Wards.Index())
        {
            plan.Resources.Add("Location", $"{institution.Id}-ward-{index + 1}", l => l
                .Set("status", "active")
                .Set("name", ward)
                .Set("mode", "instance")
                .Set("physicalType.text", "病区")
                .Refer("managingOrganization", institution.Reference)
                .Refer("partOf", site));
        }
    }

    static void WriteMembership(RegionPlan plan, Institution member) =>
        plan.Resources.Add("OrganizationAffiliation", "member-" + member.Id, a => a
            .Set("active", true)
            .Set("period.start", "2024-01-01")
            .Refer("organization", plan.Institutions.Alliance.Reference)
            .Refer("participatingOrganization", member.Reference, member.Name)
            .AddCode("code", new Code(member.Kind == InstitutionKind.County ? "牵头医院" : "成员单位")));
}
