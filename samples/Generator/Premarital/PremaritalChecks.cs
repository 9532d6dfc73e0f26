using FhirHub.Samples.Generator.People;
using FhirHub.Samples.Generator.Pregnancy;

namespace FhirHub.Samples.Generator.Premarital;

/// <summary>
/// The medical examination before marriage (WS 377.1), of the woman and, if he is a patient, the man.
/// </summary>
static class PremaritalChecks
{
    internal static void Write(RegionPlan plan, Household household)
    {
        if (household.ExaminedOn is not { } day || day >= plan.Today)
        {
            return;
        }

        foreach (var person in new[] { household.Mother, household.Father }.OfType<Person>())
        {
            // The ages at which women and men may marry.
            if (person.AgeOn(day) >= (person.IsFemale ? 20 : 22))
            {
                Write(plan, household, person, day);
            }
        }
    }

    static void Write(RegionPlan plan, Household household, Person person, DateOnly day)
    {
        var chance = plan.ChanceFor(person.Id + "-premarital");
        // What she carries when she is pregnant she mostly carried before.
        var body = household.Pregnancies.Count > 0 ? household.Pregnancies[0].State.Body : null;
        var isMother = person == household.Mother;
        var visit = VisitResources.Write(plan, new Visit(person.Id + "-premarital", person,
            Calendar.Appointment(day, chance), plan.Institutions.County, "婚前医学检查") { Minutes = 60 });
        visit.Pressure((int)chance.Normal(114, 7, 94, 134), (int)chance.Normal(72, 5, 56, 86));
        string[] results =
        [
            visit.Laboratory("haemoglobin", Codes.Haemoglobin,
                chance.Decimal(person.IsFemale ? 128 : 150, 7, 112, 172, 0), "g/L",
                person.IsFemale ? Codes.HaemoglobinRange : (120, 160)),
            .. LaboratoryPanels.WriteInfections(visit, isMother && body is not null ? body.Infection : Infection.None),
        ];
        var isCarrier = isMother && body is { Infection: not Infection.None };
        visit.Report("report", new Code("婚前医学检查"), results, isCarrier ? "建议采取医学措施，尊重受检者意愿" : "未发现医学上不宜结婚的情形");
    }
}
