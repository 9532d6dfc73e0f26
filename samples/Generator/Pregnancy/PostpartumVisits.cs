namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>The visit at home within a week of discharge, and the examination after 42 days.</summary>
static class PostpartumVisits
{
    static readonly Code Lochia = new("恶露");
    static readonly Code Uterus = new("子宫");
    static readonly Code Breasts = new("乳房");

    internal static void Write(RegionPlan plan, PregnancyCourse course)
    {
        if (!course.HasEnded || !course.IsDelivery)
        {
            return;
        }

        var chance = plan.ChanceFor(course.Id + "-postpartum");
        var centre = plan.Institutions.CentreOf(course.Mother.Village);
        var (isVisited, comesBack) = (IsVisited(course, chance), chance.Happens(0.93));
        // Moving back from a weekend must not put the visit before the discharge.
        var home = Calendar.Appointment(course.DischargedOn.AddDays(chance.Int(3, 7)), chance);
        if (isVisited && home.Day() < plan.Today)
        {
            var visit = VisitResources.Write(plan,
                new Visit(course.Id + "-postpartum-home", course.Mother, home, centre, "产后访视")
                {
                    Class = "HH",
                    Episode = course.Episode,
                });
            Measure(visit, chance, course);
        }

        var examination = Calendar.Appointment(course.End.AddDays(chance.Int(44, 54)), chance);
        if (comesBack && examination.Day() < plan.Today)
        {
            var visit = VisitResources.Write(plan,
                new Visit(course.Id + "-postpartum-42", course.Mother, examination,
                    course.IsHighRisk ? plan.Institutions.County : centre, "产后42天健康检查")
                {
                    Episode = course.Episode,
                });
            Measure(visit, chance, course);
            visit.Measure("weight", Codes.Weight,
                course.State.Body.WeightKg + chance.Decimal(3.5, 1.5, 0, 9), "kg", Codes.VitalSigns);
            DepressionScale.Write(plan, visit, chance);
        }
    }

    internal static bool IsVisited(PregnancyCourse course, Chance chance) =>
        chance.Happens(course.State.Body.IsDiligent ? 0.985 : 0.6);

    static void Measure(VisitResources visit, Chance chance, PregnancyCourse course)
    {
        var raised = course.State.Hypertension != HypertensionKind.None ? 14 : 0;
        visit.Measure("temperature", Codes.Temperature, chance.Decimal(36.6, 0.2, 36.0, 37.2), "Cel", Codes.VitalSigns);
        visit.Pressure((int)chance.Normal(112 + raised, 7, 92, 139), (int)chance.Normal(70 + (raised / 2), 5, 56, 88));
        var lochia = chance.Happens(0.03) ? "异常" : "未见异常";
        visit.Observe("postpartum-exam", new Code("产后检查"), Codes.Exam, o => o
            .Component(Lochia, new Code(lochia))
            .Component(Uterus, new Code("未见异常"))
            .Component(Breasts, new Code("未见异常")));
    }
}
