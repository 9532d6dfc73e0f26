namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>Reports of obstetric scans, made during an antenatal contact.</summary>
static class UltrasoundReports
{
    static readonly Code BiparietalDiameter = Code.Loinc("11820-8", "双顶径");

    /// <summary>Biparietal diameter in mm at weeks 12, 16 … 40: rounded means, nothing to diagnose by.</summary>
    static readonly int[] DiametersMm = [20, 35, 48, 60, 71, 81, 89, 94];

    internal static void Write(
        RegionPlan plan, PregnancyCourse course, Visit visit, VisitResources written, int day)
    {
        var chance = plan.ChanceFor(visit.Id + "-scan");
        var isEarly = day < 14 * 7;
        string? result = null;
        if (!isEarly && !course.State.HasTwins)
        {
            result = written.Measure("biparietal-diameter", BiparietalDiameter,
                decimal.Round((decimal)chance.Normal(Diameter(day), 1.5, 40, 104)), "mm", Codes.Exam);
        }

        plan.Resources.Add("DiagnosticReport", visit.Id + "-ultrasound", r =>
        {
            r.Set("status", "final")
                .AddBareCode("category", Code.Hl7("v2-0074", "RUS", ""))
                .Say("code", new Code("产科超声检查"))
                .Refer("subject", course.Mother.Reference, course.Mother.Name.Text)
                .Refer("encounter", visit.Reference)
                .At("effectiveDateTime", visit.Start)
                .At("issued", visit.Start.AddMinutes(30))
                .Add("performer", p => p.Set("reference", visit.Place.Reference))
                .Set("conclusion", Conclusion(course, day, isEarly));
            if (result is { } observation)
            {
                r.Add("result", o => o.Set("reference", observation));
            }
        });
    }

    static double Diameter(int day)
    {
        var at = Math.Clamp((day / 28.0) - 3, 0, DiametersMm.Length - 1.001);
        var below = DiametersMm[(int)at];
        return below + ((DiametersMm[(int)at + 1] - below) * (at - (int)at));
    }

    static string Conclusion(PregnancyCourse course, int day, bool isEarly)
    {
        var fetuses = course.State.HasTwins ? "双胎" : "单胎";
        return isEarly
            ? $"宫内早孕，{fetuses}，约{PregnancyCourse.Weeks(day)}周，可见胎心搏动"
            : $"宫内妊娠，{fetuses}存活，超声孕周约{PregnancyCourse.Weeks(day)}周，胎盘及羊水未见异常";
    }
}
