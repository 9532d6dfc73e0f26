namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>When a pregnancy ends. The shares of the weeks are set so that targets.tsv comes out.</summary>
static class Gestation
{
    static readonly (int Week, double Share)[] Singleton =
    [
        (28, 0.0008), (29, 0.0010), (30, 0.0014), (31, 0.0020), (32, 0.0030), (33, 0.0040), (34, 0.0070),
        (35, 0.0110), (36, 0.0205), (37, 0.0860), (38, 0.2200), (39, 0.3280), (40, 0.2400), (41, 0.0668), (42, 0.0030),
    ];

    static readonly (int Week, double Share)[] Twin =
    [
        (28, 0.01), (30, 0.02), (31, 0.02), (32, 0.03), (33, 0.06), (34, 0.11), (35, 0.15), (36, 0.21), (37, 0.29),
        (38, 0.10),
    ];

    static readonly (int Week, double Share)[] Severe =
    [
        (30, 0.03), (32, 0.06), (34, 0.14), (35, 0.14), (36, 0.18), (37, 0.28), (38, 0.12), (39, 0.05),
    ];

    /// <summary>Of those that are lost before they could live, most are lost early.</summary>
    static readonly (int Week, double Share)[] Lost =
        [(7, 0.18), (8, 0.25), (9, 0.20), (10, 0.14), (11, 0.09), (13, 0.06), (16, 0.04), (20, 0.02), (24, 0.02)];

    internal static int DrawDays(Chance chance, Outcome outcome, MaternalState state) => outcome switch
    {
        Outcome.Miscarriage => DayIn(chance, Lost),
        Outcome.Termination => chance.Int(19 * 7, 26 * 7),
        Outcome.Stillbirth => chance.Int(28 * 7, 40 * 7),
        _ => DayIn(chance, state.HasTwins ? Twin
            : state.Hypertension == HypertensionKind.Preeclampsia || state.HasDangerousPlacenta ? Severe
            : Singleton),
    };

    static int DayIn(Chance chance, (int Week, double Share)[] weeks) => (chance.Pick(weeks) * 7) + chance.Int(0, 6);
}
