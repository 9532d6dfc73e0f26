using FhirHub.Fhir.Documents;

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
            if (known.Count != graded)
            {
                Write(plan, course, known, contact, graded < 0 ? "risk" : $"risk-{contact.Number}");
                graded = known.Count;
            }
        }
    }

    static void Write(
        RegionPlan plan, PregnancyCourse course, IReadOnlyList<RiskFactor> factors, Contact contact, string name)
    {
        var encounter = AntenatalVisits.IdOf(course, contact);
        var colour = PregnancyCourse.Highest(factors);
        var place = AntenatalVisits.PlaceOf(plan, course, contact);
        plan.Resources.Add("RiskAssessment", $"{course.Id}-{name}", "pregnancy-risk", r =>
        {
            r.Extend("risk-standard", "valueCanonical", Guide.Plan("pregnancy-risk-cn-2017") + "|2017");
            foreach (var factor in factors)
            {
                r.Extend("risk-factor", Item(factor));
            }

            r.Set("status", "final")
                .Say("method", new Code("孕产妇妊娠风险评估与管理工作规范（国卫妇幼发〔2017〕35号）"))
                .Say("code", new Code("妊娠风险评估分级"))
                .Refer("subject", course.Mother.Reference, course.Mother.Name.Text)
                .Refer("encounter", "Encounter/" + encounter)
                .Set("occurrenceDateTime", course.Lmp.AddDays(contact.Day).Text())
                .Refer("condition", course.Condition)
                .Refer("performer", plan.Staff.At(place, course.Mother.Number).Reference)
                .Add("basis", b => b.Set("reference", $"Observation/{encounter}-pressure"))
                .Predict(colour, factors);
            // Purple stands beside the others: an infection says nothing about the rest.
            if (colour != RiskColour.Purple && factors.Any(f => f.Colour == RiskColour.Purple))
            {
                r.Predict(RiskColour.Purple, factors);
            }
        });
    }

    static FhirBuilder Predict(this FhirBuilder risk, RiskColour colour, IReadOnlyList<RiskFactor> factors)
    {
        var isPurple = colour == RiskColour.Purple;
        var reasons = string.Join("；",
            factors.Where(f => f.Colour == RiskColour.Purple == isPurple).Select(f => f.Text));
        return risk.Add("prediction", p => p
            .Say("outcome", new Code("妊娠风险"))
            .Say("qualitativeRisk", Code(colour))
            .Set("rationale", reasons.Length > 0 ? reasons : "孕妇基本情况良好，未发现妊娠合并症、并发症"));
    }

    static Code Item(RiskFactor factor) => factor.Colour == RiskColour.Purple
        ? Guide.Code("risk-item-added", factor.Item, factor.Text)
        : Guide.Hub("pregnancy-risk-item", factor.Item, factor.Text);
}
