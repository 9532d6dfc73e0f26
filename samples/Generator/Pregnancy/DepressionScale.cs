using System.Globalization;

namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>The Edinburgh scale, asked 42 days after the birth: the ten answers and their sum.</summary>
static class DepressionScale
{
    const int Questions = 10;
    const int AnswerMax = 3;

    /// <summary>The tenth question is about harm to herself, which few say anything but never to.</summary>
    const int Harm = 10;

    /// <summary>Whose score is one to look at; assumed, of the order of published screenings.</summary>
    const double HighShare = 0.11;

    static readonly Code Score = Code.Loinc("71354-5", "爱丁堡产后抑郁量表（EPDS）总分");

    internal static void Write(RegionPlan plan, VisitResources written, Chance chance)
    {
        var visit = written.Visit;
        var scores = Draw(chance, chance.Happens(HighShare) ? chance.Int(10, 18) : chance.Int(0, 9));
        var answers = plan.Resources.Add("QuestionnaireResponse", visit.Id + "-epds", null, q =>
        {
            q.Set("questionnaire", Guide.Questionnaire("epds"))
                .Set("status", "completed")
                .Refer("subject", visit.Subject.Reference, visit.Subject.Name.Text)
                .Refer("encounter", visit.Reference)
                .At("authored", visit.Start)
                .Refer("author", visit.Subject.Reference);
            for (var question = 1; question <= Questions; question++)
            {
                var code = $"{question}.{scores[question - 1]}";
                q.Add("item", i => i
                    .Set("linkId", question.ToString(CultureInfo.InvariantCulture))
                    .Add("answer", a => a
                        .Set("valueCoding.system", Guide.System("epds-answer"))
                        .Set("valueCoding.code", code)));
            }

            q.Add("item", i => i.Set("linkId", "score").Add("answer", a => a.Set("valueInteger", scores.Sum())));
        });
        written.Observe("epds", Score, Codes.Survey, o => o
            .Set("valueInteger", scores.Sum())
            .Add("derivedFrom", d => d.Set("reference", answers)));
    }

    /// <summary>Spreads a sum over the answers, a point at a time.</summary>
    static int[] Draw(Chance chance, int sum)
    {
        var scores = new int[Questions];
        while (scores.Sum() < sum)
        {
            var question = chance.Int(0, Questions - 1);
            var isLikely = question != Harm - 1 || chance.Happens(0.05);
            scores[question] += isLikely && scores[question] < AnswerMax ? 1 : 0;
        }

        return scores;
    }
}
