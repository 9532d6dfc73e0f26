using FhirHub.Fhir.Documents;

namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>The frame of a pregnancy: the episode, the condition, its risk and the plan of care.</summary>
static class PregnancyResources
{
    static readonly Dictionary<RiskColour, string> Colours = new()
    {
        [RiskColour.Green] = "绿色（低风险）",
        [RiskColour.Yellow] = "黄色（一般风险）",
        [RiskColour.Orange] = "橙色（较高风险）",
        [RiskColour.Red] = "红色（高风险）",
        [RiskColour.Purple] = "紫色（传染病）",
    };

    internal static string Name(RiskColour colour) => Colours[colour];

    internal static void Write(RegionPlan plan, PregnancyCourse course)
    {
        WriteCondition(plan, course);
        WriteEpisode(plan, course);
        WriteRisk(plan, course);
        WritePlan(plan, course);
    }

    static void WriteCondition(RegionPlan plan, PregnancyCourse course) =>
        plan.Resources.Add("Condition", course.Id, c =>
        {
            c.AddClinicalStatus(isActive: !course.HasEnded)
                .Say("code", course.Colour == RiskColour.Green
                    ? Code.Icd10("Z34", "正常妊娠监督")
                    : Code.Icd10("Z35", "高危妊娠监督"))
                .Refer("subject", course.Mother.Reference, course.Mother.Name.Text)
                .Set("onsetDateTime", course.Lmp.Text())
                .Set("recordedDate", course.BookedOn().Text());
            if (course.HasEnded)
            {
                c.Set("abatementDateTime", course.End.Text());
            }
        });

    static void WriteEpisode(RegionPlan plan, PregnancyCourse course) =>
        plan.Resources.Add("EpisodeOfCare", course.Id, e =>
        {
            // The puerperium, of 42 days, is the end of it.
            var end = course.End.AddDays(42);
            var isOver = end < Region.Today;
            e.Set("status", isOver ? "finished" : "active")
                .AddCode("type", new Code("孕产期保健"))
                .Add("diagnosis", d => d.Refer("condition", course.Condition))
                .Refer("patient", course.Mother.Reference, course.Mother.Name.Text)
                .Refer("managingOrganization", plan.Institutions.CentreOf(course.Mother.Village).Reference)
                .Set("period.start", course.BookedOn().Text());
            if (isOver)
            {
                e.Set("period.end", end.Text());
            }
        });

    static void WriteRisk(RegionPlan plan, PregnancyCourse course)
    {
        // 1. The first grading, of what is known when the pregnancy is booked.
        var early = course.Factors.Where(f => !f.IsLate).ToList();
        var colour = PregnancyCourse.Highest(early);
        var contact = course.Id + "-antenatal-1";
        WriteRisk(plan, course, "risk", (colour, early), (contact, course.BookedOn(), contact + "-bmi"));
        // 2. Purple beside another colour is an assessment of its own.
        if (colour != RiskColour.Purple && early.Any(f => f.Colour == RiskColour.Purple))
        {
            WriteRisk(plan, course, "risk-purple", (RiskColour.Purple, early),
                (contact, course.BookedOn(), contact + "-bmi"));
        }

        // 3. A second grading, when something has shown since.
        if (early.Count < course.Factors.Count)
        {
            contact = course.Id + "-antenatal-4";
            WriteRisk(plan, course, "risk-regraded", (course.Colour, course.Factors),
                (contact, course.GradedOn, contact + "-pressure"));
        }
    }

    static void WriteRisk(
        RegionPlan plan, PregnancyCourse course, string name,
        (RiskColour Colour, IReadOnlyList<RiskFactor> Factors) grading,
        (string Encounter, DateOnly Date, string Basis) contact)
    {
        var reasons = string.Join("；", grading.Factors
            .Where(f => f.Colour == RiskColour.Purple == (grading.Colour == RiskColour.Purple)).Select(f => f.Text));
        plan.Resources.Add("RiskAssessment", $"{course.Id}-{name}", r => r
            .Set("status", "final")
            .Say("method", new Code("孕产妇妊娠风险评估与管理工作规范（国卫妇幼发〔2017〕35号）"))
            .Say("code", new Code("妊娠风险评估分级"))
            .Refer("subject", course.Mother.Reference, course.Mother.Name.Text)
            .Refer("encounter", "Encounter/" + contact.Encounter)
            .Set("occurrenceDateTime", contact.Date.Text())
            .Refer("condition", course.Condition)
            .Add("basis", b => b.Set("reference", "Observation/" + contact.Basis))
            .Add("prediction", p => p
                .Say("qualitativeRisk", new Code(Name(grading.Colour)))
                .Set("rationale", reasons.Length > 0 ? reasons : "孕妇基本情况良好，未发现妊娠合并症、并发症")));
    }

    static void WritePlan(RegionPlan plan, PregnancyCourse course) =>
        plan.Resources.Add("CarePlan", course.Id, c =>
        {
            c.Set("status", course.HasEnded ? "completed" : "active")
                .Set("intent", "plan")
                .Set("title", "孕产期保健计划")
                .Refer("subject", course.Mother.Reference, course.Mother.Name.Text)
                .Set("period.start", course.Lmp.Text())
                .Set("period.end", course.DueDate.AddDays(42).Text())
                .Add("addresses", a => a.Set("reference", course.Condition));
            foreach (var window in CareWindow.Antenatal)
            {
                c.Add("activity", a => WriteActivity(a, course, window));
            }
        });

    static void WriteActivity(FhirBuilder activity, PregnancyCourse course, CareWindow window)
    {
        var (first, last) = (course.Lmp.AddDays(window.FirstDay), course.Lmp.AddDays(window.LastDay));
        var status = AntenatalVisits.IsDone(course, window) ? "completed"
            : course.HasEnded ? "cancelled"
            : "scheduled";
        activity.Set("detail.status", status)
            .Set("detail.description", window.Name)
            .Set("detail.scheduledPeriod.start", first.Text())
            .Set("detail.scheduledPeriod.end", last.Text());
    }

    static FhirBuilder AddClinicalStatus(this FhirBuilder condition, bool isActive) =>
        condition.Say("clinicalStatus", isActive ? Codes.Active : Codes.Resolved)
            .Add("category", c => c
                .Add("coding", k => k
                    .Set("system", "http://terminology.hl7.org/CodeSystem/condition-category")
                    .Set("code", "encounter-diagnosis")));
}
