using FhirHub.Samples.Generator.Institutions;
using FhirHub.Samples.Generator.People;

namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>A pregnancy from the last period to its end, which may still lie ahead.</summary>
sealed record PregnancyCourse(Person Mother, int Order, MaternalState State, Outcome Outcome, int TermDays)
{
    const int DaysToDueDate = 280;

    internal required DateOnly Today { get; init; }
    internal required string FatherName { get; init; }

    /// <summary>All that is found in the course of it, in the order of the days it is found on.</summary>
    internal required IReadOnlyList<RiskFactor> Factors { get; init; }
    internal required IReadOnlyList<Contact> Contacts { get; init; }
    internal required bool IsCaesarean { get; init; }
    internal IReadOnlyList<Birth> Births { get; init; } = [];
    internal IReadOnlyList<Baby> Babies { get; init; } = [];

    internal string Id => $"pregnancy-{Mother.Number:0000}{(Order > 1 ? $"-{Order}" : "")}";
    internal string Episode => "EpisodeOfCare/" + Id;
    internal string Condition => "Condition/" + Id;
    internal DateOnly Lmp => State.Lmp;
    internal DateOnly DueDate => Lmp.AddDays(DaysToDueDate);
    internal DateOnly End => Lmp.AddDays(TermDays);

    /// <summary>The hour of the birth, late enough that a second child is born on the same day.</summary>
    internal DateTimeOffset EndsAt =>
        Calendar.At(End, ((Mother.Number * 7) + TermDays) % 23, (Mother.Number + TermDays) % 48);

    /// <summary>Born, alive or not, in a hospital bed; earlier losses are not.</summary>
    internal bool IsDelivery => Outcome is Outcome.LiveBirth or Outcome.Stillbirth;

    internal DateOnly DischargedOn => End.AddDays(
        Outcome == Outcome.Miscarriage ? 1 : Outcome == Outcome.LiveBirth && IsCaesarean ? 5 : 3);

    /// <summary>Over when mother and child are at home: nobody is left in the middle of a stay.</summary>
    internal bool HasEnded => DischargedOn < Today;

    internal Contact? Booking => Contacts.Count > 0 ? Contacts[0] : null;

    /// <summary>When care of it began: with the booking, or with its end where nobody knew of it before.</summary>
    internal DateOnly OpenedOn => Booking is { } booking ? Lmp.AddDays(booking.Day) : End;

    /// <summary>The colour it has now, or had at its end.</summary>
    internal RiskColour Colour => Highest(Known(Contacts.Count > 0 ? Contacts[^1].Day : 0));

    internal bool IsHighRisk => Colour is RiskColour.Orange or RiskColour.Red;

    internal int? HighRiskFrom => Contacts
        .FirstOrDefault(c => Highest(Known(c.Day)) is RiskColour.Orange or RiskColour.Red)?.Day;

    /// <summary>What has been found by a contact on that day.</summary>
    internal IReadOnlyList<RiskFactor> Known(int day) => [.. Factors.Where(f => f.FromDay <= day)];

    internal bool Has(string item, int day) => Factors.Any(f => f.Item == item && f.FromDay <= day);

    /// <summary>The highest colour; an infection counts only where nothing else does.</summary>
    internal static RiskColour Highest(IReadOnlyList<RiskFactor> factors) =>
        factors.Where(f => f.Colour != RiskColour.Purple).Select(f => f.Colour)
            .DefaultIfEmpty(factors.Count > 0 ? RiskColour.Purple : RiskColour.Green).Max();

    /// <summary>Where the delivery takes place: what is red, or very early, is for the prefecture's hospital.</summary>
    internal Institution DeliveryPlace(InstitutionTable institutions) =>
        Colour == RiskColour.Red || State.Hypertension == HypertensionKind.Preeclampsia || TermDays < 34 * 7
            ? institutions.MaternalChild
            : institutions.County;

    /// <summary>So many days of pregnancy in the way midwives write them: 28+3.</summary>
    internal static string Weeks(int days) => $"{days / 7}+{days % 7}";
}
