using System.Globalization;
using FhirHub.Samples.Generator.Pregnancy;

namespace FhirHub.Samples.Generator.Child;

/// <summary>Doses of the national programme, each when the child was old enough.</summary>
static class Immunizations
{
    static readonly (string Vaccine, int Dose, int Month)[] Programme =
    [
        .. from row in Table.Read("vaccines.tsv") select (row[0], Number(row[1]), Number(row[2]))
    ];

    internal static void Write(RegionPlan plan, Baby baby)
    {
        var chance = plan.ChanceFor(baby.Person.Id + "-immunizations");
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
            if (day >= Region.Today)
            {
                continue;
            }

            var lot = $"示例{chance.Int(100000, 999999)}";
            plan.Resources.Add("Immunization", $"{baby.Person.Id}-dose-{index + 1:00}", i => i
                .Set("status", "completed")
                .Say("vaccineCode", new Code(vaccine))
                .Refer("patient", baby.Person.Reference, baby.Person.Name.Text)
                .Set("occurrenceDateTime", day.Text())
                .Set("primarySource", true)
                .Refer("location", place.Location)
                .Set("lotNumber", lot)
                .Add("performer", p => p.Refer("actor", place.Reference))
                .Add("protocolApplied", p => p.Set("doseNumberPositiveInt", dose)));
        }
    }

    static int Number(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);
}
