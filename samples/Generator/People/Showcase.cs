using FhirHub.Samples.Generator.Pregnancy;

namespace FhirHub.Samples.Generator.People;

/// <summary>
/// What the first households of a small region have to show: rare things that a demonstration needs and that chance
/// would leave out of so few.
/// </summary>
static class Showcase
{
    static readonly Func<Household, bool>[] Wishes =
    [
        h => Goes(h, c => c.Contacts.Count >= 3 && c.Colour == RiskColour.Green),
        h => Ended(h, c => c.Colour == RiskColour.Orange && c.HighRiskFrom > c.Booking?.Day),
        h => Ended(h, c => c.Colour == RiskColour.Red),
        h => Ended(h, c => c.State.Body.Infection == Infection.HepatitisB && c.Colour == RiskColour.Yellow),
        h => Ended(h, c => c.State.HasTwins),
        h => Ended(h, c => c.State.Hypertension == HypertensionKind.Preeclampsia && c.TermDays < 36 * 7),
        h => Goes(h, c => c.Colour == RiskColour.Orange),
        h => h.Pregnancies is [{ Outcome: Outcome.Miscarriage, Booking: not null }, { Outcome: Outcome.LiveBirth }, ..],
        h => h.Pregnancies.Any(c => c is { Outcome: Outcome.Stillbirth, HasEnded: true, Booking: not null }),
        h => h.Babies.Any(b => b.Person.DiedOn is not null),
        h => h.Mother?.Ethnicity == Ethnicity.Uyghur && Ended(h, c => c.Colour == RiskColour.Green),
        h => h.Mother?.Name.Family?.Length == 2 && Ended(h, c => c.State.Body.Infection == Infection.Syphilis),
        h => Ended(h, c => c.End > c.Today.AddDays(-40)),
        h => h is { ExaminedOn: not null, Father: not null } && Ended(h, c => c.End < c.Today.AddDays(-1800)),
    ];

    internal static Func<Household, bool>? WishFor(int number) =>
        number <= Wishes.Length ? Wishes[number - 1] : null;

    static bool Goes(Household household, Func<PregnancyCourse, bool> wish) =>
        household.Pregnancies.Any(c => !c.HasEnded && wish(c));

    static bool Ended(Household household, Func<PregnancyCourse, bool> wish) =>
        household.Pregnancies.Any(c =>
            c is { HasEnded: true, Outcome: Outcome.LiveBirth, Booking: not null } && wish(c));
}
