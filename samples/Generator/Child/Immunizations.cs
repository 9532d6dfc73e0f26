using System.Globalization;
using FhirHub.Samples.Generator.Institutions;
using FhirHub.Samples.Generator.Pregnancy;

namespace FhirHub.Samples.Generator.Child;

/// <summary>Doses of the national programme, each when the child was old enough.</summary>
static class Immunizations
{
    static readonly Code Antibodies = Guide.Code("programme-vaccine", "HBIG", "乙肝免疫球蛋白");

    static readonly (Code Vaccine, int Dose, int Month)[] Programme =
    [
        .. from row in Table.Read("vaccines.tsv")
           select (Guide.Code("programme-vaccine", row[1], row[0]), Number(row[2]), Number(row[3]))
    ];

    internal static void Write(RegionPlan plan, Baby baby)
    {
        var chance = plan.ChanceFor(baby.Person.Id + "-immunizations");
        // A child that has missed a dose of a vaccine is not given the next of it before that one.
        var missed = new HashSet<Code>();
        foreach (var (index, (vaccine, dose, month)) in Programme.Index())
        {
            // The first doses are given where the child is born, on its first day.
            var isAtBirth = month == 0;
            var place = isAtBirth
                ? baby.Course.DeliveryPlace(plan.Institutions)
                : plan.Institutions.CentreOf(baby.Person.Village);
            var due = baby.Person.BirthDate.AddMonths(month);
            // A weekend moves a date back by two days at most, so no dose comes before its month.
            var day = isAtBirth ? due : Calendar.Appointment(due.AddDays(chance.Int(2, 14)), chance).Day();
            if (day >= plan.Today || !baby.Person.LivesOn(day))
            {
                continue;
            }

            if (missed.Contains(vaccine) || (!isAtBirth && chance.Happens(0.008)))
            {
                missed.Add(vaccine);
                continue;
            }

            Write(plan, baby, $"dose-{index + 1:00}", (vaccine, dose), (day, place, chance));
        }

        // Within twelve hours of its birth the child of a carrier is given antibodies too, beside the vaccine.
        if (baby.Course.State.Body.Infection == Infection.HepatitisB)
        {
            var place = baby.Course.DeliveryPlace(plan.Institutions);
            Write(plan, baby, "hbig", (Antibodies, 1), (baby.Person.BirthDate, place, chance));
        }
    }

    static void Write(
        RegionPlan plan, Baby baby, string name, (Code Vaccine, int Dose) given,
        (DateOnly Day, Institution Place, Chance Chance) at)
    {
        var lot = $"示例{at.Chance.Int(100000, 999999)}";
        plan.Resources.Add("Immunization", $"{baby.Person.Id}-{name}", "cn-immunization", i => i
            .Set("status", "completed")
            .Say("vaccineCode", given.Vaccine)
            .Refer("patient", baby.Person.Reference, baby.Person.Name.Text)
            .Set("occurrenceDateTime", at.Day.Text())
            .Set("primarySource", true)
            .Refer("location", at.Place.Location)
            .Set("lotNumber", lot)
            .Add("performer", p => p.Refer("actor", at.Place.Reference))
            .Add("protocolApplied", p => p.Set("doseNumberPositiveInt", given.Dose)));
    }

    static int Number(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);
}
