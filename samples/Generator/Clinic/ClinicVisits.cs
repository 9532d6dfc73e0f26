using FhirHub.Samples.Generator.People;
using FhirHub.Samples.Generator.Pregnancy;

namespace FhirHub.Samples.Generator.Clinic;

/// <summary>Ordinary care: follow-up of the chronically ill with laboratory values, and colds.</summary>
static class ClinicVisits
{
    const int ElderlyAge = 60;

    static readonly Code Hypertension = Code.Icd10("I10", "高血压");
    static readonly Code Diabetes = Code.Icd10("E11", "2型糖尿病");
    static readonly Code Cold = Code.Icd10("J06", "急性上呼吸道感染");
    static readonly Code Cholesterol = Code.Loinc("14647-2", "总胆固醇");

    internal static void Write(RegionPlan plan, Person person, bool isMother)
    {
        var chance = plan.ChanceFor(person.Id + "-clinic");
        if (person.AgeOn(plan.Today) < ElderlyAge)
        {
            // Mothers have records enough of their own; a cold would only come between them.
            if (!isMother)
            {
                WriteCold(plan, chance, person);
            }

            return;
        }

        var hasHypertension = chance.Happens(0.6);
        var hasDiabetes = chance.Happens(hasHypertension ? 0.25 : 0.4);
        var condition = hasDiabetes ? Diabetes : hasHypertension ? Hypertension : null;
        if (condition is not null)
        {
            WriteCondition(plan, person, condition, plan.Today.AddDays(-chance.Int(700, 4000)));
        }

        // Four times a year when ill; once, to be examined, when not.
        var visits = condition is null ? 1 : chance.Int(2, 4);
        for (var i = 1; i <= visits; i++)
        {
            var day = plan.Today.AddDays(-(90 * (visits - i)) - chance.Int(5, 60));
            WriteFollowUp(plan, chance, (person, condition, hasHypertension, hasDiabetes), (i, day));
        }
    }

    static void WriteCold(RegionPlan plan, Chance chance, Person person)
    {
        var time = Calendar.Appointment(plan.Today.AddDays(-chance.Int(3, 300)), chance);
        var visit = VisitResources.Write(plan, new Visit(person.Id + "-clinic-1", person, time, person.Village, "门诊")
        {
            Reason = Cold,
            Minutes = 15,
        });
        visit.Measure("temperature", Codes.Temperature, chance.Decimal(37.8, 0.6, 36.5, 39.4), "Cel", Codes.VitalSigns);
    }

    static void WriteCondition(RegionPlan plan, Person person, Code code, DateOnly since) =>
        plan.Resources.Add("Condition", person.Id + "-chronic", "cn-condition", c => c
            .AddClinicalStatus(isActive: true)
            .Say("code", code)
            .Refer("subject", person.Reference, person.Name.Text)
            .Set("onsetDateTime", since.Text())
            .Set("recordedDate", since.Text()));

    static void WriteFollowUp(
        RegionPlan plan, Chance chance,
        (Person Person, Code? Reason, bool HasHypertension, bool HasDiabetes) patient, (int Number, DateOnly Day) at)
    {
        var (person, reason, hasHypertension, hasDiabetes) = patient;
        var visit = new Visit($"{person.Id}-clinic-{at.Number}", person, Calendar.Appointment(at.Day, chance),
            plan.Institutions.CentreOf(person.Village), reason is null ? "老年人健康体检" : "慢性病随访")
        {
            Reason = reason,
        };
        var written = VisitResources.Write(plan, visit);
        var raised = hasHypertension ? 18 : 0;
        written.Pressure(
            (int)chance.Normal(126 + raised, 9, 100, 178), (int)chance.Normal(76 + (raised / 2), 6, 58, 104));
        written.Measure("heart-rate", Codes.HeartRate, (int)chance.Normal(74, 8, 54, 102), "/min", Codes.VitalSigns);
        if (hasDiabetes || at.Number == 1)
        {
            var glucose = chance.Decimal(hasDiabetes ? 7.8 : 5.2, 0.8, 3.9, 13);
            var cholesterol = chance.Decimal(4.9, 0.7, 2.9, 7.5);
            var results = new[]
            {
                written.Laboratory("glucose", Codes.FastingGlucose, glucose, "mmol/L", (3.9m, 6.1m)),
                written.Laboratory("cholesterol", Cholesterol, cholesterol, "mmol/L", (2.8m, 5.2m)),
            };
            written.Report("laboratory", new Code("生化检验"), results);
        }
    }
}
