namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>A woman's pregnancies up to and with this one.</summary>
sealed record ObstetricHistory(int Gravidity, int Parity, int Caesareans, DateOnly? LastDelivery)
{
    /// <summary>
    /// How many children came before, by the mother's age: shares assumed so that orders of birth come out.
    /// </summary>
    static readonly (int AgeBelow, (int Parity, double Share)[] Shares)[] ByAge =
    [
        (25, [(0, 0.70), (1, 0.26), (2, 0.04)]),
        (30, [(0, 0.55), (1, 0.35), (2, 0.10)]),
        (35, [(0, 0.35), (1, 0.44), (2, 0.18), (3, 0.03)]),
        (99, [(0, 0.20), (1, 0.43), (2, 0.29), (3, 0.08)]),
    ];

    internal int Losses => Gravidity - 1 - Parity;

    internal static ObstetricHistory Draw(Chance chance, int age, DateOnly lmp)
    {
        var parity = chance.Pick(ByAge.First(row => age < row.AgeBelow).Shares);
        var losses = chance.Happens(0.28) ? chance.Happens(0.25) ? 2 : 1 : 0;
        var caesareans = 0;
        for (var i = 0; i < parity; i++)
        {
            caesareans += chance.Happens(caesareans > 0 ? 0.8 : 0.31) ? 1 : 0;
        }

        DateOnly? last = parity > 0 ? lmp.AddDays(-chance.Int(330, 330 + Math.Min(2900, (age - 18) * 150))) : null;
        return new ObstetricHistory(parity + losses + 1, parity, caesareans, last);
    }

    /// <summary>The history a next pregnancy has, after this one ended.</summary>
    internal ObstetricHistory After(PregnancyCourse course) => course.Outcome is Outcome.LiveBirth or Outcome.Stillbirth
        ? new ObstetricHistory(
            Gravidity + 1, Parity + 1, Caesareans + (course.IsCaesarean ? 1 : 0), course.End)
        : this with { Gravidity = Gravidity + 1 };
}
