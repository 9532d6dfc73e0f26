using FhirHub.Samples.Generator.Pregnancy;

namespace FhirHub.Samples.Generator.Child;

/// <summary>
/// The visit of the newborn at home and the check-ups of 国家基本公共卫生服务规范（第三版）, as far as the child has come.
/// </summary>
static class CheckUps
{
    /// <summary>Months whose check-up takes blood for haemoglobin.</summary>
    static readonly int[] BloodMonths = [8, 18, 30];

    internal static void Write(RegionPlan plan, Baby baby)
    {
        var chance = plan.ChanceFor(baby.Person.Id + "-checkups");
        WriteNewbornVisit(plan, baby, chance);
        // A child keeps to its own curve: its birth weight has half of the say, its parents the other half.
        var curve = ((baby.Birth.WeightGrams - 3300) / 900.0) + chance.Normal(0, 0.5, -1.2, 1.2);
        foreach (var point in baby.Birth.IsFemale ? GrowthPoint.Girls : GrowthPoint.Boys)
        {
            // A weekend moves it back by two days at most, so never before its month.
            var due = baby.Person.BirthDate.AddMonths(point.Month).AddDays(chance.Int(2, 12));
            var time = Calendar.Appointment(due, chance);
            if (time.Day() < Region.Today)
            {
                WriteCheckUp(plan, baby, chance, (point, curve), time);
            }
        }
    }

    static void WriteNewbornVisit(RegionPlan plan, Baby baby, Chance chance)
    {
        var time = Calendar.Appointment(baby.Course.DischargedOn.AddDays(chance.Int(3, 7)), chance);
        if (time.Day() >= Region.Today)
        {
            return;
        }

        var visit = VisitResources.Write(plan, new Visit(baby.Person.Id + "-newborn-visit", baby.Person, time,
            plan.Institutions.CentreOf(baby.Person.Village), "新生儿家庭访视")
        {
            Class = "HH",
        });
        var days = time.Day().DayNumber - baby.Person.BirthDate.DayNumber;
        var grams = baby.Birth.WeightGrams * 0.96 + (days * chance.Normal(25, 5, 10, 40));
        visit.Measure("weight", Codes.Weight, decimal.Round((decimal)grams / 1000, 2), "kg", Codes.VitalSigns);
        visit.Measure("temperature", Codes.Temperature, chance.Decimal(36.8, 0.2, 36.3, 37.4), "Cel", Codes.VitalSigns);
        visit.Measure("heart-rate", Codes.HeartRate, (int)chance.Normal(138, 8, 112, 165), "/min", Codes.VitalSigns);
    }

    static void WriteCheckUp(
        RegionPlan plan, Baby baby, Chance chance, (GrowthPoint Median, double Curve) growth, DateTimeOffset time)
    {
        var (median, curve) = growth;
        var id = $"{baby.Person.Id}-checkup-{median.Month:00}";
        var visit = VisitResources.Write(plan, new Visit(id, baby.Person, time,
            plan.Institutions.CentreOf(baby.Person.Village), $"儿童健康检查（{median.Month}月龄）"));
        // One step on the curve is about an eighth of the weight and a twenty-fifth of the length; it wears off.
        var step = curve * (median.Month <= 3 ? 1 : 0.7);
        var length = chance.Decimal(median.LengthCm * (1 + (0.035 * step)), 0.5, 44, 112);
        visit.Measure("weight", Codes.Weight, chance.Decimal(median.WeightKg * (1 + (0.11 * step)), 0.1, 2.4, 22), "kg",
            Codes.VitalSigns);
        visit.Measure("length", median.Month < 24 ? Codes.Length : Codes.Height, length, "cm", Codes.VitalSigns);
        visit.Measure("head", Codes.Head, chance.Decimal(median.HeadCm * (1 + (0.018 * step)), 0.3, 32, 54), "cm",
            Codes.Exam);
        if (BloodMonths.Contains(median.Month))
        {
            visit.Laboratory("haemoglobin", Codes.Haemoglobin, chance.Decimal(119, 7, 96, 140, decimals: 0), "g/L",
                (110, 150));
        }
    }
}
