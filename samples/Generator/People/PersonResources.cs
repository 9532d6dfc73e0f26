using System.Globalization;
using FhirHub.Fhir.Documents;
using FhirHub.Samples.Generator.Institutions;
using FhirHub.Samples.Generator.Pregnancy;

namespace FhirHub.Samples.Generator.People;

/// <summary>Patients, and the mothers of children as RelatedPersons.</summary>
static class PersonResources
{
    static readonly Code NextOfKin = new("Next-of-Kin", "http://terminology.hl7.org/CodeSystem/v2-0131", "N");

    internal static void Write(RegionPlan plan, Household household)
    {
        var babies = household.Babies.ToList();
        foreach (var person in household.Patients)
        {
            WritePatient(plan, household, person, babies);
        }

        foreach (var baby in babies)
        {
            WriteMotherOf(plan, baby);
        }
    }

    static void WritePatient(RegionPlan plan, Household household, Person person, IReadOnlyList<Baby> babies)
    {
        var child = babies.FirstOrDefault(b => b.Person == person);
        // The guide calls a child newborn until it is four weeks old.
        var isNewborn = child is not null && child.Person.BirthDate.AddDays(28) > plan.Today;
        plan.Resources.Add("Patient", person.Id, isNewborn ? "mch-newborn" : "mch-patient", p =>
        {
            WriteSelf(plan, p, household, person);
            if (person == household.Mother)
            {
                FillMother(p, household, plan.Today);
            }
            else if (child is not null)
            {
                FillChild(p, child);
            }
        });
    }

    static void WriteSelf(RegionPlan plan, FhirBuilder patient, Household household, Person person)
    {
        // Whoever meets one of these outside of the sample must be able to tell.
        patient.Add("meta.security", s => s
                .Set("system", "http://terminology.hl7.org/CodeSystem/v3-ActReason")
                .Set("code", "HTEST"))
            .Describe(person)
            .Identify("3", person.IdentityNumber)
            .Identify("2", RecordNumber(plan, person))
            .Set("active", true)
            .Add("name", n => FillName(n, person.Name))
            .Set("gender", person.IsFemale ? "female" : "male")
            .Set("birthDate", person.BirthDate)
            .Add("address", a => Places.Fill(a, person.Village.Division, household.Address))
            .Refer("managingOrganization", plan.Institutions.CentreOf(person.Village).Reference);
        if (person.Phone is { } phone)
        {
            patient.Add("telecom", t => t.Set("system", "phone").Set("value", phone).Set("use", "mobile"));
        }

        patient.At("gender").ExtendByCoding("gb-gender", Code.National("3.4", person.IsFemale ? "2" : "1", ""));
        if (person.DiedOn is { } died)
        {
            patient.Set("deceasedDateTime", died.Text());
        }
    }

    static void FillMother(FhirBuilder patient, Household household, DateOnly today)
    {
        // Nobody is married before twenty.
        var isMarried = household.Mother?.AgeOn(today) >= 20;
        patient
            .Say("maritalStatus", isMarried ? Code.National("3.5", "20", "已婚") : Code.National("3.5", "10", "未婚"))
            .Add("contact", c => c
                .Add("relationship", k => k.AddCoding(NextOfKin).AddCoding(Code.National("3.8", "1", "配偶")))
                .Set("name.text", household.FatherName));
        if (household.Pregnancies is [.., { HasEnded: false } current])
        {
            patient.ExtendByCoding("risk-colour", RiskAssessments.Code(current.Colour));
        }

        foreach (var baby in household.Babies)
        {
            patient.Add("link", l => l.Refer("other", baby.MotherReference).Set("type", "seealso"));
        }
    }

    static void FillChild(FhirBuilder patient, Baby baby)
    {
        patient.Extend("mother", "valueReference.reference", baby.MotherReference);
        patient.At("birthDate").Add("extension", e => e
            .Set("url", "http://hl7.org/fhir/StructureDefinition/patient-birthTime")
            .At("valueDateTime", baby.BornAt));
        patient.Add("contact", c => c
            .Add("relationship", k => k.AddCoding(NextOfKin).AddCoding(Code.National("3.8", "5", "父母")))
            .Set("name.text", baby.Course.Mother.Name.Text)
            .Add("telecom", t => t.Set("system", "phone").Set("value", baby.Course.Mother.Phone ?? "")));
        _ = baby.Course.Births.Count > 1
            ? patient.Set("multipleBirthInteger", baby.Order)
            : patient.Set("multipleBirthBoolean", false);
    }

    static void WriteMotherOf(RegionPlan plan, Baby baby)
    {
        var mother = baby.Course.Mother;
        plan.Resources.Add("RelatedPerson", "mother-of-" + baby.Person.Id, "mch-related-person", r => r
            .Identify("3", mother.IdentityNumber)
            .Set("active", true)
            .Refer("patient", baby.Person.Reference, baby.Person.Name.Text)
            .Add("relationship", c => c
                .Set("text", "母亲")
                .AddCoding(Code.National("3.8", "5", "父母"))
                .AddCoding(Code.Hl7("v3-RoleCode", "MTH", "mother")))
            .Add("name", n => FillName(n, mother.Name))
            .Add("telecom", t => t.Set("system", "phone").Set("value", mother.Phone ?? "").Set("use", "mobile"))
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

    /// <summary>
    /// The seventeen digits of a resident's health record: township, village, and a number within the village.
    /// </summary>
    static string RecordNumber(RegionPlan plan, Person person)
    {
        var village = 200 + plan.Institutions.VillageNumber(person.Village);
        return string.Create(
            CultureInfo.InvariantCulture, $"{person.Village.Division.Code}{village:000}{person.Record:00000}");
    }

    static FhirBuilder Describe(this FhirBuilder patient, Person person)
    {
        patient
            .Extend("ethnicity", Code.National("3.3", $"{(int)person.Ethnicity:00}", ""))
            .Extend("household-type", person.IsLocal
                ? Guide.Code("household-type", "local", "本县（区）户籍")
                : Guide.Code("household-type", "province", "本省外县（区）户籍"));
        if (person.Education is { } education)
        {
            patient.Extend("education", Code.National("3.6", education, ""));
        }

        if (person.Occupation is { } occupation)
        {
            patient.Extend("occupation", new Code(occupation));
        }

        return patient;
    }
}
