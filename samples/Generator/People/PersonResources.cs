using FhirHub.Fhir.Documents;
using FhirHub.Samples.Generator.Institutions;
using FhirHub.Samples.Generator.Pregnancy;

namespace FhirHub.Samples.Generator.People;

/// <summary>Patients, and the mothers of children as RelatedPersons.</summary>
static class PersonResources
{
    internal static void Write(RegionPlan plan, Household household)
    {
        var babies = household.Pregnancy?.Babies ?? [];
        foreach (var person in household.Patients)
        {
            WritePatient(plan, household, person, babies);
        }

        foreach (var baby in babies)
        {
            WriteMotherOf(plan, baby);
        }
    }

    static void WritePatient(RegionPlan plan, Household household, Person person, IReadOnlyList<Baby> babies) =>
        plan.Resources.Add("Patient", person.Id, p =>
        {
            // Whoever meets one of these outside of the sample must be able to tell.
            p.Add("meta.security", s => s
                    .Set("system", "http://terminology.hl7.org/CodeSystem/v3-ActReason")
                    .Set("code", "HTEST"))
                .Identify("3", person.IdentityNumber)
                .Identify("2", $"{person.Village.Division.Code}{VillageNumber(plan, person)}{person.Number:00000}")
                .Set("active", true)
                .Add("name", n => FillName(n, person.Name))
                .Set("gender", person.IsFemale ? "female" : "male")
                .Set("birthDate", person.BirthDate)
                .Add("address", a => Places.Fill(a, person.Village.Division, household.Address))
                .Refer("managingOrganization", plan.Institutions.CentreOf(person.Village).Reference);
            if (person.Phone is { } phone)
            {
                p.Add("telecom", t => t.Set("system", "phone").Set("value", phone).Set("use", "mobile"));
            }

            if (household.Pregnancy is { } course && person == course.Mother)
            {
                FillMother(p, course, babies);
            }
            else if (babies.FirstOrDefault(b => b.Person == person) is { } baby)
            {
                FillBaby(p, baby, babies.Count);
            }
        });

    static void FillMother(FhirBuilder patient, PregnancyCourse course, IReadOnlyList<Baby> babies)
    {
        patient.Say("maritalStatus", Code.National("3.5", "20", "已婚"))
            .Add("contact", c => c
                .AddCode("relationship", Code.National("3.8", "1", "配偶"))
                .Set("name.text", course.FatherName));
        foreach (var baby in babies)
        {
            patient.Add("link", l => l.Refer("other", baby.MotherReference).Set("type", "seealso"));
        }
    }

    static void FillBaby(FhirBuilder patient, Baby baby, int babies)
    {
        patient.Add("contact", c => c
            .AddCode("relationship", Code.National("3.8", "52", "母亲"))
            .Set("name.text", baby.Course.Mother.Name.Text)
            .Add("telecom", t => t.Set("system", "phone").Set("value", baby.Course.Mother.Phone ?? "")));
        _ = babies > 1 ? patient.Set("multipleBirthInteger", baby.Order) : patient.Set("multipleBirthBoolean", false);
    }

    static void WriteMotherOf(RegionPlan plan, Baby baby)
    {
        var mother = baby.Course.Mother;
        plan.Resources.Add("RelatedPerson", "mother-of-" + baby.Person.Id, r => r
            .Identify("3", mother.IdentityNumber)
            .Set("active", true)
            .Refer("patient", baby.Person.Reference, baby.Person.Name.Text)
            .AddCode("relationship", Code.Hl7("v3-RoleCode", "MTH", "母亲"))
            .Add("name", n => FillName(n, mother.Name))
            .Set("gender", "female")
            .Set("birthDate", mother.BirthDate));
    }

    static void FillName(FhirBuilder builder, PersonName name)
    {
        builder.Set("use", "official").Set("text", name.Text);
        if (name.Family is { } family)
        {
            builder.Set("family", family);
        }

        if (name.Given is { } given)
        {
            builder.Add("given", given);
        }
    }

    static string VillageNumber(RegionPlan plan, Person person) =>
        $"{200 + plan.Institutions.Villages.Index().First(v => v.Item == person.Village).Index:000}";
}
