using FhirHub.Samples.Generator.Institutions;

namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>
/// The end of a pregnancy: the mother's stay, the procedure, and each child with what was measured at birth.
/// </summary>
static class DeliveryResources
{
    internal static void Write(RegionPlan plan, PregnancyCourse course)
    {
        if (!course.HasEnded)
        {
            return;
        }

        if (course.IsDelivery)
        {
            WriteDelivery(plan, course);
        }
        else
        {
            WriteLoss(plan, course);
        }
    }

    static void WriteDelivery(RegionPlan plan, PregnancyCourse course)
    {
        var chance = plan.ChanceFor(course.Id + "-delivery");
        var place = course.DeliveryPlace(plan.Institutions);
        var admission = course.EndsAt.AddHours(-chance.Int(3, 14));
        var stay = new Visit(course.Id + "-delivery", course.Mother, admission, place, "住院分娩")
        {
            Class = "IMP",
            Episode = course.Episode,
            Minutes = MinutesFrom(admission, course),
            Reason = Diagnosis(course),
            Discharge = course.IsHighRisk && chance.Happens(0.3) ? "3" : "1",
        };
        var written = VisitResources.Write(plan, stay);
        written.Measure("gestation", Codes.GestationalAge, course.TermDays, "d", Codes.Exam, "gestational-age");
        WriteProcedure(plan, course, stay, 10 * chance.Int(15, course.IsCaesarean ? 45 : 38));
        foreach (var baby in course.Babies)
        {
            WriteBaby(plan, baby, place);
        }
    }

    /// <summary>
    /// An early loss ends in the outpatient department of the county's hospital, a late one in its beds.
    /// </summary>
    static void WriteLoss(RegionPlan plan, PregnancyCourse course)
    {
        var isEarly = course.Outcome == Outcome.Miscarriage;
        var stay = new Visit(course.Id + "-loss", course.Mother, course.EndsAt, plan.Institutions.County,
            isEarly ? "流产门诊" : "引产住院")
        {
            Class = isEarly ? "AMB" : "IMP",
            Episode = course.Episode,
            Minutes = isEarly ? 90 : MinutesFrom(course.EndsAt, course),
            Reason = Diagnosis(course),
            Discharge = isEarly ? null : "1",
        };
        var written = VisitResources.Write(plan, stay);
        written.Measure("gestation", Codes.GestationalAge, course.TermDays, "d", Codes.Exam, "gestational-age");
    }

    static Code Diagnosis(PregnancyCourse course) => course.Outcome switch
    {
        Outcome.Miscarriage => Code.Icd10("O03", "自然流产"),
        Outcome.Termination => Code.Icd10("O35", "为已知或可疑胎儿异常给予的孕产妇医疗"),
        Outcome.Stillbirth => Code.Icd10("O36.4", "为胎儿宫内死亡给予的孕产妇医疗"),
        _ when course.State.HasTwins => Code.Icd10("O84", "多胎分娩"),
        _ when course.IsCaesarean => Code.Icd10("O82", "经剖宫产术的单胎分娩"),
        _ => Code.Icd10("O80", "单胎顺产"),
    };

    /// <summary>From then to the morning of the discharge.</summary>
    static int MinutesFrom(DateTimeOffset start, PregnancyCourse course) =>
        (int)(Calendar.At(course.DischargedOn, 10, 0) - start).TotalMinutes;

    static void WriteProcedure(RegionPlan plan, PregnancyCourse course, Visit stay, int millilitresLost) =>
        plan.Resources.Add("Procedure", course.Id + "-delivery", "delivery-procedure", p => p
            .Add("extension", e => e
                .Set("url", Guide.Extension("blood-loss"))
                .Measure("valueQuantity", millilitresLost, "mL"))
            .Set("status", "completed")
            .Say("code", course.IsCaesarean
                ? Code.National("1.10", "3", "剖宫产")
                : Code.National("1.10", "1", "阴道自然分娩"))
            .Refer("subject", course.Mother.Reference, course.Mother.Name.Text)
            .Refer("encounter", stay.Reference)
            .At("performedDateTime", course.EndsAt)
            .Add("performer", d => d
                .Refer("actor", plan.Staff.At(stay.Place, course.Mother.Number).Reference)
                .Refer("onBehalfOf", stay.Place.Reference))
            .Say("outcome", course.Outcome == Outcome.Stillbirth
                ? Guide.Code("birth-outcome", "fetal-death", "死胎")
                : Guide.Code("birth-outcome", "live", course.State.HasTwins ? "活产，双胎" : "活产")));

    static void WriteBaby(RegionPlan plan, Baby baby, Institution place)
    {
        var birth = baby.Birth;
        var lived = baby.Person.DiedOn is { } died ? died.DayNumber - baby.Person.BirthDate.DayNumber : int.MaxValue;
        var minutes = MinutesFrom(baby.BornAt, baby.Course);
        var stay = new Visit(baby.Person.Id + "-birth", baby.Person, baby.BornAt, place, "出生")
        {
            Class = "IMP",
            Minutes = Math.Min(minutes, Math.Max(30, lived > 30 ? minutes : lived * 24 * 60)),
            Discharge = lived < 30 && lived * 24 * 60 <= minutes ? "5" : "1",
        };
        var visit = VisitResources.Write(plan, stay);
        visit.Observe("weight", Codes.BirthWeight, Codes.Exam, o => o
            .Measure("valueQuantity", birth.WeightGrams, "g")
            .Component(Codes.GestationalAge, baby.Course.TermDays, "d"), "birth-measurement");
        visit.Measure("length", Codes.BirthLength, birth.LengthCm, "cm", Codes.Exam, "birth-measurement");
        visit.Count("apgar-1", Code.Loinc("9272-6", "Apgar评分（1分钟）"), birth.ApgarAtOne, "apgar");
        visit.Count("apgar-5", Code.Loinc("9274-2", "Apgar评分（5分钟）"), birth.ApgarAtFive, "apgar");
        visit.Count("apgar-10", Code.Loinc("9271-8", "Apgar评分（10分钟）"), Math.Min(10, birth.ApgarAtFive + 1), "apgar");
    }
}
