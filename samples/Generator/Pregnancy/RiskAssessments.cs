namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>The gradings of a pregnancy: the first at the booking, another whenever something new was found.</summary>
static class RiskAssessments
{
    static readonly Dictionary<RiskColour, string> Words = new()
    {
        [RiskColour.Green] = "绿（低风险）",
        [RiskColour.Yellow] = "黄（一般风险）",
        [RiskColour.Orange] = "橙（较高风险）",
        [RiskColour.Red] = "红（高风险）",
        [RiskColour.Purple] = "紫（传染病）",
    };

    internal static string Name(RiskColour colour) => Words[colour];

    internal static Code Code(RiskColour colour) =>
        Guide.Hub("pregnancy-risk-colour", colour.ToString().ToLowerInvariant(), Words[colour]);

    internal static void Write(RegionPlan plan, PregnancyCourse course)
    {
        var graded = -1;
        foreach (var contact in course.Contacts)
        {
            var known = course.Known(contact.Day);
            if (known.Count == graded)
            {
                continue;
            }

            var colour = PregnancyCourse.Highest(known);
            var name = graded < 0 ? "risk" : $"risk-{contact.Number}";
            Write(plan, course, name, (colour, known), contact);
            // Purple beside another colour is an assessment of its own.
            if (graded < 0 && colour != RiskColour.Purple && known.Any(f => f.Colour == RiskColour.Purple))
            {
                Write(plan, course, "risk-purple", (RiskColour.Purple, known), contact);
            }

            graded = known.Count;
        }
    }

    static void Write(
        RegionPlan plan, PregnancyCourse course, string name,
        (RiskColour Colour, IReadOnlyList<RiskFactor> Factors) grading, Contact contact)
    {
        var isPurple = grading.Colour == RiskColour.Purple;
        var factors = grading.Factors.Where(f => f.Colour == RiskColour.Purple == isPurple).ToList();
        var reasons = string.Join("；", factors.Select(f => f.Text));
        var encounter = AntenatalVisits.IdOf(course, contact);
        plan.Resources.Add("RiskAssessment", $"{course.Id}-{name}", "pregnancy-risk", r =>
        {
            foreach (var factor in factors.Where(f => f.Colour != RiskColour.Purple))
            {
                r.ExtendByCoding("risk-factor", Guide.Hub("pregnancy-risk-item", factor.Item, factor.Text));
            }

            r.Set("status", "final")
                .Say("method", new Code("孕产妇妊娠风险评估与管理工作规范（国卫妇幼发〔2017〕35号）"))
                .Say("code", new Code("妊娠风险评估分级"))
                .Refer("subject", course.Mother.Reference, course.Mother.Name.Text)
                .Refer("encounter", "Encounter/" + encounter)
                .Set("occurrenceDateTime", course.Lmp.AddDays(contact.Day).Text())
                .Refer("condition", course.Condition)
                .Refer("performer", plan.Institutions.CentreOf(course.Mother.Village).Reference)
                .Add("basis", b => b.Set("reference", $"Observation/{encounter}-pressure"))
                .Add("prediction", p => p
                    .Say("outcome", new Code("妊娠风险"))
                    .Say("qualitativeRisk", Code(grading.Colour))
                    .Set("rationale", reasons.Length > 0 ? reasons : "孕妇基本情况良好，未发现妊娠合并症、并发症"));
        });
    }
}
