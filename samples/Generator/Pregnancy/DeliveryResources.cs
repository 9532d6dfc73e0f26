using FhirHub.Samples.Generator.Institutions;

namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>The delivery: the mother's stay, the procedure, and each child with what was measured at birth.</summary>
static class DeliveryResources
{
    internal static void Write(RegionPlan plan, PregnancyCourse course)
    {
        if (!course.HasEnded)
        {
            return;
        }

        var chance = plan.ChanceFor(course.Id + "-delivery");
        var place = course.DeliveryPlace(plan.Institutions);
        var birthTime = Calendar.AnyTime(course.End, chance);
        var admission = birthTime.AddHours(-chance.Int(3, 14));
        var stay = new Visit(course.Id + "-delivery", course.Mother, admission, place, "住院分娩")
        {
            Class = "IMP",
            Episode = course.Episode,
            Minutes = MinutesFrom(admission, course),
            Reason = course.IsCaesarean ? Code.Icd10("O82", "经剖宫产术的单胎分娩") : Code.Icd10("O80", "单胎顺产"),
        };
        if (course.State.HasTwins)
        {
            stay = stay with { Reason = Code.Icd10("O84", "多胎分娩") };
        }

        var written = VisitResources.Write(plan, stay);
        written.Measure("gestation", Codes.GestationalAge, course.TermDays, "d", Codes.Exam);
        WriteProcedure(plan, course, stay, birthTime);
        foreach (var baby in course.Babies)
        {
            WriteBaby(plan, baby, birthTime.AddMinutes(12 * (baby.Order - 1)), place);
        }
    }

    /// <summary>From then to the morning of the discharge.</summary>
    static int MinutesFrom(DateTimeOffset start, PregnancyCourse course) =>
        (int)(Calendar.At(course.DischargedOn, 10, 0) - start).TotalMinutes;

    static void WriteProcedure(RegionPlan plan, PregnancyCourse course, Visit stay, DateTimeOffset birthTime) =>
        plan.Resources.Add("Procedure", course.Id + "-delivery", p => p
            .Set("status", "completed")
            .Say("code", course.IsCaesarean
                ? Code.National("1.10", "31", "子宫下段横切口剖宫产")
                : Code.National("1.10", "12", "阴道自然分娩，会阴未切"))
            .Refer("subject", course.Mother.Reference, course.Mother.Name.Text)
            .Refer("encounter", stay.Reference)
            .At("performedDateTime", birthTime)
            .Add("performer", d => d
                .Refer("actor", plan.Staff.At(stay.Place, course.Mother.Number).Reference)
                .Refer("onBehalfOf", stay.Place.Reference))
            .Set("outcome.text", course.State.HasTwins ? "活产，双胎" : "活产"));

    static void WriteBaby(RegionPlan plan, Baby baby, DateTimeOffset birthTime, Institution place)
    {
        var visit = VisitResources.Write(plan, new Visit(baby.Person.Id + "-birth", baby.Person, birthTime, place, "出生")
        {
            Class = "IMP",
            Minutes = MinutesFrom(birthTime, baby.Course),
        });
        visit.Measure("weight", Codes.BirthWeight, baby.Birth.WeightGrams, "g", Codes.Exam);
        visit.Measure("length", Codes.Length, baby.Birth.LengthCm, "cm", Codes.Exam);
        var (atOne, atFive) = (baby.Birth.ApgarAtOne, baby.Birth.ApgarAtFive);
        visit.Observe("apgar-1", Codes.ApgarAtOneMinute, Codes.Exam, o => o.Set("valueInteger", atOne));
        visit.Observe("apgar-5", Codes.ApgarAtFiveMinutes, Codes.Exam, o => o.Set("valueInteger", atFive));
    }
}
