using FhirHub.Samples.Generator.Pregnancy;

namespace FhirHub.Samples.Generator.Child;

/// <summary>What a child falls ill with, and is brought to the doctor for, until it is six.</summary>
static class ChildIllness
{
    /// <summary>The most illnesses of a year that end up in these records.</summary>
    const int YearMax = 3;

    /// <summary>Shares assumed; the last of a row says whether it is one for a hospital bed.</summary>
    static readonly ((Code Code, bool IsSevere) Illness, double Share)[] Illnesses =
    [
        ((Code.Icd10("J06", "急性上呼吸道感染"), false), 0.58),
        ((Code.Icd10("A09", "感染性腹泻"), false), 0.16),
        ((Code.Icd10("J20", "急性支气管炎"), false), 0.12),
        ((Code.Icd10("J18", "肺炎"), true), 0.04),
        ((Code.Icd10("B08.4", "手足口病"), false), 0.05),
        ((Code.Icd10("L20", "特应性皮炎"), false), 0.05),
    ];

    internal static void Write(RegionPlan plan, Baby baby)
    {
        var chance = plan.ChanceFor(baby.Person.Id + "-illness");
        var number = 0;
        for (var year = 0; year < 6; year++)
        {
            var times = chance.Happens(0.45) ? chance.Int(1, YearMax) : 0;
            // Not two at once, and none in the first weeks.
            for (var i = 0; i < times; i++)
            {
                var day = baby.Person.BirthDate.AddDays((year * 365) + 45 + (100 * i) + chance.Int(0, 90));
                var illness = chance.Pick(Illnesses);
                var time = Calendar.Appointment(day, chance);
                if (CheckUps.IsPossible(plan, baby, time.AddDays(8)))
                {
                    Write(plan, baby, chance, illness, (++number, time));
                }
            }
        }
    }

    static void Write(
        RegionPlan plan, Baby baby, Chance chance, (Code Code, bool IsSevere) illness,
        (int Number, DateTimeOffset Time) at)
    {
        var centre = plan.Institutions.CentreOf(baby.Person.Village);
        var visit = new Visit($"{baby.Person.Id}-illness-{at.Number}", baby.Person, at.Time,
            illness.IsSevere ? plan.Institutions.County : centre, illness.IsSevere ? "儿科住院" : "儿科门诊")
        {
            Class = illness.IsSevere ? "IMP" : "AMB",
            Minutes = illness.IsSevere ? 60 * 24 * chance.Int(4, 7) : 15,
            Discharge = illness.IsSevere ? "1" : null,
            Reason = illness.Code,
        };
        var written = VisitResources.Write(plan, visit);
        var temperature = chance.Decimal(37.9, 0.7, 36.5, 40.2);
        written.Measure("temperature", Codes.Temperature, temperature, "Cel", Codes.VitalSigns);
        plan.Resources.Add("Condition", visit.Id, "cn-condition", c => c
            .AddClinicalStatus(isActive: false)
            .Say("code", illness.Code)
            .Refer("subject", baby.Person.Reference, baby.Person.Name.Text)
            .Refer("encounter", visit.Reference)
            .Set("onsetDateTime", at.Time.Day().Text())
            .Set("abatementDateTime", at.Time.Day().AddDays(8).Text())
            .Set("recordedDate", at.Time.Day().Text()));
    }
}
