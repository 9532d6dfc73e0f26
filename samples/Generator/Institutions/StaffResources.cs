using System.Globalization;

namespace FhirHub.Samples.Generator.Institutions;

/// <summary>Practitioners and the roles they have.</summary>
static class StaffResources
{
    internal static void Write(RegionPlan plan)
    {
        foreach (var member in plan.Staff.All)
        {
            plan.Resources.Add("Practitioner", member.Id, p => p
                .Identify("4", (100_000 + member.Number).ToString(CultureInfo.InvariantCulture))
                .Set("active", true)
                .Add("name", n => n
                    .Set("text", member.Name.Text)
                    .Set("family", member.Name.Family ?? "")
                    .Add("given", member.Name.Given ?? ""))
                .Set("gender", member.IsFemale ? "female" : "male"));
            plan.Resources.Add("PractitionerRole", $"role-{member.Number:000}", r => r
                .Set("active", true)
                .Refer("practitioner", member.Reference, member.Name.Text)
                .Refer("organization", member.Place.Reference, member.Place.Name)
                .AddCode("code", new Code(member.Place.Kind == InstitutionKind.Village ? "乡村医生" : "执业医师"))
                .AddCode("specialty", new Code(member.Specialty))
                .Add("location", l => l.Set("reference", member.Place.Location)));
        }
    }
}
