namespace FhirHub.Samples.Generator.Child;

/// <summary>The screening for disturbances of development: four signs at each age, and what was answered.</summary>
static class WarningSigns
{
    /// <summary>Of a hundred children so many show a sign at one age; assumed.</summary>
    const double SignShare = 0.035;

    static readonly Dictionary<string, (string Age, string[] Signs)> ByMonth = Table.Read("warning-signs.tsv")
        .ToDictionary(row => row[0], row => (row[1], row[2..]));

    internal static void Write(RegionPlan plan, VisitResources written, int month, Chance chance)
    {
        if (!ByMonth.TryGetValue($"{month}", out var table))
        {
            return;
        }

        var visit = written.Visit;
        var shown = chance.Happens(SignShare) ? chance.Int(0, table.Signs.Length - 1) : -1;
        var answers = plan.Resources.Add("QuestionnaireResponse", visit.Id + "-signs", "developmental-warning", q =>
        {
            q.Set("questionnaire", Guide.Questionnaire("developmental-warning-signs"))
                .Set("status", "completed")
                .Refer("subject", visit.Subject.Reference, visit.Subject.Name.Text)
                .Refer("encounter", visit.Reference)
                .At("authored", visit.Start)
                .Refer("author", plan.Staff.At(visit.Place, visit.Subject.Number).Reference);
            foreach (var (index, sign) in table.Signs.Index())
            {
                q.Add("item", i => i
                    .Set("linkId", $"{table.Age}.{index + 1}")
                    .Set("text", sign)
                    .Add("answer", a => a.Set("valueBoolean", index == shown)));
            }
        });
        if (shown < 0)
        {
            return;
        }

        // A sign is looked for by itself, so it stands as an observation too; none is only in the answers.
        written.Observe("sign", new Code("儿童心理行为发育问题预警征象"), Codes.Survey, o => o
            .Say("valueCodeableConcept", Guide.Hub(
                "developmental-warning-sign", $"{table.Age}.{shown + 1}", table.Signs[shown]))
            .Add("derivedFrom", d => d.Set("reference", answers)));
    }
}
