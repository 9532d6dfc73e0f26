namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>What a woman brings to each of her pregnancies.</summary>
sealed record MaternalBody(int HeightCm, decimal WeightKg, string BloodGroup, bool IsRhNegative, Infection Infection)
{
    /// <summary>
    /// Blood groups of ABO by their codes in CV04.50.005; shares assumed, of the order seen in the north.
    /// </summary>
    static readonly (string Code, double Share)[] Groups = [("1", 0.27), ("2", 0.32), ("3", 0.31), ("4", 0.10)];

    static readonly (Infection, double)[] Infections =
    [
        (Infection.None, 0.9455), (Infection.HepatitisB, 0.05), (Infection.Syphilis, 0.004), (Infection.Hiv, 0.0005),
    ];

    /// <summary>Illnesses she has, as the grading table calls them.</summary>
    internal required IReadOnlyList<RiskFactor> Illnesses { get; init; }

    /// <summary>Who comes to what she is asked to come to; the few others come to about half of it.</summary>
    internal required bool IsDiligent { get; init; }

    internal decimal Bmi => decimal.Round(WeightKg * 10_000 / (HeightCm * HeightCm), 1);

    internal static MaternalBody Draw(Chance chance)
    {
        var height = (int)chance.Normal(160, 5.2, 143, 178);
        var bmi = chance.Normal(21.7, 2.1, 15.8, 33);
        var weight = decimal.Round((decimal)(bmi * height * height / 10_000), 1);
        return new MaternalBody(
            height, weight, chance.Pick(Groups), chance.Happens(0.004), chance.Pick(Infections))
        {
            Illnesses = [.. RiskTable.Draw(chance, isLate: false)],
            IsDiligent = chance.Happens(0.965),
        };
    }
}
