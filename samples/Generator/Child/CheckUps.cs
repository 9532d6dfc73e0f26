using FhirHub.Samples.Generator.Pregnancy;

namespace FhirHub.Samples.Generator.Child;

/// <summary>
/// The visit of the newborn at home and the check-ups of 国家基本公共卫生服务规范（第三版）, as far as the child has come.
/// </summary>
static class CheckUps
{
    const int LastMonthOfHead = 36;

    /// <summary>Months whose check-up takes blood for haemoglobin.</summary>
    static readonly int[] BloodMonths = [8, 18, 30, 48, 60, 72];

    static readonly int[] HearingMonths = [6, 12, 24, 36];

    static readonly Code Hearing = new("行为测听");

    internal static void Write(RegionPlan plan, Baby baby)
    {
        var chance = plan.ChanceFor(baby.Person.Id + "-checkups");
        var isRegular = chance.Happens(baby.Course.State.Body.IsDiligent ? 0.97 : 0.75);
        WriteNewbornVisit(plan, baby, chance);
        WritePlan(plan, baby);
        // A child keeps to its own curve: its birth weight has half of the say, its parents the other half.
        var curve = ((baby.Birth.WeightGrams - 3300) / 900.0) + chance.Normal(0, 0.5, -1.2, 1.2);
        foreach (var point in baby.Birth.IsFemale ? GrowthPoint.Girls : GrowthPoint.Boys)
        {
            // A weekend moves it back by two days at most, so never before its month.
            var due = baby.Person.BirthDate.AddMonths(point.Month).AddDays(chance.Int(2, 12));
            var time = Calendar.Appointment(due, chance);
            if (chance.Happens(isRegular ? 0.975 : 0.45) && IsPossible(plan, baby, time))
            {
                WriteCheckUp(plan, baby, chance, (point, curve), time);
            }
        }
    }

    internal static bool IsPossible(RegionPlan plan, Baby baby, DateTimeOffset time) =>
        time.Day() < plan.Today && baby.Person.LivesOn(time.Day());

    static void WriteNewbornVisit(RegionPlan plan, Baby baby, Chance chance)
    {
        var time = Calendar.Appointment(baby.Course.DischargedOn.AddDays(chance.Int(3, 7)), chance);
        var isVisited = PostpartumVisits.IsVisited(baby.Course, chance);
        if (!isVisited || !IsPossible(plan, baby, time))
        {
            return;
        }

        var visit = VisitResources.Write(plan, new Visit(baby.Person.Id + "-newborn-visit", baby.Person, time,
            plan.Institutions.CentreOf(baby.Person.Village), "新生儿家庭访视")
        {
            Class = "HH",
        });
        var days = time.Day().DayNumber - baby.Person.BirthDate.DayNumber;
        var grams = (baby.Birth.WeightGrams * 0.96) + (days * chance.Normal(25, 5, 10, 40));
        visit.Measure("weight", Codes.Weight, decimal.Round((decimal)grams / 1000, 2), "kg", Codes.VitalSigns,
            "growth-observation");
        visit.Measure("temperature", Codes.Temperature, chance.Decimal(36.8, 0.2, 36.3, 37.4), "Cel", Codes.VitalSigns);
        visit.Measure("heart-rate", Codes.HeartRate, (int)chance.Normal(138, 8, 112, 165), "/min", Codes.VitalSigns);
        var feeding = chance.Happens(0.62) ? "纯母乳喂养" : chance.Happens(0.7) ? "混合喂养" : "人工喂养";
        visit.Observe("feeding", new Code("喂养方式"), Codes.Exam, o => o
            .Say("valueCodeableConcept", new Code(feeding)));
    }

    static void WriteCheckUp(
        RegionPlan plan, Baby baby, Chance chance, (GrowthPoint Median, double Curve) growth, DateTimeOffset time)
    {
        const string Profile = "growth-observation";
        var (median, curve) = growth;
        var month = median.Month;
        var visit = VisitResources.Write(plan, new Visit($"{baby.Person.Id}-checkup-{month:00}", baby.Person, time,
            plan.Institutions.CentreOf(baby.Person.Village), $"儿童健康检查（{month}月龄）"));
        // One step on the curve is about an eighth of the weight and a twenty-fifth of the length; it wears off.
        var step = curve * (month <= 3 ? 1 : 0.7);
        var length = chance.Decimal(median.LengthCm * (1 + (0.035 * step)), 0.5, 44, 132);
        visit.Measure("weight", Codes.Weight, chance.Decimal(median.WeightKg * (1 + (0.11 * step)), 0.1, 2.4, 34), "kg",
            Codes.VitalSigns, Profile);
        visit.Measure("length", month < 24 ? Codes.Length : Codes.Height, length, "cm", Codes.VitalSigns, Profile);
        if (month <= LastMonthOfHead)
        {
            visit.Measure("head", Codes.Head, chance.Decimal(median.HeadCm * (1 + (0.018 * step)), 0.3, 32, 54), "cm",
                Codes.Exam, Profile);
        }

        if (BloodMonths.Contains(month))
        {
            visit.Laboratory("haemoglobin", Codes.Haemoglobin, chance.Decimal(119, 7, 96, 140, decimals: 0), "g/L",
                Codes.HaemoglobinRange);
        }

        if (HearingMonths.Contains(month))
        {
            visit.Observe("hearing", Hearing, Codes.Exam, o => o
                .Say("valueCodeableConcept", new Code(chance.Happens(0.99) ? "通过" : "未通过")));
        }

        if (month is >= 8 and <= 12 && baby.Course.State.Body.Infection == Infection.HepatitisB)
        {
            // The child of a carrier is tested once it has had its three doses.
            visit.Presence("hbsag", Codes.HepatitisBAntigen, isPositive: chance.Happens(0.006));
        }

        WarningSigns.Write(plan, visit, month, chance);
    }

    static void WritePlan(RegionPlan plan, Baby baby) =>
        plan.Resources.Add("CarePlan", baby.Person.Id + "-plan", "mch-careplan", c =>
        {
            var born = baby.Person.BirthDate;
            var isOver = !baby.Person.LivesOn(plan.Today) || born.AddMonths(75) < plan.Today;
            c.Add("instantiatesCanonical", Guide.Plan("child-schedule"))
                .Set("status", !baby.Person.LivesOn(plan.Today) ? "revoked" : isOver ? "completed" : "active")
                .Set("intent", "plan")
                .AddCode("category", Guide.Code("plan-kind", "child", "儿童保健"))
                .Set("title", "0～6岁儿童健康管理计划")
                .Refer("subject", baby.Person.Reference, baby.Person.Name.Text)
                .Set("period.start", born.Text())
                .Set("period.end", born.AddMonths(75).Text());
            foreach (var point in GrowthPoint.Boys)
            {
                var due = born.AddMonths(point.Month);
                c.Add("activity", a => a
                    .Set("detail.status", isOver || due < plan.Today ? "completed" : "scheduled")
                    .Set("detail.description", $"{point.Month}月龄健康检查")
                    .Set("detail.scheduledPeriod.start", due.Text())
                    .Set("detail.scheduledPeriod.end", due.AddDays(30).Text()));
            }
        });
}
