namespace FhirHub.Samples.Generator.Pregnancy;

/// <summary>What is known of the mother at her first contact, and what the pregnancy will bring.</summary>
sealed record MaternalState(int HeightCm, decimal WeightKg, int Gravidity, int Parity)
{
    const string Hypertension = "妊娠期高血压疾病";
    const string Preeclampsia = "重度子痫前期";

    internal bool HasScar { get; init; }
    internal bool HasTwins { get; init; }
    internal bool IsAnaemic { get; init; }
    internal bool HasHypertension { get; init; }
    internal bool HasPreeclampsia { get; init; }
    internal bool HasHeartDisease { get; init; }
    internal bool HasHepatitis { get; init; }

    internal decimal Bmi => decimal.Round(WeightKg * 10_000 / (HeightCm * HeightCm), 1);

    internal static MaternalState Draw(Chance chance, int age)
    {
        // 1. The body.
        var height = (int)chance.Normal(160, 5, 147, 174);
        var bmi = chance.Normal(21.9, 2.7, 16.8, 33);
        var weight = decimal.Round((decimal)(bmi * height * height / 10_000), 1);
        // 2. Earlier pregnancies: most of them are a matter of age.
        var parity = age < 22 ? 0 : chance.Happens((age - 20) * 0.045) ? chance.Int(1, age > 30 ? 2 : 1) : 0;
        var gravidity = parity + 1 + (chance.Happens(0.35) ? chance.Int(1, 2) : 0);
        // 3. What makes the pregnancy one of risk: oftener than in life, or a small region would not show each colour.
        var isHeavy = bmi > 25 ? 2 : 1;
        var hasHypertension = chance.Happens(0.13 * isHeavy);
        return new MaternalState(height, weight, gravidity, parity)
        {
            HasScar = parity > 0 && chance.Happens(0.35),
            HasTwins = chance.Happens(0.04),
            IsAnaemic = chance.Happens(0.12),
            HasHypertension = hasHypertension,
            HasPreeclampsia = hasHypertension && chance.Happens(0.5),
            HasHeartDisease = chance.Happens(0.07),
            HasHepatitis = chance.Happens(0.05),
        };
    }

    /// <summary>The factors that can be told from this, after the grading table; none means green.</summary>
    internal IEnumerable<RiskFactor> Factors(int age)
    {
        (bool Applies, RiskColour Colour, string Text)[] rules =
        [
            (age >= 40, RiskColour.Orange, "年龄≥40岁"),
            (age is >= 35 and < 40 or <= 18, RiskColour.Yellow, "年龄≥35岁或≤18岁"),
            (Bmi >= 28, RiskColour.Orange, "BMI≥28"),
            (Bmi is > 25 and < 28 or < 18.5m, RiskColour.Yellow, "BMI>25或<18.5"),
            (HasScar, RiskColour.Yellow, "瘢痕子宫"),
            (HasTwins, RiskColour.Yellow, "双胎妊娠"),
            (IsAnaemic, RiskColour.Yellow, "贫血（Hb 60～110 g/L）"),
            (HasHypertension && !HasPreeclampsia, RiskColour.Yellow, Hypertension),
            (HasPreeclampsia, RiskColour.Orange, Preeclampsia),
            (HasHeartDisease, RiskColour.Red, "肺动脉高压（≥50 mmHg）"),
            (HasHepatitis, RiskColour.Purple, "病毒性肝炎"),
        ];
        return
            from rule in rules
            where rule.Applies
            select new RiskFactor(rule.Colour, rule.Text)
            {
                // Of the rules above only these two are not there from the beginning.
                IsLate = rule.Text is Hypertension or Preeclampsia,
            };
    }
}
