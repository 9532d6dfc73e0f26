using FhirHub.Samples.Generator.People;

namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>Draws what becomes of a pregnancy.</summary>
static class CourseDraw
{
    static readonly (Outcome, double)[] Outcomes =
    [
        (Outcome.LiveBirth, 0.926), (Outcome.Miscarriage, 0.060), (Outcome.Termination, 0.0075),
        (Outcome.Stillbirth, 0.0065),
    ];

    internal static PregnancyCourse Draw(
        Chance chance, DateOnly today, Person mother, MaternalState state, int order)
    {
        // 1. What the pregnancy is like, and how long it lasts.
        var outcome = state.HasTwins ? Outcome.LiveBirth : chance.Pick(Outcomes);
        var term = Gestation.DrawDays(chance, outcome, state);
        // 2. Who she sees on the way, as far as the day the region is looked at.
        var contacts = Contact.Draw(chance, state, term).Where(c => state.Lmp.AddDays(c.Day) < today).ToList();
        // 3. What is found, and how the child comes.
        var age = mother.AgeOn(state.Lmp.AddDays(280));
        RiskFactor[] factors =
            [.. state.Body.Illnesses, .. RiskTable.Follow(state, age), .. RiskTable.Draw(chance, isLate: true)];
        var isTransverse = factors.Any(f => f.Item == RiskTable.Malpresentation && f.FromDay < term);
        var course = new PregnancyCourse(mother, order, state, outcome, term)
        {
            Today = today,
            FatherName = "",
            Contacts = contacts,
            Factors = [.. factors.OrderBy(f => f.FromDay)],
            IsCaesarean = outcome == Outcome.LiveBirth && chance.Happens(CaesareanShare(state, isTransverse)),
        };
        return course.HasEnded && outcome == Outcome.LiveBirth
            ? course with { Births = [.. DrawBirths(chance, course)] }
            : course;
    }

    static double CaesareanShare(MaternalState state, bool isTransverse) =>
        state.HasDangerousPlacenta ? 1
        : state.History.Caesareans > 0 ? 0.9
        : isTransverse || state.HasTwins ? 0.85
        : state.Hypertension == HypertensionKind.Preeclampsia ? 0.75
        : state.History.Parity > 0 ? 0.09
        : 0.29;

    static IEnumerable<Birth> DrawBirths(Chance chance, PregnancyCourse course)
    {
        for (var i = 0; i < (course.State.HasTwins ? 2 : 1); i++)
        {
            yield return Birth.Draw(chance, course);
        }
    }
}
