namespace FhirHub.Samples.Generator.Child;

/// <summary>The screening for disturbances of development: four signs at each age, and what was answered.</summary>
static class WarningSigns
{
    /// <summary>Of a hundred children so many show a sign at one age; assumed.</summary>
    const double SignShare = 0.035;

    static readonly Code Screen = Guide.Code("developmental-result", "screen", "儿童心理行为发育问题预警征象筛查");

    static readonly Dictionary<string, (string Age, string[] Signs)> ByMonth = Table.Read("warning-signs.tsv")
        .ToDictionary(row => row[0], row => (row[1], row[2..]));

    internal static void Write(RegionPlan plan, VisitResources written, int month, Chance chance)
    {
        if (!ByMonth.TryGetValue($"{month}", out var table))
        {
            return;
        }

        var shown = chance.Happens(SignShare) ? chance.Int(0, table.Signs.Length - 1) : -1;
        var answers = WriteAnswers(plan, written.Visit, table, shown);
        written.Observe("signs", Screen, Codes.Survey, o =>
        {
            o.Say("valueCodeableConcept", shown < 0
                ? Guide.Code("developmental-result", "negative", "未见预警征象")
                : Guide.Code("developmental-result", "refer", "有预警征象，应转诊评估"));
            foreach (var (index, sign) in table.Signs.Index())
            {
                o.Add("component", c => c
                    .Say("code", Guide.Hub("developmental-warning-sign", $"{table.Age}.{index + 1}", sign))
                    .Set("valueBoolean", index == shown));
            }

            o.Add("derivedFrom", d => d.Set("reference", answers));
        }, "developmental-warning");
    }

    static string WriteAnswers(RegionPlan plan, Visit visit, (string Age, string[] Signs) table, int shown) =>
        plan.Resources.Add("QuestionnaireResponse", visit.Id + "-signs", "developmental-warning-response", q => q
            .Set("questionnaire", Guide.Questionnaire("developmental-warning-signs"))
            .Set("status", "completed")
            .Refer("subject", visit.Subject.Reference, visit.Subject.Name.Text)
            .Refer("encounter", visit.Reference)
            .At("authored", visit.Start)
            .Refer("author", plan.Staff.At(visit.Place, visit.Subject.Number).Reference)
            .Add("item", group =>
            {
                group.Set("linkId", table.Age);
                foreach (var (index, sign) in table.Signs.Index())
                {
                    group.Add("item", i => i
                        .Set("linkId", $"{table.Age}.{index + 1}")
                        .Set("text", sign)
                        .Add("answer", a => a.Set("valueBoolean", index == shown)));
                }
            }));
}
