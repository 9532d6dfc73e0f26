using FhirHub.Samples.Generator.Institutions;
using FhirHub.Samples.Generator.People;

namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>A pregnancy from the last period to its end, which may still lie ahead.</summary>
sealed record PregnancyCourse(Person Mother, DateOnly Lmp, MaternalState State, int TermDays, string FatherName)
{
    const int DaysToDueDate = 280;

    internal required IReadOnlyList<RiskFactor> Factors { get; init; }
    internal required bool IsCaesarean { get; init; }
    internal required IReadOnlyList<Birth> Births { get; init; }
    internal IReadOnlyList<Baby> Babies { get; init; } = [];

    internal string Id => $"pregnancy-{Mother.Number:0000}";
    internal string Episode => "EpisodeOfCare/" + Id;
    internal string Condition => "Condition/" + Id;
    internal DateOnly DueDate => Lmp.AddDays(DaysToDueDate);
    internal DateOnly End => Lmp.AddDays(TermDays);
    internal DateOnly DischargedOn => End.AddDays(IsCaesarean ? 5 : 3);

    /// <summary>Over when mother and child are at home: nobody is left in the middle of a stay.</summary>
    internal bool HasEnded => DischargedOn < Region.Today;

    internal RiskColour Colour => Highest(Factors);

    /// <summary>When the pregnancy got the colour it has now.</summary>
    internal DateOnly GradedOn => Lmp.AddDays(AntenatalVisits.DayOf(this,
        Factors.Any(f => f.IsLate) ? CareWindow.Regrading : CareWindow.Antenatal[0]));

    internal bool IsHighRisk => Colour is RiskColour.Orange or RiskColour.Red;

    /// <summary>Four in ten are going on or have only just ended; all are old enough to be booked.</summary>
    internal static DateOnly DrawLastPeriod(Chance chance) =>
        Region.Today.AddDays(-(chance.Happens(0.4) ? chance.Int(100, 275) : chance.Int(276, 1300)));

    internal static PregnancyCourse Draw(Chance chance, Person mother, DateOnly lmp, string fatherName)
    {
        var age = mother.AgeOn(lmp.AddDays(DaysToDueDate));
        var state = MaternalState.Draw(chance, age);
        var term = (state.HasTwins, state.HasPreeclampsia || state.HasHeartDisease) switch
        {
            (true, _) => chance.Normal(257, 7, 231, 273),
            (_, true) => chance.Normal(258, 8, 231, 275),
            _ => chance.Normal(275, 9, 238, 292),
        };
        var caesarean = state.HasScar ? 0.85 : state.HasTwins || state.HasPreeclampsia ? 0.75 : 0.3;
        var course = new PregnancyCourse(mother, lmp, state, (int)term, fatherName)
        {
            Factors = [.. state.Factors(age)],
            IsCaesarean = chance.Happens(caesarean),
            Births = [],
        };
        // What will show late cannot be known before it does.
        var isRegraded = AntenatalVisits.IsDone(course, CareWindow.Regrading);
        course = course with { Factors = [.. course.Factors.Where(f => isRegraded || !f.IsLate)] };
        return course.HasEnded
            ? course with { Births = [.. DrawBirths(chance, (int)term, state.HasTwins)] }
            : course;
    }

    /// <summary>The highest colour; an infection counts only where nothing else does.</summary>
    internal static RiskColour Highest(IReadOnlyList<RiskFactor> factors) =>
        factors.Where(f => f.Colour != RiskColour.Purple).Select(f => f.Colour)
            .DefaultIfEmpty(factors.Count > 0 ? RiskColour.Purple : RiskColour.Green).Max();

    /// <summary>Where the delivery takes place: what is red is for the prefecture's hospital.</summary>
    internal Institution DeliveryPlace(InstitutionTable institutions) =>
        Colour == RiskColour.Red || State.HasPreeclampsia ? institutions.MaternalChild : institutions.County;

    /// <summary>So many days of pregnancy in the way midwives write them: 28+3.</summary>
    internal static string Weeks(int days) => $"{days / 7}+{days % 7}";

    static IEnumerable<Birth> DrawBirths(Chance chance, int term, bool areTwins)
    {
        for (var i = 0; i < (areTwins ? 2 : 1); i++)
        {
            yield return Birth.Draw(chance, term, areTwins);
        }
    }
}
