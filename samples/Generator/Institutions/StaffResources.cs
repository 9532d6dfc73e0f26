using System.Globalization;

namespace FhirHub.Samples.Generator.Institutions;

/// <summary>Practitioners and the roles they have.</summary>
static class StaffResources
{
    internal static void Write(RegionPlan plan)
    {
        foreach (var member in plan.Staff.All)
        {
            plan.Resources.Add("Practitioner", member.Id, "cn-practitioner", p => p
                .Identify("4", (100_000 + member.Number).ToString(CultureInfo.InvariantCulture))
                .Set("active", true)
                .Add("name", n => n
                    .Set("text", member.Name.Text)
                    .Set("family", member.Name.Family ?? "")
                    .Add("given", member.Name.Given ?? ""))
                .Set("gender", member.IsFemale ? "female" : "male"));
            plan.Resources.Add("PractitionerRole", $"role-{member.Number:000}", "cn-practitioner-role", r => r
                .Set("active", true)
                .Refer("practitioner", member.Reference, member.Name.Text)
                .Refer("organization", member.Place.Reference, member.Place.Name)
                .AddCode("code", Role(member))
                .AddCode("specialty", Department(member.Specialty))
                .Add("location", l => l.Set("reference", member.Place.Location)));
        }
    }

    static Code Role(StaffMember member) => (member.Place.Kind, member.Specialty) switch
    {
        (InstitutionKind.Village, _) => Guide.Code("staff-role", "village-doctor", "乡村医生"),
        (_, "预防接种") => Guide.Code("staff-role", "public-health", "公共卫生人员"),
        (_, "检验科") => Guide.Code("staff-role", "technician", "技师"),
        _ => Guide.Code("staff-role", "physician", "执业医师"),
    };

    static Code Department(string specialty) => specialty switch
    {
        "产科" => Guide.Code("department", "05", specialty),
        "儿科" => Guide.Code("department", "07", specialty),
        "儿童保健科" => Guide.Code("department", "09", specialty),
        "妇女保健科" or "妇幼保健" => Guide.Code("department", "06", specialty),
        "内科" => Guide.Code("department", "03", specialty),
        "超声医学科" => Guide.Code("department", "32", specialty),
        "检验科" => Guide.Code("department", "30", specialty),
        "预防接种" => Guide.Code("department", "01", specialty),
        _ => Guide.Code("department", "02", specialty),
    };
}
