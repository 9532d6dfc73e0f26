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
        plan.Resources.Add("Organization", institution.Id, Profile(institution), o =>
        {
            o.Identify("5", CreditCode.Make(institution.Division.County, serial))
                .Set("active", true)
                .AddCode("type", institution.Class)
                .Set("name", institution.Name)
                .Add("address", a => Places.Fill(a, institution.Division, null));
            if (institution.Level is { } level)
            {
                o.Extend("institution-level", level);
            }

            if (institution.Kind == InstitutionKind.Alliance)
            {
                o.Extend("lead-hospital", "valueReference.reference", plan.Institutions.County.Reference);
            }

            if (institution.Above is { } above)
            {
                o.Refer("partOf", "Organization/" + above);
            }
        });

    static string Profile(Institution institution) =>
        institution.Kind == InstitutionKind.Alliance ? "alliance-organization" : "cn-organization";

    static void WriteLocations(RegionPlan plan, Institution institution)
    {
        var site = plan.Resources.Add("Location", institution.Id, "cn-location", l => l
            .Set("status", "active")
            .Set("name", institution.Name)
            .Set("mode", "instance")
            .Say("physicalType", Guide.Code("place-kind", "site", "院区"))
            .Set("address", a => Places.Fill(a, institution.Division, null))
            .Refer("managingOrganization", institution.Reference));
        if (institution.Kind is not (InstitutionKind.MaternalChild or InstitutionKind.County))
        {
            return;
        }

        foreach (var (index, ward) in Wards.Index())
        {
            plan.Resources.Add("Location", $"{institution.Id}-ward-{index + 1}", "cn-location", l => l
                .Set("status", "active")
                .Set("name", ward)
                .Set("mode", "instance")
                .Say("physicalType", Guide.Code("place-kind", "ward", "病区"))
                .Refer("managingOrganization", institution.Reference)
                .Refer("partOf", site));
        }
    }

    static void WriteMembership(RegionPlan plan, Institution member) =>
        plan.Resources.Add("OrganizationAffiliation", "member-" + member.Id, "alliance-affiliation", a => a
            .Set("active", true)
            .Set("period.start", "2024-01-01")
            .Refer("organization", plan.Institutions.Alliance.Reference)
            .Refer("participatingOrganization", member.Reference, member.Name)
            .AddCode("code", member.Kind == InstitutionKind.County
                ? Guide.Code("alliance-role", "lead", "牵头医院")
                : Guide.Code("alliance-role", "member", "成员单位")));
}
